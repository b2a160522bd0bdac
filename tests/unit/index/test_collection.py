"""Several segments as one run of documents and positions, against their parts one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_made import made_index
from index_queries import corpora

from incipit.index.collection import Collection, run_lengths
from incipit.index.inversion import columns_of
from incipit.index.scoring import Bm25


def collection_of(corpus):
    return Collection([columns_of(texts, range(len(texts))) for texts in corpus])


@given(corpora)
def test_documents_are_numbered_over_all_segments(corpus):
    collection = collection_of(corpus)
    texts = [words for segment in corpus for words in segment]

    assert collection.doc_count == len(texts)
    assert collection.token_count == sum(map(len, texts))
    assert collection.doc_keys.tolist() == [n for segment in corpus for n in range(len(segment))]
    assert collection.lengths.tolist() == [len(words) for words in texts]
    assert collection.doc_starts.tolist() == np.cumsum([0, *map(len, texts)]).tolist()
    segments = [number for number, segment in enumerate(corpus) for _ in segment]
    assert [collection.segment_of(doc) for doc in range(len(texts))] == segments
    assert collection.live is None


@given(corpora, st.data())
def test_positions_are_counted_by_document(corpus, data):
    collection = collection_of(corpus)
    places = range(collection.token_count)
    chosen = data.draw(st.sets(st.sampled_from(places)) if places else st.just(set()))
    positions = np.array(sorted(chosen), np.int64)
    owners = [doc for doc, length in enumerate(collection.lengths.tolist()) for _ in range(length)]
    counts = np.bincount([owners[place] for place in sorted(chosen)], minlength=len(owners) + 1)

    docs, numbers = collection.counted(positions)

    assert collection.documents_at(positions).tolist() == [owners[p] for p in positions.tolist()]
    assert docs.tolist() == np.flatnonzero(counts).tolist()
    assert numbers.tolist() == counts[counts > 0].tolist()


@given(corpora, st.sampled_from(["a", "ab", "never"]))
def test_frequencies_count_all_segments(corpus, word):
    texts = [words for segment in corpus for words in segment]
    collection = collection_of(corpus)

    assert collection.document_frequency(word) == sum(word in words for words in texts)
    lengths = [len(words) for words in texts]
    assert collection.average_length == (sum(lengths) / len(lengths) if any(lengths) else 1)


def test_idf_is_that_of_whoosh():
    collection = collection_of([[["a"], ["b"]], [["a"], ["c"]]])

    assert collection.idf(2) == pytest.approx(math.log(4 / 3) + 1, rel=1e-15)
    assert collection.idfs(np.array([2, 0])).tolist() == [collection.idf(2), collection.idf(0)]


def test_norms_are_made_once_for_each_model():
    collection = collection_of([[["a", "b"], ["a"]]])

    norms = collection.norms(Bm25())

    assert norms.tolist() == Bm25().norms(np.array([2, 1]), 1.5).tolist()
    assert collection.norms(Bm25()) is norms
    assert collection.norms(Bm25(b=0.5)) is not norms


def test_documents_that_were_deleted_are_known(tmp_path):
    with made_index(tmp_path / "index", [[["a"], ["b"]], [["c"]]], deletes=[1]) as snapshot:
        assert sorted(snapshot.collection.doc_keys[snapshot.collection.live].tolist()) == [0, 2]


@given(st.lists(st.integers(0, 4)).map(sorted))
def test_runs_of_equal_values(values):
    found, lengths = run_lengths(np.array(values, np.int64))

    assert np.repeat(found, lengths).tolist() == values
    assert len(set(found.tolist())) == len(found)
