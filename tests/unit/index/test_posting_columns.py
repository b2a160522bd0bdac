"""Postings by rows, one term at a time and in ranges, as lists and as bitmaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.index import layout
from incipit.index.layout import lay_out
from incipit.index.posting_columns import RowPostings

rows = st.lists(st.lists(st.integers(0, 6), max_size=12), min_size=1, max_size=60)


def postings_of(texts):
    flat = np.array([term for text in texts for term in text], np.int64)
    kept, terms = np.unique(flat, return_inverse=True)
    columns = lay_out(
        [chr(97 + n) for n in range(kept.size)],
        terms.astype(np.uint32),
        np.array([len(text) for text in texts], np.int64),
    )
    numbered = np.split(terms, np.cumsum([len(text) for text in texts])[:-1])
    return RowPostings(columns.__getitem__, len(texts)), [n.tolist() for n in numbered], kept.size


@given(rows, st.booleans())
def test_each_term_has_its_rows_counts_and_places(texts, heavy):
    with pytest.MonkeyPatch.context() as patch:
        if heavy:
            patch.setattr(layout, "_HEAVY_TOKENS", 1)
        postings, numbered, count = postings_of(texts)
    for term in range(count):
        expected = [(n, text.count(term)) for n, text in enumerate(numbered) if term in text]
        assert postings.rows_of(term).tolist() == [row for row, _ in expected]
        assert postings.counts_of(term).tolist() == [tokens for _, tokens in expected]
        assert postings.largest_count(term) == max(tokens for _, tokens in expected)
        assert postings.places_of(term).tolist() == [
            place for text in numbered for place, other in enumerate(text) if other == term
        ]
        assert postings.token_count(term) == sum(tokens for _, tokens in expected)
        assert postings.frequencies()[term] == len(expected)


@given(rows, st.data())
def test_ranges_hold_the_postings_of_their_terms(texts, data):
    postings, _, count = postings_of(texts)
    first = data.draw(st.integers(0, count))
    end = data.draw(st.integers(first, count))
    terms, found = postings.postings_between(first, end)
    counts, places = postings.places_between(first, end)

    one_by_one = [(t, row) for t in range(first, end) for row in postings.rows_of(t).tolist()]
    assert list(zip(terms.tolist(), found.tolist(), strict=True)) == one_by_one
    assert counts.tolist() == [c for t in range(first, end) for c in postings.counts_of(t).tolist()]
    assert places.tolist() == [p for t in range(first, end) for p in postings.places_of(t).tolist()]


def test_common_terms_are_bitmaps_and_rare_ones_are_not():
    postings, _, _ = postings_of([[0, 1]] + [[0]] * 40)
    assert postings._dense_list == [0]
    assert postings.rows_of(0).tolist() == list(range(41))
    assert postings.rows_of(1).tolist() == [0]


def test_counts_must_agree_with_the_columns():
    postings, _, count = postings_of([[0, 1], [1]])
    assert postings.fits(count, 3)
    assert not postings.fits(count, 4)
    assert not postings.fits(count + 1, 3)
