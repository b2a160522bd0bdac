"""Spans of phrases and nears against their definition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_queries import FIELD, documents, near_lists, near_operands, nears, phrases
from naive_search import minimal, spans
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index import columns as index_columns
from incipit.index import evaluation_spans
from incipit.index.evaluation_segment import SegmentView
from incipit.index.evaluation_span_sets import Need
from incipit.index.evaluation_spans import (
    SpanFinder,
    distinct_words,
    fixed_pattern,
    has_spans,
)
from incipit.index.inversion import columns_of
from incipit.index.query_nodes import Near

A, B, C = (wq.Term(FIELD, word) for word in "abc")


def found(query, texts, need):
    columns = columns_of(texts, range(len(texts)))
    result = SpanFinder(SegmentView(columns)).find(query, need)
    return list(zip(result.starts.tolist(), result.ends.tolist(), strict=True))


def naive(query, texts):
    shifted, start = set(), 0
    for words in texts:
        shifted |= {(start + s, start + e) for s, e in spans(query, words)}
        start += len(words)
    return shifted


@settings(deadline=None, max_examples=300)
@given(phrases | nears | near_lists | near_operands, documents)
def test_spans_are_those_of_the_definition(query, texts):
    every = naive(query, texts)

    assert found(query, texts, Need.ALL) == sorted(every)
    assert found(query, texts, Need.MINIMAL) == sorted(minimal(every))
    latest = {end: max(s for s, e in every if e == end) for _, end in every}
    assert set(found(query, texts, Need.LATEST)) == {(s, e) for e, s in latest.items()}
    earliest = {start: min(e for s, e in every if s == start) for start, _ in every}
    assert set(found(query, texts, Need.EARLIEST)) == set(earliest.items())


@settings(deadline=None)
@given(phrases | nears, documents)
def test_small_steps_find_the_same(query, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_spans, "_MAX_POSITIONS", 2)
        patch.setattr(index_columns, "_MANY_POSITIONS", 1)
        patch.setattr(index_columns, "_TELLING_SHARE", 2)
        patch.setattr(evaluation_spans, "_MAX_PAIRS", 2)
        patch.setattr(evaluation_spans, "_WINDOW_TOKENS", 9)
        assert found(query, texts, Need.ALL) == sorted(naive(query, texts))
        assert found(query, texts, Need.MINIMAL) == sorted(minimal(naive(query, texts)))


@given(documents, st.integers(1, 30))
def test_windows_hold_whole_documents_once_each(texts, tokens):
    columns = columns_of(texts, range(len(texts)))
    starts = columns.doc_starts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_spans, "_WINDOW_TOKENS", tokens)
        windows = list(evaluation_spans._windows(columns))

    assert [begin for begin, _ in windows] == [0, *(end for _, end in windows)][:-1]
    assert (windows[-1][1] if windows else 0) == starts[-1]
    for begin, end in windows:
        assert begin < end
        assert {begin, end} <= set(starts.tolist())
        inside = [start for start in starts.tolist() if begin < start < end]
        assert end - begin <= tokens or not inside


def test_a_rare_word_is_looked_for_first_and_finds_common_neighbours():
    texts = [["a"] * 500 + ["b", "a"] + ["a"] * 500 + ["c", "b"]]

    assert found(Near(A, B, slop=2, ordered=False), texts, Need.MINIMAL) == [
        (499, 501),
        (500, 502),
        (1001, 1004),
    ]
    assert found(Near(A, B, slop=2, ordered=True), texts, Need.MINIMAL) == [
        (499, 501),
        (1001, 1004),
    ]
    assert found(Near(B, A, slop=1, ordered=True), texts, Need.ALL) == [(500, 502)]


def test_a_span_that_ends_with_a_shorter_one_is_not_minimal():
    choice = wq.Or([B, wq.Phrase(FIELD, ["a", "b"])])

    assert found(choice, [["a", "b"]], Need.ALL) == [(0, 2), (1, 2)]
    assert found(choice, [["a", "b"]], Need.MINIMAL) == [(1, 2)]


def test_nothing_spans_two_documents():
    texts = [["a"], ["b", "a"], ["b"]]

    for query in (
        wq.Phrase(FIELD, ["a", "b"]),
        Near(A, B, slop=5, ordered=False),
        wq.Phrase(FIELD, ["a", "b"], slop=4),
    ):
        assert found(query, texts, Need.ALL) == sorted(naive(query, texts))


@pytest.mark.parametrize(
    ("query", "known"),
    [
        (A, True),
        (wq.Phrase(FIELD, ["a", "b"]), True),
        (wq.Phrase(FIELD, []), False),
        (Near(A, wq.Or([B, wq.Phrase(FIELD, ["a", "b"])])), True),
        (ws.SpanNear(A, B, mindist=0), False),
        (Near(A, wq.And([B, C])), False),
        (wq.Or([]), False),
        (ws.SpanNear2([A, B], ordered=False, slop=3), True),
        (ws.SpanNear2([A, wq.Phrase(FIELD, ["b", "c"])], ordered=False, slop=3), False),
        (ws.SpanNear2([A, wq.Phrase(FIELD, ["b", "c"])], slop=3), True),
        (ws.SpanFirst(A), False),
    ],
    ids=repr,
)
def test_which_queries_have_known_spans(query, known):
    assert has_spans(query) is known


def test_words_at_fixed_distances_are_one_pattern():
    star = Near(A, wq.Prefix(FIELD, "b"), slop=2, mindist=2)

    assert fixed_pattern(Near(star, wq.Phrase(FIELD, ["a", "c"]), slop=1, mindist=1)) == (
        [(0, A), (2, wq.Prefix(FIELD, "b")), (3, A), (4, C)],
        5,
    )
    assert fixed_pattern(Near(A, B, slop=2)) is None
    assert fixed_pattern(wq.Phrase(FIELD, ["a", "b"], slop=2)) is None
    assert fixed_pattern(wq.Or([A, wq.Or([B, C])])) is not None
    assert fixed_pattern(wq.Or([A, wq.Phrase(FIELD, ["a", "b"])])) is None


def test_only_exact_phrases_are_sure_to_be_apart():
    assert distinct_words(wq.Phrase(FIELD, ["a", "b"])) == ("a", "b")
    assert distinct_words(wq.Phrase(FIELD, ["a", "b"], slop=2)) is None
    assert distinct_words(Near(A, B)) is None
