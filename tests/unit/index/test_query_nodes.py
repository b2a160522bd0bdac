"""The nodes that stand beside Whoosh's own."""

from __future__ import annotations

import pickle

import pytest
from index_made import found_by_matchers, made_index
from index_queries import FIELD
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index.query_nodes import DocumentFilter, Near
from incipit.models import Filter

A, B, C = (wq.Term(FIELD, word) for word in "abc")
REPORT = Filter("name", ":", "report")


def test_filters_are_equal_by_their_condition():
    assert DocumentFilter(REPORT) == DocumentFilter(Filter("name", ":", "report"))
    assert DocumentFilter(REPORT) != DocumentFilter(Filter("name", "=", "report"))
    assert hash(DocumentFilter(REPORT)) == hash(DocumentFilter(REPORT))
    assert str(DocumentFilter(REPORT)) == "name:report"
    assert pickle.loads(pickle.dumps(DocumentFilter(REPORT))) == DocumentFilter(REPORT)


def test_whooshs_matchers_refuse_a_filter(tmp_path):
    with made_index(tmp_path / "i", [[["a"]]]) as snapshot, snapshot.searcher() as searcher:
        assert DocumentFilter(REPORT).estimate_size(searcher.reader()) == 1
        with pytest.raises(wq.QueryError):
            searcher.search(wq.And([A, DocumentFilter(REPORT)]))


def test_a_near_can_stand_inside_other_queries_of_whoosh(tmp_path):
    corpus = [[text.split() for text in ("a b c", "a c", "b a", "a x b c")]]
    query = wq.And([C, Near(A, B, slop=2)])
    with made_index(tmp_path / "i", corpus) as snapshot, snapshot.searcher() as searcher:
        assert sorted(found_by_matchers(searcher, query)) == [0, 3]
        with pytest.raises(NotImplementedError):
            found_by_matchers(searcher, wq.And([C, ws.SpanNear(A, B, slop=2)]))
        assert query.subqueries[1].estimate_min_size(searcher.reader()) == 0


def test_a_near_shows_its_sides():
    assert list(Near(A, B).children()) == [A, B]
    assert list(wq.And([C, Near(A, B)]).leaves()) == [C, A, B]
