"""Rows know their hits and hits their rows; words are folded; pages cover every row."""

from __future__ import annotations

import numpy as np
import pytest
from concordance_made import made

from incipit.services.concordance_values import (
    Concordance,
    ConcordanceRequest,
    context_words,
    pages,
)


@pytest.fixture
def concordance():
    lines, _ = made([[["a", "b", "a"], ["b"]], [["a", "a"]]], "a")
    order = np.array([3, 0, 2])
    rows = np.array([1, -1, 2, 0])
    return Concordance(ConcordanceRequest("a"), lines, order, rows, 0.0)


def test_rows_and_hits_lead_to_each_other(concordance):
    assert len(concordance) == 3
    assert [concordance.hit_of(row) for row in range(3)] == [(2, 1), (0, 0), (2, 0)]
    for row in range(3):
        assert concordance.row_of(*concordance.hit_of(row)) == row
    assert concordance.row_of(0, 1) is None
    assert concordance.row_of(1, 0) is None
    assert concordance.row_of(0, -1) is None


def test_words_of_a_context_are_folded_as_the_index_has_them():
    assert context_words("Café, S-400 sanct*") == ("cafe", "s", "400", "sanct*")
    assert context_words(" , * ") == ()


def test_pages_cover_every_row_once(concordance):
    assert list(pages(concordance, 1, 2)) == [(0, 1), (1, 2)]
