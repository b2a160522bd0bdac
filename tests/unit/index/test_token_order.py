"""Tokens by term, against a plain sort."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.index import token_order
from incipit.index.token_order import by_terms

rows = st.lists(st.lists(st.integers(0, 8), max_size=9), min_size=1, max_size=30)


@given(rows, st.integers(1, 40), st.sampled_from([2, 5, 1 << 16]))
def test_tokens_come_by_term_then_row_then_place(texts, tokens_at_once, terms_at_once):
    flat = np.array([term for text in texts for term in text], np.uint32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_order, "_TOKENS_AT_ONCE", tokens_at_once)
        patch.setattr(token_order, "_TERMS_AT_ONCE", terms_at_once)
        found = by_terms(flat, np.bincount(flat), np.array([len(text) for text in texts]))
    expected = sorted(
        (term, row, place) for row, text in enumerate(texts) for place, term in enumerate(text)
    )
    assert list(zip(*(column.tolist() for column in found), strict=True)) == [
        (row, place) for _, row, place in expected
    ]


def test_places_of_the_longest_row_and_rows_of_the_fullest_segment_fit():
    lengths = np.array([65_535, 1, 65_535])
    terms = np.zeros(lengths.sum(), np.uint32)
    row, place = by_terms(terms, np.array([terms.size]), lengths)
    assert place.tolist() == [*range(65_535), 0, *range(65_535)]
    row, _ = by_terms(np.zeros(65_536, np.uint32), np.array([65_536]), np.ones(65_536, np.int64))
    assert row.tolist() == list(range(65_536))
