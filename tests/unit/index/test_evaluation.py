"""Evaluation: what `test_collector` does not reach by comparing with Whoosh's matchers."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from index_made import made_index
from index_queries import FIELD
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.errors import Cancelled
from incipit.index.collection import Collection
from incipit.index.evaluation import Evaluator
from incipit.index.evaluation_sets import Matched
from incipit.index.evaluation_view import CollectionView
from incipit.index.inversion import columns_of
from incipit.index.query_nodes import DocumentFilter, Near
from incipit.index.scoring import Bm25
from incipit.models import Filter

A, B, C = (wq.Term(FIELD, word) for word in "abc")
TEXTS = [text.split() for text in ("a b", "b c", "a c b", "", "c")]
KEYS = [30, 10, 20, 50, 40]


@pytest.fixture
def asked():
    """The queries that were handed to the fallback, and what it answers."""
    return []


@pytest.fixture
def evaluate(asked):
    view = CollectionView(Collection([columns_of(TEXTS, KEYS)]))

    def fallback(query):
        asked.append(query)
        return Matched(np.array([0, 2, 4]), np.array([1.0, 2.0, 3.0]))

    evaluator = Evaluator(
        view,
        FIELD,
        model=Bm25(),
        keys_for=lambda condition: np.array(sorted(map(int, condition.value.split()))),
        fallback=fallback,
    )

    def run(query):
        found = evaluator.evaluate(query)
        assert len(found.docs) == len(found.scores)
        return found.docs.tolist()

    run.scores = lambda query: dict(
        zip(*(array.tolist() for array in _pair(evaluator.evaluate(query))), strict=True)
    )
    return run


def _pair(matched):
    return matched.docs, matched.scores


def condition(*keys):
    return DocumentFilter(Filter("name", ":", " ".join(map(str, keys))))


def test_filters_match_the_keys_they_stand_for(evaluate):
    assert evaluate(condition(20, 30, 99)) == [0, 2]
    assert evaluate(condition()) == []
    assert evaluate(wq.And([B, condition(10, 20)])) == [1, 2]
    assert evaluate(wq.AndNot(B, condition(10, 20))) == [0]
    assert evaluate(wq.Or([wq.Term(FIELD, "never"), condition(50)])) == [3]


def test_filters_add_nothing_to_scores(evaluate):
    assert evaluate.scores(wq.And([B, condition(*KEYS)])) == evaluate.scores(B)


def test_every_matches_all_documents_and_with_a_field_those_with_words(evaluate):
    assert evaluate(wq.Every()) == [0, 1, 2, 3, 4]
    assert evaluate(wq.Every(FIELD)) == [0, 1, 2, 4]
    assert evaluate(wq.Wildcard(FIELD, "*")) == [0, 1, 2, 4]
    assert evaluate(wq.Not(wq.Every())) == []


def test_null_queries_and_empty_combinations_match_nothing(evaluate):
    for query in (wq.NullQuery, wq.And([]), wq.Or([]), wq.Phrase(FIELD, ["a", "never"])):
        assert evaluate(query) == []


@pytest.mark.parametrize(
    "query",
    [
        wq.Term("other", "a"),
        wq.Phrase("other", ["a", "b"]),
        wq.TermRange(FIELD, "a", "b"),
        wq.Every("other"),
        wq.Regex(FIELD, "a(?=b)"),
        Near(A, wq.Every()),
        Near(A, wq.Term("other", "b")),
        ws.SpanFirst(A),
        wq.Or([A, B], scale=0.5),
    ],
    ids=repr,
)
def test_what_is_not_known_is_handed_over_whole(evaluate, asked, query):
    assert evaluate(query) == [0, 2, 4]
    assert asked == [query]


def test_what_was_handed_over_is_combined_with_the_rest(evaluate, asked):
    foreign = wq.TermRange(FIELD, "a", "b")

    assert evaluate(wq.And([B, foreign])) == [0, 2]
    assert evaluate(wq.AndNot(B, foreign)) == [1]
    assert asked == [foreign, foreign]


def test_deleted_documents_never_match(tmp_path):
    with made_index(tmp_path / "index", [TEXTS], deletes=[0, 4]) as snapshot:
        view = CollectionView(snapshot.collection)
        evaluator = Evaluator(
            view,
            FIELD,
            model=Bm25(),
            keys_for=lambda _: np.arange(9),
            fallback=lambda _: Matched(np.array([0, 1]), np.zeros(2)),
        )

        for query, wanted in (
            (A, [2]),
            (wq.Not(A), [1, 3]),
            (wq.Every(), [1, 2, 3]),
            (condition(0), [1, 2, 3]),
            (wq.TermRange(FIELD, "a", "b"), [1]),
        ):
            assert evaluator.evaluate(query).docs.tolist() == wanted


class CancelledAfter:
    """A token that is set after it was asked so many times."""

    def __init__(self, times):
        self.left = times

    def is_set(self):
        self.left -= 1
        return self.left < 0


def test_a_cancelled_search_stops_at_the_next_step():
    query = wq.And([A, wq.Or([B, Near(B, C, slop=5)]), wq.Prefix(FIELD, "c")])
    steps = 0
    while True:
        view = CollectionView(Collection([columns_of(TEXTS, KEYS)]), CancelledAfter(steps))
        evaluator = Evaluator(
            view,
            FIELD,
            model=Bm25(),
            keys_for=lambda _: np.arange(9),
            fallback=lambda _: Matched(np.empty(0, np.int64), np.empty(0)),
        )
        try:
            evaluator.evaluate(query)
        except Cancelled:
            steps += 1
        else:
            break

    assert steps >= 6


def test_an_event_is_a_cancel_token():
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        CollectionView(Collection([columns_of(TEXTS, KEYS)]), cancel).check()
