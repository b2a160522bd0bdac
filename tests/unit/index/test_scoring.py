"""BM25F over arrays against Whoosh's function, and statistics over several segments."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_queries import FIELD, corpora
from whoosh import query as wq
from whoosh.scoring import BM25F, bm25

from incipit.index.evaluation_segment import SegmentView
from incipit.index.inversion import columns_of
from incipit.index.scoring import Bm25, Collection


def views_of(corpus):
    return [SegmentView(columns_of(texts, range(len(texts)))) for texts in corpus]


@given(
    st.floats(0.1, 9),
    st.integers(1, 500),
    st.integers(1, 9000),
    st.floats(1, 5000),
    st.floats(0, 1),
    st.floats(0, 3),
)
def test_scores_are_those_of_whoosh(idf, frequency, length, average, b, k1):
    model = Bm25(b, k1)

    norms = model.norms(np.array([length]), average)
    score = model.scores(idf, np.array([frequency]), norms)

    assert score[0] == pytest.approx(bm25(idf, frequency, length, average, b, k1), rel=1e-12)


def test_parameters_are_those_of_whoosh():
    assert (Bm25().b, Bm25().k1) == (BM25F().B, BM25F().K1)


@given(corpora, st.sampled_from(["a", "ab", "never"]))
def test_frequencies_count_all_segments(corpus, word):
    texts = [words for segment in corpus for words in segment]
    collection = Collection(views_of(corpus))

    assert collection.document_frequency(word) == sum(word in words for words in texts)
    assert collection.doc_count == len(texts)
    lengths = [len(words) for words in texts]
    assert collection.average_length == (sum(lengths) / len(lengths) if any(lengths) else 1)


@given(
    corpora, st.sampled_from([wq.Prefix(FIELD, "a"), wq.Term(FIELD, "ab"), wq.Prefix(FIELD, "")])
)
def test_idf_of_every_word_of_a_leaf_counts_all_segments(corpus, leaf):
    texts = [words for segment in corpus for words in segment]
    views = views_of(corpus)
    collection = Collection(views)

    for view in views:
        words = view.words(view.terms(leaf))
        wanted = [
            math.log(len(texts) / (sum(word in some for some in texts) + 1)) + 1 for word in words
        ]
        assert collection.idf(view, leaf).tolist() == pytest.approx(wanted, rel=1e-12)
