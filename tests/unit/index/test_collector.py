"""The collector against Whoosh's own matchers, on the same index."""

from __future__ import annotations

import inspect
import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_made import found_by_matchers, made_index
from index_queries import FIELD, corpora, trees
from whoosh import query as wq
from whoosh.collectors import Collector, FilterCollector
from whoosh.query import spans as ws
from whoosh.scoring import BM25F, TF_IDF
from whoosh.searching import Searcher

from incipit.errors import BugError, Cancelled
from incipit.index import collector
from incipit.index.collector import ColumnCollector, best_first
from incipit.index.query_nodes import DocumentFilter
from incipit.models import Filter

A, B, C = (wq.Term(FIELD, word) for word in "abc")
CORPUS = [["a b c", "b c", "a a b", ""], ["c", "a c b a", "b"]]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Give out a new index folder for each call."""
    base = tmp_path_factory.mktemp("indexes")
    counter = iter(range(1_000_000))
    return lambda: base / str(next(counter))


@pytest.fixture(scope="module")
def searcher(places):
    corpus = [[text.split() for text in segment] for segment in CORPUS]
    with made_index(places(), corpus) as snapshot, snapshot.searcher() as searcher:
        yield searcher


def collected(searcher, query, context=None, **options):
    collector = ColumnCollector(**options)
    searcher.search_with_collector(query, collector, context)
    return collector


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora, trees, st.booleans(), st.sets(st.integers(0, 12), max_size=4))
def test_documents_and_scores_are_those_of_the_matchers(places, corpus, query, current, deletes):
    with made_index(places(), corpus, deletes) as snapshot, snapshot.searcher() as searcher:
        wanted = found_by_matchers(searcher, query, needs_current=current)
        found = collected(searcher, query, searcher.context(needs_current=current))

        assert sorted(found.docs.tolist()) == sorted(wanted)
        for doc, score in zip(found.docs.tolist(), found.scores.tolist(), strict=True):
            assert score == pytest.approx(wanted[doc], rel=1e-9, abs=1e-9)
        assert np.all(np.diff(found.scores) <= 0)


@pytest.mark.parametrize("current", [True, False])
@pytest.mark.parametrize(
    "query",
    [
        wq.Prefix(FIELD, "a"),
        wq.Prefix(FIELD, "a", boost=2.0),
        wq.Prefix(FIELD, "ab"),
        wq.Prefix(FIELD, "abc", boost=2.0),
        wq.Prefix(FIELD, "a", constantscore=False, boost=2.0),
        wq.Wildcard(FIELD, "*", boost=3.0),
        wq.ConstantScoreQuery(wq.Term(FIELD, "a"), 0.5),
        wq.And([wq.Term(FIELD, "b")], boost=4.0),
        wq.And([wq.Term(FIELD, "b"), wq.Not(wq.Term(FIELD, "abc"))], boost=4.0),
    ],
    ids=repr,
)
def test_scores_that_whoosh_makes_constant_are_constant(places, query, current):
    corpus = [[["a", "ab", "b"], ["abc", "abc", "x"], ["ab"], ["abd", "a"]]]
    with made_index(places(), corpus) as snapshot, snapshot.searcher() as searcher:
        wanted = found_by_matchers(searcher, query, needs_current=current)
        found = collected(searcher, query, searcher.context(needs_current=current))

    assert wanted
    assert dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(
        wanted, rel=1e-9
    )


@pytest.mark.parametrize(
    "query",
    [
        wq.DisjunctionMax([A, B]),
        wq.Sequence([A, B]),
        wq.TermRange(FIELD, "a", "b"),
        ws.SpanOr([A, wq.Phrase(FIELD, ["b", "c"])]),
        ws.SpanFirst(A, limit=0),
        wq.Or([A, B], scale=0.9),
        wq.NumericRange("key", 1, 4),
        wq.And([A, wq.TermRange(FIELD, "b", "c")]),
        wq.Term("key", 3),
        ws.SpanNear(ws.SpanFirst(A, limit=0), B),
    ],
    ids=lambda query: type(query).__name__,
)
def test_classes_unknown_to_columns_fall_back_on_the_matchers(searcher, query):
    wanted = found_by_matchers(searcher, query)
    found = collected(searcher, query)

    assert wanted
    assert dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(
        wanted, rel=1e-9
    )


def test_hits_of_unknown_classes_come_from_the_matchers(searcher):
    query = wq.Or([A, wq.Sequence([B, C]), wq.TermRange(FIELD, "a", "a")])

    found = collected(searcher, query)

    # "a b c" has a and "b c"; the range finds the same a again, which is no other hit.
    assert dict(zip(found.docs.tolist(), found.hits.tolist(), strict=True)) == {
        0: 2,
        1: 1,
        2: 2,
        5: 2,
    }


@pytest.mark.parametrize("weighting", [TF_IDF(), BM25F(B=0.3, K1=2.0), BM25F(content_B=1.0)])
def test_other_weightings_are_honoured(places, weighting):
    corpus = [[text.split() for text in segment] for segment in CORPUS]
    query = wq.Or([A, wq.Phrase(FIELD, ["b", "c"])])
    with made_index(places(), corpus, [0]) as snapshot, snapshot.searcher() as plain:
        searcher = Searcher(plain.reader(), weighting=weighting)
        wanted = found_by_matchers(searcher, query)
        found = collected(searcher, query)

    assert dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(
        wanted, rel=1e-9
    )


def test_results_are_whooshs_results(searcher):
    wanted = searcher.search(A, limit=None)
    collector = collected(searcher, A)
    results = collector.results()

    assert [hit["key"] for hit in results] == [hit["key"] for hit in wanted]
    assert results.docs() == wanted.docs()
    assert len(results) == collector.count() == 3
    assert sorted(collector.all_ids()) == sorted(wanted.docs())
    assert collector.computes_count()
    assert collector.runtime >= 0


def test_the_limit_keeps_the_best_and_counts_all(searcher):
    everything = collected(searcher, wq.Or([A, C]))
    best = collected(searcher, wq.Or([A, C]), limit=2)

    assert best.docs.tolist() == everything.docs[:2].tolist()
    assert best.count() == everything.count() == 5


def test_order_by_hits_and_by_any_column(searcher):
    by_hits = collected(searcher, A, order="hits")
    by_column = collected(searcher, A, order=np.array([3, 0, 2, 0, 0, 1, 0]))

    assert by_hits.docs.tolist() == [2, 5, 0]
    assert by_hits.hits.tolist() == [2, 2, 1]
    assert by_column.docs.tolist() == [5, 2, 0]
    with pytest.raises(BugError):
        collected(searcher, A, order="beauty")


@pytest.mark.parametrize(
    "chosen", [B, {0, 1, 2, 5, 6}, np.array([0, 1, 2, 5, 6])], ids=["query", "set", "array"]
)
def test_documents_can_be_kept_and_left_out(searcher, chosen):
    assert sorted(collected(searcher, C, allow=chosen).docs) == [0, 1, 5]
    assert sorted(collected(searcher, C, restrict=chosen).docs) == [4]
    results = searcher.search(B, limit=None)
    assert sorted(collected(searcher, C, allow=results).docs) == [0, 1, 5]


def test_filters_are_answered_by_who_knows_the_documents(searcher):
    query = wq.And([A, DocumentFilter(Filter("name", ":", "x"))])

    found = collected(searcher, query, keys_for=lambda _: np.array([2, 4, 5]))

    assert sorted(found.docs) == [2, 5]
    with pytest.raises(BugError):
        collected(searcher, query)


def test_cancelling_ends_the_search(searcher):
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        collected(searcher, A, cancel=cancel)
    with pytest.raises(Cancelled):
        collected(searcher, wq.TermRange(FIELD, "a", "b"), cancel=cancel)


def test_an_empty_index_has_no_documents(places):
    with made_index(places(), []) as snapshot, snapshot.searcher() as searcher:
        found = collected(searcher, wq.Every())

    assert found.count() == 0
    assert len(found.results()) == 0


def test_a_searcher_without_columns_is_refused():
    from whoosh.fields import TEXT, Schema
    from whoosh.filedb.filestore import RamStorage

    index = RamStorage().create_index(Schema(content=TEXT))
    with index.writer() as writer:
        writer.add_document(content="a b")
    with index.searcher() as searcher, pytest.raises(BugError):
        collected(searcher, A)


def test_it_cannot_be_wrapped(searcher):
    with pytest.raises(NotImplementedError):
        searcher.search_with_collector(A, FilterCollector(ColumnCollector()))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("prepare", ["self", "top_searcher", "q", "context"]),
        ("run", ["self"]),
        ("finish", ["self"]),
        ("computes_count", ["self"]),
        ("count", ["self"]),
        ("all_ids", ["self"]),
        ("results", ["self"]),
        ("_results", ["self", "items", "kwargs"]),
    ],
)
def test_whoosh_still_has_the_methods_that_are_used(name, parameters):
    assert list(inspect.signature(getattr(Collector, name)).parameters) == parameters


def test_whoosh_still_runs_a_collector_in_two_calls(searcher):
    called = []

    class Recorder(ColumnCollector):
        def prepare(self, top_searcher, q, context):
            called.append(("prepare", top_searcher, q, context.needs_current))
            super().prepare(top_searcher, q, context)

        def run(self):
            called.append("run")

    searcher.search_with_collector(A, Recorder())

    assert called == [("prepare", searcher, A, False), "run"]


@given(st.lists(st.integers(-3, 3)), st.none() | st.integers(0, 12), st.integers(1, 9))
def test_best_first_is_the_head_of_a_stable_sort(values, limit, rows):
    array = np.array(values, np.int64)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collector, "_FEWEST_ROWS", rows)
        patch.setattr(collector, "_COLUMNS", 1)
        assert (
            best_first(array, limit).tolist() == np.argsort(array, kind="stable")[:limit].tolist()
        )
