from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from incipit.ui.displayed_text import TextWindow
from incipit.ui.highlighting import HitHighlighter, SpanList
from incipit.ui.themes import DARK, LIGHT

_SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair))),
    max_size=12,
    unique=True,
).map(sorted)


def _array(spans):
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


@given(spans=_SPANS, start=st.integers(0, 45), length=st.integers(0, 20))
def test_within_covers_what_the_spans_cover(spans, start, length):
    parts = SpanList(_array(spans)).within(start, start + length)
    covered = {cp for first, last in spans for cp in range(first, last)}
    assert {cp for first, last in parts for cp in range(first, last)} == {
        cp for cp in covered if start <= cp < start + length
    }
    assert all(one[1] <= two[0] for one, two in pairwise(parts))


def test_spans_that_touch_stay_apart():
    assert SpanList(_array([(0, 3), (3, 5)])).within(0, 9) == [(0, 3), (3, 5)]


def test_first_from_finds_the_next_start():
    spans = SpanList(_array([(2, 4), (8, 9)]))
    assert [spans.first_from(cp) for cp in (0, 2, 3, 8, 9)] == [0, 0, 1, 1, 2]


@pytest.fixture
def lighting(qapp):  # noqa: ARG001 layouts need the application
    def make(text):
        window = TextWindow(text, 0, len(text))
        document = QTextDocument()
        QTextCursor(document).insertText(window.plain)
        highlighter = HitHighlighter(document, LIGHT)
        highlighter.set_window(window)
        return highlighter, document

    return make


def _formats(document, number):
    block = document.findBlockByNumber(number)
    return [
        (part.start, part.length, part.format.background().color().name())
        for part in block.layout().formats()
    ]


def test_only_the_blocks_asked_for_are_lit(lighting):
    highlighter, document = lighting("cat\ncat\ncat\ncat")
    highlighter.set_hits(SpanList(_array([(0, 3), (4, 7), (8, 11), (12, 15)])))
    highlighter.light(1, 2)
    hit = LIGHT.hit_background.name()
    assert [_formats(document, number) for number in range(4)] == [
        [],
        [(0, 3, hit)],
        [(0, 3, hit)],
        [],
    ]


def test_the_current_hit_is_stronger_and_covers(lighting):
    highlighter, document = lighting("one two three")
    highlighter.set_hits(SpanList(_array([(0, 7), (4, 13)])))
    highlighter.set_current((4, 7))
    highlighter.light(0, 0)
    hit, current = LIGHT.hit_background.name(), LIGHT.current_hit_background.name()
    assert _formats(document, 0) == [(0, 4, hit), (4, 3, current), (7, 6, hit)]


def test_moving_the_current_hit_unlights_the_old(lighting):
    highlighter, document = lighting("cat\ncat")
    highlighter.set_hits(SpanList(_array([(0, 3), (4, 7)])))
    highlighter.set_current((0, 3))
    highlighter.light(0, 1)
    highlighter.set_current((4, 7))
    highlighter.light(0, 1)
    hit, current = LIGHT.hit_background.name(), LIGHT.current_hit_background.name()
    assert _formats(document, 0) == [(0, 3, hit)]
    assert _formats(document, 1) == [(0, 3, current)]


def test_a_hit_across_lines_is_lit_in_both(lighting):
    highlighter, document = lighting("new\nyork")
    highlighter.set_hits(SpanList(_array([(0, 8)])))
    highlighter.light(0, 1)
    hit = LIGHT.hit_background.name()
    assert [_formats(document, 0)[0][0], _formats(document, 1)] == [0, [(0, 4, hit)]]


def test_found_text_is_underlined_where_it_is_no_hit(lighting):
    highlighter, document = lighting("one two three")
    highlighter.set_hits(SpanList(_array([(4, 7)])))
    highlighter.set_found(SpanList(_array([(0, 13)])))
    highlighter.light(0, 0)
    lights = document.begin().layout().formats()
    assert [(part.start, part.length) for part in lights] == [(0, 4), (4, 3), (7, 6)]
    assert [part.format.fontUnderline() for part in lights] == [True, False, True]


def test_other_colours_are_used_from_the_next_lighting_on(lighting):
    highlighter, document = lighting("cat")
    highlighter.set_hits(SpanList(_array([(0, 3)])))
    highlighter.light(0, 0)
    highlighter.set_colours(DARK)
    highlighter.light(0, 0)
    assert _formats(document, 0) == [(0, 3, DARK.hit_background.name())]


def test_no_hits_leave_no_formats_behind(lighting):
    highlighter, document = lighting("cat")
    highlighter.set_hits(SpanList(_array([(0, 3)])))
    highlighter.light(0, 0)
    highlighter.set_hits(SpanList())
    highlighter.light(0, 0)
    assert _formats(document, 0) == []


def test_blocks_out_of_view_lose_the_light_of_earlier_hits(lighting):
    highlighter, document = lighting("cat\ncat\ncat")
    highlighter.set_hits(SpanList(_array([(0, 3), (4, 7), (8, 11)])))
    highlighter.light(0, 2)
    highlighter.set_hits(SpanList(_array([(4, 7)])))
    highlighter.light(1, 1)
    assert [len(_formats(document, number)) for number in range(3)] == [0, 1, 0]
