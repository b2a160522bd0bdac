"""Rows as ranges are the rows of a table that are selected, each once and in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.ui.row_ranges import RowRanges

RANGES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda p: range(p[0], sum(p)))
)


@given(RANGES)
def test_they_are_the_rows_of_all_ranges(ranges):
    expected = sorted({row for part in ranges for row in part})
    rows = RowRanges(ranges)
    assert list(rows) == [rows[at] for at in range(len(rows))] == expected
    assert rows[1:-1] == expected[1:-1]
    assert bool(rows) == bool(expected)
    assert [row for part in rows.ranges for row in part] == expected


def test_rows_beyond_the_last_are_an_error():
    with pytest.raises(IndexError):
        RowRanges([range(3), range(5, 6)])[4]


def test_many_rows_take_no_room_of_their_own():
    assert len(RowRanges([range(10**12), range(10**12 + 1, 10**13)]).ranges) == 2
