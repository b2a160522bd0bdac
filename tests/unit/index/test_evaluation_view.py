"""Words of all segments during a search, against a plain scan."""

from __future__ import annotations

import math
import threading
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_queries import FIELD, corpora
from whoosh import query as wq

from incipit.errors import Cancelled
from incipit.index import evaluation_view, pair_layout
from incipit.index.collection import Collection
from incipit.index.evaluation_view import CollectionView
from incipit.index.inversion import columns_of

searched = st.sampled_from(["a", "ab", "never"])


def view_of(corpus, cancel=None):
    segments = [columns_of(texts, range(len(texts))) for texts in corpus]
    return CollectionView(Collection(segments), cancel)


def scanned(corpus, word):
    texts = [words for segment in corpus for words in segment]
    return [(doc, words.count(word)) for doc, words in enumerate(texts) if word in words]


def pairs(counts):
    return list(zip(*(array.tolist() for array in counts), strict=True))


@given(corpora, searched)
def test_postings_are_those_of_all_segments(corpus, word):
    view = view_of(corpus)

    assert pairs(view.postings(word)) == scanned(corpus, word)
    assert view.postings(word) is view.postings(word)
    assert view.document_frequency(word) == len(scanned(corpus, word))


def test_postings_are_kept_while_they_are_few(monkeypatch):
    monkeypatch.setattr(evaluation_view, "_MAX_KEPT", 2)
    view = view_of([[["a"], ["a", "b"]], [["b"]]])

    assert view.postings("a") is view.postings("a")
    assert view.postings("b") is not view.postings("b")


@given(corpora, searched, searched)
def test_pairs_that_all_segments_keep_are_ready(corpus, first, second):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_layout, "MIN_ROWS", 1)
        patch.setattr(pair_layout, "SHARE", 3)
        view = view_of(corpus)
    is_kept = True
    for texts in corpus:
        inside = sum((first, second) in pairwise(words) for words in texts)
        both = all(any(word in words for words in texts) for word in (first, second))
        is_kept &= not both or inside >= -(-len(texts) // 3)
    texts = [words for segment in corpus for words in segment]
    counts = [Counter(pairwise(words))[first, second] for words in texts]

    found = view.pair_postings(first, second)

    if is_kept:
        assert pairs(found) == [(doc, count) for doc, count in enumerate(counts) if count]
    else:
        assert found is None


@given(corpora, st.lists(searched, max_size=3), st.sets(st.integers(0, 20)))
def test_words_are_counted_in_some_documents(corpus, words, chosen):
    view = view_of(corpus)
    docs = np.array(sorted(doc for doc in chosen if doc < view.collection.doc_count), np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_view, "_NS_A_TEXT", 0)
        found = view.counts_within(words, docs)

    wanted = [dict(scanned(corpus, word)) for word in words]
    assert found.tolist() == [[counts.get(doc, 0) for doc in docs.tolist()] for counts in wanted]


def test_many_documents_are_not_counted_one_by_one():
    view = view_of([[["a"]] * 100])

    assert view.counts_within(["a"], np.arange(100)) is None
    assert view.counts_within(["a"], np.arange(2)) is not None
    view.postings("a")
    assert view.counts_within(["a"], np.arange(20)) is None, "its postings are known"


@given(
    corpora, st.sampled_from([wq.Prefix(FIELD, "a"), wq.Term(FIELD, "ab"), wq.Prefix(FIELD, "")])
)
def test_idf_of_every_word_of_a_leaf_counts_all_segments(corpus, leaf):
    texts = [words for segment in corpus for words in segment]
    view = view_of(corpus)

    found = view.terms(leaf)
    for segment, terms, idf in zip(view.segments, found, view.idfs(found), strict=True):
        words = segment.words(terms)
        wanted = [
            math.log(len(texts) / (sum(word in some for some in texts) + 1)) + 1 for word in words
        ]
        assert idf.tolist() == pytest.approx(wanted, rel=1e-12)


def test_reading_stops_once_cancelled():
    cancel = threading.Event()
    view = view_of([[["a"]]], cancel)
    view.check()
    cancel.set()

    with pytest.raises(Cancelled):
        view.check()
    with pytest.raises(Cancelled):
        view.postings("a")
