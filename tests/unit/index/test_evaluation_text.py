"""The columns of one text against the columns of a segment."""

from __future__ import annotations

import inspect

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from incipit.index.evaluation_text import TextColumns
from incipit.index.inversion import columns_of
from incipit.models import TokenColumns

words = st.sampled_from(["a", "ab", "abc", "b", "é", "日", "\U0010ffff"])


@given(st.lists(words, max_size=20))
def test_a_text_has_the_columns_of_a_segment_of_one_document(terms):
    text, segment = TextColumns([terms[:3], terms[3:]]), columns_of([terms], [0])

    for name in ("doc_count", "term_count", "token_count"):
        assert getattr(text, name) == getattr(segment, name)
    for name in ("doc_keys", "doc_starts"):
        assert np.array_equal(getattr(text, name), getattr(segment, name))
    assert np.array_equal(text.frequencies(), segment.frequencies())
    assert np.array_equal(text.doc_frequencies(), segment.doc_frequencies())
    end = min(2, text.term_count)
    assert np.array_equal(text.doc_frequencies(0, end), segment.doc_frequencies(0, end))
    assert text.words(0, text.term_count) == segment.words(0, segment.term_count)
    everywhere = np.arange(len(terms))
    assert np.array_equal(text.terms_at(everywhere), segment.terms_at(everywhere))
    assert np.array_equal(text.terms_between(1, 3), segment.terms_between(1, 3))
    for term in range(text.term_count):
        assert text.word(term) == segment.word(term)
        assert text.frequency(term) == segment.frequency(term)
        assert text.doc_frequency(term) == segment.doc_frequency(term)
        assert text.count_between(term, 1, 5) == segment.count_between(term, 1, 5)
        assert np.array_equal(text.positions(term), segment.positions(term))
        assert np.array_equal(text.match_at(everywhere, term), segment.match_at(everywhere, term))
        shifted = everywhere[:-1], term, 1
        assert np.array_equal(text.match_at(*shifted), segment.match_at(*shifted))
        assert all(map(np.array_equal, text.postings(term), segment.postings(term)))
        between = text.postings_between(term, text.term_count)
        assert all(map(np.array_equal, between, segment.postings_between(term, text.term_count)))


@given(st.lists(words, max_size=20), st.sampled_from(["", "a", "ab", "abcd", "z", "日", "é"]))
def test_words_are_found_as_in_a_segment(terms, wanted):
    text, segment = TextColumns([terms[:3], terms[3:]]), columns_of([terms], [0])

    assert text.find_term(wanted) == segment.find_term(wanted)
    first, end = text.words_from(wanted)
    assert text.words(first, end) == segment.words(*segment.words_from(wanted))


def test_nothing_of_the_protocol_is_missing():
    names = {name for name, _ in inspect.getmembers(TokenColumns) if not name.startswith("_")}

    assert names <= set(dir(TextColumns([["a"]])))
