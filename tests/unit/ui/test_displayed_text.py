import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from incipit.ui.displayed_text import DisplayedText, TextWindow, showable

_LETTERS = st.sampled_from(
    ["a", "b", " ", "\n", "é", "e\u0301", "\U0001f600", "کتاب", "漢", "\u200d", "\U00020000", "\t"]
)
_TEXTS = st.lists(_LETTERS, max_size=60).map("".join)


def _document_of(window):
    document = QTextDocument()
    QTextCursor(document).insertText(window.plain)
    return document


@given(text=_TEXTS)
def test_every_code_point_stands_where_the_document_has_it(text):
    window = TextWindow(text, 0, len(text))
    document = _document_of(window)
    assert document.blockCount() == window.block_count
    for cp, char in enumerate(text):
        position = window.to_position(cp)
        if char == "\n":
            shown = document.findBlock(position)
            assert position == shown.position() + len(shown.text().encode("utf-16-le")) // 2
        else:
            cursor = QTextCursor(document)
            cursor.setPosition(position)
            units = len(char.encode("utf-16-le")) // 2
            cursor.setPosition(position + units, QTextCursor.MoveMode.KeepAnchor)
            assert cursor.selectedText() == char
        assert window.to_cp(position) == cp


@given(text=_TEXTS)
def test_the_end_of_the_text_is_a_place_of_the_document(text):
    window = TextWindow(text, 0, len(text))
    assert 0 <= window.to_position(len(text)) < _document_of(window).characterCount()


def test_a_long_line_is_parted_and_its_offsets_stay():
    text = "word " * 5_000 + "\nlast"
    window = TextWindow(text, 0, len(text))
    document = _document_of(window)
    assert window.block_count == document.blockCount() > 3
    assert window.ends_line.tolist()[:-1].count(True) == 1
    for cp in (0, 9_001, 15_000, 24_999, len(text) - 2):
        assert document.characterAt(window.to_position(cp)) == text[cp]
        assert window.to_cp(window.to_position(cp)) == cp
    assert max(np.diff(window.block_starts_cp)) <= 9_000


def test_a_line_of_a_common_slab_stays_in_one_block():
    assert TextWindow("word " * 1_605, 0, 8_025).block_count == 1


def test_units_in_block_count_pairs_twice():
    text = "one\n\U0001f600\U0001f600 two"
    window = TextWindow(text, 0, len(text))
    assert window.units_in_block(1, [4, 5, 6, 7]).tolist() == [0, 2, 4, 5]


def test_block_span_covers_the_text_without_gaps():
    text = "one\n\ntwo\n"
    window = TextWindow(text, 0, len(text))
    spans = [window.block_span_cp(block) for block in range(window.block_count)]
    assert [text[start:end] for start, end in spans] == ["one\n", "\n", "two\n"]


def test_a_short_text_is_shown_whole():
    displayed = DisplayedText("short\ntext")
    assert displayed.is_whole
    assert displayed.stretch_count == 1
    assert displayed.bounds_around(5) == (0, 10)


@given(
    lines=st.lists(st.integers(0, 40), min_size=1, max_size=60),
    place=st.floats(0, 1),
)
def test_windows_hold_the_place_and_stretches_cover_the_text(lines, place):
    text = "\n".join("x" * length for length in lines)
    displayed = DisplayedText(text, whole_limit_cp=50, stretch_cp=5_000 if len(text) < 50 else 90)
    cp = min(int(place * len(text)), max(0, len(text) - 1))
    start, end = displayed.bounds_around(cp)
    assert start <= cp <= end
    assert 0 <= displayed.stretch_of(cp) < displayed.stretch_count
    window = displayed.window_around(cp)
    assert (window.start_cp, window.end_cp) == (start, end)


def test_windows_of_a_long_text_begin_at_lines():
    text = "a line of some words\n" * 20_000
    displayed = DisplayedText(text)
    assert not displayed.is_whole
    start, end = displayed.bounds_around(len(text) // 2)
    assert text[start - 1] == "\n"
    assert text[end - 1] == "\n"
    assert start < len(text) // 2 < end
    assert end - start < 64_000


def test_windows_of_a_line_without_end_begin_at_words():
    text = "word " * 40_000
    start, end = DisplayedText(text).bounds_around(100_000)
    assert text[start - 1] == " "
    assert text[end - 1] == " "


def test_a_text_without_any_space_is_parted_all_the_same():
    text = "漢" * 200_000
    displayed = DisplayedText(text)
    bounds = {displayed.bounds_around(cp) for cp in range(0, len(text), 5_000)}
    assert min(start for start, _ in bounds) == 0
    assert max(end for _, end in bounds) == len(text)
    assert all(end - start <= 60_000 for start, end in bounds)


def test_the_last_window_ends_with_the_text():
    text = "word " * 40_000
    displayed = DisplayedText(text)
    assert displayed.bounds_around(len(text))[1] == len(text)
    assert displayed.bounds_around(0)[0] == 0


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "char", ["\u2029", "\ufdd0", "\ufdd1", "\ufffc", "\r", "\x0c", "\x1b", "\x85", "\x7f"]
)
def test_a_character_that_qt_takes_for_structure_keeps_its_place(char):
    text = f"one{char}two"
    window = TextWindow(text, 0, len(text))
    document = _document_of(window)
    assert document.blockCount() == 1
    assert document.toPlainText().endswith("two")
    assert document.characterAt(window.to_position(4)) == "t"


def test_showable_leaves_ordinary_text_alone():
    text = "“Ordinary” text, tab\tand line\nend, emoji \U0001f600, soft\u00adhyphen"
    assert showable(text) == text
