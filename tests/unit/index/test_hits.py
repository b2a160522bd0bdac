"""Hits against a naive scan, one token at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from index_queries import FIELD, corpora, documents, phrases, trees
from naive_search import hits, matches
from whoosh import query as wq

from incipit.errors import BugError
from incipit.index import pair_layout
from incipit.index.collection import Collection
from incipit.index.evaluation import Evaluator
from incipit.index.evaluation_view import CollectionView
from incipit.index.hits import all_spans, count_hits, positive_leaves
from incipit.index.inversion import columns_of
from incipit.index.query_nodes import DocumentFilter, Near
from incipit.index.scoring import Bm25
from incipit.models import Filter

A, B, C = (wq.Term(FIELD, word) for word in "abc")


def evaluator_of(*segments):
    view = CollectionView(Collection(segments))

    def unknown(query):
        raise BugError(repr(query))

    return Evaluator(
        view,
        FIELD,
        model=Bm25(),
        keys_for=lambda _: np.empty(0, np.int64),
        fallback=unknown,
    )


def ranges(query, words):
    evaluator = evaluator_of(columns_of([words], [7]))
    return [tuple(span) for span in all_spans(evaluator, positive_leaves(query), 0).tolist()]


@settings(deadline=None)
@given(corpora, trees)
def test_documents_and_hits_are_those_of_a_naive_scan(corpus, query):
    evaluator = evaluator_of(*(columns_of(texts, range(len(texts))) for texts in corpus))
    found = evaluator.evaluate(query)
    counts = count_hits(evaluator, positive_leaves(query), found.docs)

    texts = [words for segment in corpus for words in segment]
    assert found.docs.tolist() == [i for i, words in enumerate(texts) if matches(query, words)]
    assert counts.tolist() == [len(hits(query, texts[doc])) for doc in found.docs]


@settings(deadline=None)
@given(corpora, phrases)
def test_phrases_kept_ready_are_those_of_a_naive_scan(corpus, query):
    texts = [words for segment in corpus for words in segment]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_layout, "MIN_ROWS", 1)
        evaluator = evaluator_of(*(columns_of(some, range(len(some))) for some in corpus))
    found = evaluator.evaluate(query)
    counts = count_hits(evaluator, positive_leaves(query), found.docs)

    assert found.docs.tolist() == [i for i, words in enumerate(texts) if matches(query, words)]
    assert counts.tolist() == [len(hits(query, texts[doc])) for doc in found.docs]


@settings(deadline=None)
@given(documents, trees)
def test_what_is_lit_in_a_text_is_what_is_counted(texts, query):
    evaluator = evaluator_of(columns_of(texts, range(len(texts))))
    everywhere = np.arange(len(texts))
    counts = count_hits(evaluator, positive_leaves(query), everywhere)

    for words, count in zip(texts, counts.tolist(), strict=True):
        lit = ranges(query, words)
        assert len(lit) == count
        assert lit == sorted(hits(query, words))


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        (A, "a b a", [(0, 1), (2, 3)]),
        (wq.Or([A, wq.Prefix(FIELD, "a")]), "a ab", [(0, 1), (1, 2)]),
        (wq.Phrase(FIELD, ["a", "a"]), "a a a", [(0, 2), (1, 3)]),
        (wq.And([A, wq.Phrase(FIELD, ["a", "b"])]), "a b", [(0, 1), (0, 2)]),
        (wq.Or([wq.Phrase(FIELD, ["a", "b"]), Near(A, B, slop=3)]), "a b", [(0, 2)]),
        (Near(A, B, slop=5, ordered=False), "a a b a", [(1, 3), (2, 4)]),
        (wq.Phrase(FIELD, ["a", "b"], slop=9), "a a c b b", [(1, 4)]),
        (wq.AndNot(A, B), "a b", [(0, 1)]),
        (wq.Not(A), "a b", []),
        (wq.And([A, wq.Not(B)]), "a b", [(0, 1)]),
        (wq.Every(), "a b", []),
        (DocumentFilter(Filter("name", ":", "a")), "a b", []),
        (wq.Phrase(FIELD, ["a"]), "a b", [(0, 1)]),
    ],
    ids=repr,
)
def test_hits_are_distinct_spans_of_positive_leaves(query, text, wanted):
    assert ranges(query, text.split()) == wanted


def test_the_leaves_of_a_query_are_listed_once():
    phrase = wq.Phrase(FIELD, ["a", "b"])

    leaves = positive_leaves(wq.Or([A, wq.And([A, phrase]), wq.AndNot(phrase, C)]))

    assert leaves.words == (A,)
    assert leaves.spans == (phrase,)
    assert leaves
    assert not positive_leaves(wq.Not(A))
