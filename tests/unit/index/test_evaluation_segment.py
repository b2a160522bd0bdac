"""Reading a segment during a search."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_queries import FIELD, documents
from whoosh import query as wq

from incipit.errors import Cancelled
from incipit.index import evaluation_segment
from incipit.index.evaluation_segment import SegmentView
from incipit.index.expansion_automaton import PatternTooBroad
from incipit.index.inversion import columns_of

chosen = st.sets(st.integers(0, 11))


def view_of(texts, cancel=None):
    return SegmentView(columns_of(texts, range(len(texts))), cancel)


def some_terms(view, numbers):
    return np.array(sorted(n for n in numbers if n < view.columns.term_count), np.int64)


@pytest.fixture(params=["one by one", "in a row", "in small pieces"])
def way(request, monkeypatch):
    """Read postings and positions in each of the ways there are."""
    if request.param == "one by one":
        monkeypatch.setattr(evaluation_segment, "_POSTINGS_A_TERM", 0)
        monkeypatch.setattr(evaluation_segment, "_GAPS", 0)
    else:
        monkeypatch.setattr(evaluation_segment, "_FEW_TERMS", 0)
        monkeypatch.setattr(evaluation_segment, "_TOKENS_A_TERM", 10**6)
    if request.param == "in small pieces":
        monkeypatch.setattr(evaluation_segment, "_MAX_POSTINGS", 2)
        monkeypatch.setattr(evaluation_segment, "_SCAN_TOKENS", 3)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.usefixtures("way")
def test_postings_and_positions_of_many_terms_are_those_of_each(seed):
    random = np.random.default_rng(seed)
    texts = [random.choice(list("abcdefgh"), random.integers(0, 9)).tolist() for _ in range(6)]
    view = view_of(texts)
    terms = some_terms(view, random.choice(8, random.integers(1, 8), replace=False).tolist())

    pieces = list(view.postings_of(terms))

    wanted = [
        (term, doc, frequency)
        for term in terms.tolist()
        for doc, frequency in zip(*map(list, view.columns.postings(term)), strict=True)
    ]
    rows = [zip(*np.broadcast_arrays(*piece), strict=True) for piece in pieces]
    assert [tuple(map(int, row)) for piece in rows for row in piece] == wanted
    positions = [p for term in terms.tolist() for p in view.columns.positions(term).tolist()]
    assert view.positions(terms).tolist() == sorted(positions)
    counts = view.document_frequencies(terms).tolist()
    assert counts == [view.columns.doc_frequency(term) for term in terms.tolist()]
    assert view.frequency(terms) == len(positions)
    assert view.words(terms) == [view.columns.word(term) for term in terms.tolist()]


@given(documents, chosen)
def test_where_any_of_several_terms_stand(texts, numbers):
    view = view_of(texts)
    terms = some_terms(view, numbers)
    everywhere = np.arange(view.columns.token_count)

    if len(terms) and len(everywhere):
        stands = view.stand_at(everywhere, terms)
        assert np.flatnonzero(stands).tolist() == view.positions(terms).tolist()


def test_a_choice_of_words_stands_for_the_terms_of_all():
    view = view_of([["a", "ab", "b"]])

    choice = wq.Or([wq.Prefix(FIELD, "a"), wq.Or([wq.Term(FIELD, "b"), wq.Term(FIELD, "a")])])

    assert view.words(view.terms(choice)) == ["a", "ab", "b"]


def test_document_frequency_of_a_word():
    view = view_of([["a", "a"], ["b", "a"]])

    assert [view.document_frequency(word) for word in ("a", "b", "c")] == [2, 1, 0]


def test_a_pattern_that_takes_too_long_is_named_and_can_be_left_out():
    columns = columns_of([["a", "b"]], [0])
    broad = wq.Regex(FIELD, "(?:a{200}){200}")
    choice = wq.Or([broad, wq.Term(FIELD, "b")])

    with pytest.raises(PatternTooBroad) as problem:
        SegmentView(columns).terms(choice)

    assert problem.value.leaf == broad
    view = SegmentView(columns, left_out={broad})
    assert view.words(view.terms(choice)) == ["b"]


def test_checking_raises_once_cancelled():
    cancel = threading.Event()
    view = view_of([["a"]], cancel)
    view.check()

    cancel.set()

    with pytest.raises(Cancelled):
        view.check()
