from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_strategies import texts

from incipit.text.offsets import Place, Utf16Offsets, place_of


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
