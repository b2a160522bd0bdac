"""Every query class of Whoosh on this codec, against Whoosh's own W3 codec."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from index_corpora import pending
from index_made import made_index, mended
from index_queries import WORDS, corpora, trees
from whoosh import query as wq
from whoosh.codec import default_codec
from whoosh.filedb.filestore import RamStorage
from whoosh.index import open_dir
from whoosh.query import spans as ws

from incipit.index.codec import ColumnarCodec
from incipit.index.folder import IndexFolder
from incipit.index.schema import index_schema

FIELD = "content"


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Give out a new index folder for each call."""
    base = tmp_path_factory.mktemp("indexes")
    counter = iter(range(1_000_000))
    return lambda: base / str(next(counter))


def stock_index(corpus, deletes=()):
    """Return Whoosh's own index of the same segments."""
    index = RamStorage().create_index(index_schema())
    key = 0
    for segment in corpus:
        writer = index.writer(codec=default_codec())
        for words in segment:
            writer.add_document(key=key, content=list(words))
            key += 1
        writer.commit(merge=False)
    writer = index.writer()
    for key in deletes:
        writer.delete_by_term("key", key)
    writer.commit(merge=False)
    return index


def edges_of(corpus):
    """Return the first key of each segment, and the end."""
    return [0, *accumulate(len(segment) for segment in corpus)]


def keys(searcher, query):
    return sorted(hit["key"] for hit in searcher.search(query, limit=None))


OTHERS = (
    wq.TermRange(FIELD, "ab", "c"),
    wq.TermRange(FIELD, None, "b", endexcl=True),
    wq.NumericRange("key", 2, 5),
    wq.NumericRange("key", None, 3, endexcl=True),
    wq.Term("key", index_schema()["key"].to_bytes(3)),
    wq.Every(FIELD),
    wq.Variations(FIELD, "ab"),
    wq.DisjunctionMax([wq.Term(FIELD, "a"), wq.Phrase(FIELD, ["b", "a"])]),
    wq.Otherwise(wq.Term(FIELD, "never"), wq.Term(FIELD, "a")),
    wq.NullQuery,
    ws.SpanFirst(wq.Term(FIELD, "a"), limit=1),
    ws.SpanNear(wq.Term(FIELD, "a"), wq.Term(FIELD, "ab"), slop=3, ordered=False),
    ws.SpanNot(wq.Term(FIELD, "a"), wq.Phrase(FIELD, ["a", "b"])),
    ws.SpanOr([wq.Term(FIELD, "a"), wq.Phrase(FIELD, ["b", "c"])]),
    ws.SpanContains(wq.Phrase(FIELD, ["a", "b"], slop=3), wq.Term(FIELD, "c")),
    ws.SpanBefore(wq.Term(FIELD, "a"), wq.Term(FIELD, "b")),
    ws.SpanCondition(wq.Term(FIELD, "a"), wq.Term(FIELD, "b")),
)

deletions = st.sets(st.integers(0, 12), max_size=4)
checked = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@checked
@given(corpora, deletions, trees)
def test_trees_of_queries_find_what_whoosh_finds(places, corpus, deletes, query):
    with (
        made_index(places(), corpus, deletes) as snapshot,
        snapshot.searcher() as ours,
        stock_index(corpus, deletes).searcher() as theirs,
    ):
        sound = mended(query)
        assert keys(ours, sound) == keys(theirs, sound)


@settings(checked, max_examples=25)
@given(corpora, deletions)
def test_every_other_class_finds_what_whoosh_finds(places, corpus, deletes):
    path = places()
    made_index(path, corpus, deletes).close()
    with (
        open_dir(str(path)).searcher() as ours,
        stock_index(corpus, deletes).searcher() as theirs,
    ):
        for query in OTHERS:
            assert keys(ours, query) == keys(theirs, query), query
        assert ours.doc_count() == theirs.doc_count()


