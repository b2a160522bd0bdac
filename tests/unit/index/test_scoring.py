"""BM25F over arrays against Whoosh's function."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.scoring import BM25F, bm25

from incipit.index.scoring import Bm25


@given(
    st.floats(0.1, 9),
    st.integers(1, 500),
    st.integers(1, 9000),
    st.floats(1, 5000),
    st.floats(0, 1),
    st.floats(0, 3),
)
def test_scores_are_those_of_whoosh(idf, frequency, length, average, b, k1):
    model = Bm25(b, k1)

    norms = model.norms(np.array([length]), average)
    score = model.scores(idf, np.array([frequency]), norms)

    assert score[0] == pytest.approx(bm25(idf, frequency, length, average, b, k1), rel=1e-12)


def test_parameters_are_those_of_whoosh():
    assert (Bm25().b, Bm25().k1) == (BM25F().B, BM25F().K1)
