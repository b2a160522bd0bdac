from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from text_strategies import texts

from incipit.text.paragraphs import display_blocks


def _blocks(text, max_cp):
    starts = display_blocks(text, max_cp).tolist()
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@given(texts, st.integers(2, 60))
def test_blocks_joined_are_the_text(text, max_cp):
    blocks = _blocks(text, max_cp)

    assert "".join(blocks) == text
    assert all(len(block) <= max_cp for block in blocks)
    assert all("\n" not in block[:-1] for block in blocks)
    assert all(blocks) or not text


def test_lines_stay_lines():
    assert _blocks("one\n\ntwo\n", 100) == ["one\n", "\n", "two\n"]
    assert _blocks("", 100) == [""]


def test_long_line_is_parted_after_spaces():
    assert _blocks("the price of oil fell again", 10) == ["the price ", "of oil ", "fell again"]


def test_line_without_spaces_is_parted_between_characters_that_do_not_combine():
    blocks = _blocks("e\u0301" * 50, 9)

    assert all(unicodedata.category(block[0]) != "Mn" for block in blocks)


def test_family_of_emoji_stays_together():
    assert _blocks("12345👩‍👧", 6) == ["12345", "👩‍👧"]