@settings(checked, max_examples=25)
@given(corpora, deletions, st.sampled_from([*WORDS, "abd", "cba"]))
def test_spelling_and_statistics_are_whooshs(places, corpus, deletes, word):
    # A segment of which everything is deleted goes at once here, and with a merge there.
    assume(not any(deletes >= set(range(*edges)) for edges in pairwise(edges_of(corpus))))
    with (
        made_index(places(), corpus, deletes) as snapshot,
        snapshot.searcher() as ours,
        stock_index(corpus, deletes).searcher() as theirs,
    ):
        one, other = ours.reader(), theirs.reader()
        texts = [words for segment in corpus for words in segment]
        assert ours.suggest(FIELD, word, limit=20) == theirs.suggest(FIELD, word, limit=20)
        assert sorted(one.all_terms()) == sorted(other.all_terms())
        if ("content", "a") in other:
            assert one.most_frequent_terms(FIELD, 5) == other.most_frequent_terms(FIELD, 5)
            assert list(one.expand_prefix(FIELD, "a")) == list(other.expand_prefix(FIELD, "a"))
            assert list(one.lexicon(FIELD)) == list(other.lexicon(FIELD))
        for term in WORDS:
            assert one.doc_frequency(FIELD, term) == other.doc_frequency(FIELD, term)
            assert one.frequency(FIELD, term) == other.frequency(FIELD, term)
        assert one.field_length(FIELD) == other.field_length(FIELD)
        for doc in range(one.doc_count_all()):
            # Whoosh keeps rounded lengths.
            assert one.doc_field_length(doc, FIELD) == len(texts[doc])
            assert one.is_deleted(doc) == other.is_deleted(doc)
            assert one.stored_fields(doc) == other.stored_fields(doc)


def test_the_best_are_the_best_with_and_without_a_limit(places):
    corpus = [[["a"] * (n % 7) + ["b"] * (n % 5) + ["c"] * n for n in range(60)]] * 2
    query = wq.Or([wq.Term(FIELD, "a"), wq.Term(FIELD, "b")])
    with made_index(places(), corpus) as snapshot, snapshot.searcher() as searcher:
        everything = [(hit.score, hit["key"]) for hit in searcher.search(query, limit=None)]
        for limit in (1, 5, 30):
            best = searcher.search(query, limit=limit)
            assert [hit.score for hit in best] == [score for score, _ in everything[:limit]]
            assert {(h.score, h["key"]) for h in best} <= set(everything)


def test_results_can_be_sorted_and_grouped_by_key(places):
    with made_index(places(), [[["a"]] * 5, [["a"]] * 4]) as snapshot, snapshot.searcher() as s:
        found = s.search(wq.Every(), sortedby="key", reverse=True, limit=None)
        assert [hit["key"] for hit in found] == list(range(8, -1, -1))
        assert s.document(key=6) == {"key": 6}
        assert s.document_number(key=99) is None


@settings(checked, max_examples=30)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9), min_size=1, max_size=6))
def test_whooshs_own_writer_takes_the_codec(places, texts):
    path = places()
    IndexFolder.create(path, identity="x")
    index = open_dir(str(path))
    for some in (texts[: len(texts) // 2], texts[len(texts) // 2 :]):
        writer = index.writer(codec=ColumnarCodec())
        for text in some:
            writer.add_document(key=texts.index(text), content=list(text))
        writer.commit(merge=False)
    with index.searcher() as searcher:
        for word in WORDS:
            expected = sorted(texts.index(text) for text in texts if word in text)
            assert keys(searcher, wq.Term(FIELD, word)) == expected
        phrase = wq.Phrase(FIELD, ["a", "ab"])
        expected = sorted(texts.index(t) for t in texts if ("a", "ab") in pairwise(t))
        assert keys(searcher, phrase) == expected


def test_an_open_reader_survives_a_commit(places):
    path = places()
    folder = IndexFolder.create(path, identity="x")
    folder.write(adds=[pending(path, {1: "alpha"})])
    with open_dir(str(path)).searcher() as searcher:
        folder.write(adds=[pending(path, {2: "alpha"})], deletes=[1])
        assert keys(searcher, wq.Term(FIELD, "alpha")) == [1]
        assert not searcher.up_to_date()
