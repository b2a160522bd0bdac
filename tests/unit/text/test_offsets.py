from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_strategies import texts

from incipit.text.offsets import Place, Utf16Offsets, place_as_written, place_of


def _units_before(text, offset):
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


@given(texts)
def test_offsets_are_those_of_utf16(text):
    offsets = Utf16Offsets(text)
    every = np.arange(len(text) + 1)
    units = offsets.to_utf16(every)

    assert units.tolist() == [_units_before(text, at) for at in every.tolist()]
    assert offsets.to_code_points(units).tolist() == every.tolist()
    assert offsets.length_u16 == units[-1]
    assert len(offsets) == len(text)


def test_inside_a_pair_is_at_its_character():
    assert Utf16Offsets("a👍b").to_code_points([0, 1, 2, 3, 4]).tolist() == [0, 1, 1, 2, 3]


@pytest.mark.parametrize("text", ["", "plain", "é漢\uffff"])
def test_text_of_one_unit_each_is_the_identity(text):
    offsets = Utf16Offsets(text)

    assert offsets.is_identity
    assert offsets.to_utf16([[0, 1]]).tolist() == [[0, 1]]


def test_shape_is_kept():
    assert Utf16Offsets("👍a").to_utf16(np.array([[0, 1], [1, 2]])).tolist() == [[0, 2], [2, 3]]


def test_place_counts_lines_and_columns_from_one():
    text = "ab\nc👍d\n\ne"

    assert [place_of(text, at) for at in (0, 2, 3, 5, 7, 8)] == [
        Place(1, 1),
        Place(1, 3),
        Place(2, 1),
        Place(2, 3),
        Place(3, 1),
        Place(4, 1),
    ]


@given(texts, st.integers(-2, 300))
def test_place_agrees_with_splitting_the_text(text, offset):
    at = max(0, min(offset, len(text)))
    lines = text[:at].split("\n")

    assert place_of(text, offset) == Place(len(lines), len(lines[-1]) + 1)


def _composed(text):
    return unicodedata.normalize("NFC", text)


@given(texts, st.data())
def test_place_as_written_is_where_the_character_begins_in_the_file(written, data):
    text = _composed(written)
    offset = data.draw(st.integers(0, len(text)))
    place = place_as_written(text, written, offset)
    lines = written.split("\n")
    line, column = lines[place.line - 1], place_of(text, offset).column - 1
    before = [end for end in range(len(line) + 1) if len(_composed(line[:end])) <= column]

    assert place.line == place_of(text, offset).line
    assert place.column - 1 == max(before)


def test_place_as_written_counts_the_characters_of_the_file():
    written = "one\ncafe\u0301 de\u0301ja\u0300 la\u0300\n"
    text = _composed(written)

    assert place_as_written(text, written, text.index("l")) == Place(2, 14)
    assert place_as_written(text, written, text.index("\u00e9")) == Place(2, 4)


def test_place_as_written_in_a_long_line():
    written = "e\u0301te\u0301 " * 20_000 + "fin"
    text = _composed(written)

    assert place_as_written(text, written, len(text) - 3) == Place(1, len(written) - 2)


def test_place_in_another_text_than_was_written_is_that_of_the_text():
    assert place_as_written("line\n\u00e9 x", "line\nanother", 7) == Place(2, 3)
