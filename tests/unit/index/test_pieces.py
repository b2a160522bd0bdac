"""Pieces of bounded weight that cover everything."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from incipit.index.pieces import pieces_by_weight


@given(
    st.lists(st.integers(0, 20), max_size=40),
    st.integers(1, 30),
    st.none() | st.integers(1, 5),
)
def test_pieces_cover_everything_and_weigh_little(weights, limit, most):
    pieces = list(pieces_by_weight(np.array(weights, np.int64), limit, most))
    assert [first for first, _ in pieces] == [0, *(end for _, end in pieces)][: len(pieces)]
    assert (pieces[-1][1] if pieces else 0) == len(weights)
    for first, end in pieces:
        assert end > first
        assert sum(weights[first:end]) <= limit or end - first == 1
        assert most is None or end - first <= most


def test_pieces_are_as_large_as_they_may_be():
    assert list(pieces_by_weight(np.ones(7, np.int64), 3)) == [(0, 3), (3, 6), (6, 7)]
    assert list(pieces_by_weight(np.ones(5, np.int64), 9, 2)) == [(0, 2), (2, 4), (4, 5)]
