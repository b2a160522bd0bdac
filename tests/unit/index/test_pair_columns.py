"""Reading frequent pairs."""

from __future__ import annotations

import numpy as np
import pytest

from incipit.index.pair_columns import FrequentPairs
from incipit.index.pair_layout import pair_columns

# Of 300 rows "0 1 2" each third says "0 1" twice.
ROWS = [[0, 1, 2, 0, 1] if row % 3 == 0 else [0, 1, 2] for row in range(300)]


@pytest.fixture
def columns():
    terms = np.concatenate(ROWS)
    lengths = np.array([len(row) for row in ROWS])
    numbers = (terms + 1).astype(np.uint8)
    return pair_columns(np.arange(3), lambda: [numbers], lengths, np.arange(301))


def pairs_of(columns, row_count=300):
    return FrequentPairs(columns.__getitem__, row_count)


def test_rows_and_counts_of_a_pair(columns):
    rows, counts = pairs_of(columns).postings(0, 1)

    assert rows.tolist() == list(range(300))
    assert counts.tolist() == [2 if row % 3 == 0 else 1 for row in range(300)]
    assert pairs_of(columns).postings(2, 0)[0].tolist() == list(range(0, 300, 3))


def test_what_is_not_kept_is_not_known(columns):
    assert pairs_of(columns).postings(1, 0) is None
    assert pairs_of(columns).postings(7, 9) is None


@pytest.mark.parametrize("name", ["pair_seconds", "pair_rows", "pair_offsets", "pair_counts"])
def test_columns_that_do_not_fit_together_are_noticed(columns, name):
    assert pairs_of(columns).fits()

    assert not pairs_of(columns | {name: columns[name][:-1]}).fits()


def test_bitmaps_for_other_rows_are_noticed(columns):
    assert not pairs_of(columns, row_count=400).fits()
