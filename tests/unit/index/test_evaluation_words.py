"""What patterns match: counts against a scan, scores the same in each way of adding."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_queries import FIELD, corpora, patterns
from whoosh import query as wq

from incipit.index import evaluation_segment, evaluation_words
from incipit.index.collection import Collection
from incipit.index.evaluation_view import CollectionView
from incipit.index.evaluation_words import Expansion, expanded
from incipit.index.inversion import columns_of
from incipit.index.scoring import Bm25


def view_of(corpus):
    return CollectionView(Collection([columns_of(texts, range(len(texts))) for texts in corpus]))


@given(corpora, patterns)
def test_tokens_are_counted_over_all_words_of_a_pattern(corpus, leaf):
    view = view_of(corpus)
    wanted = Counter()
    doc = 0
    for segment, texts in zip(view.segments, corpus, strict=True):
        words = set(segment.words(segment.terms(leaf)))
        for text in texts:
            wanted[doc] += sum(word in words for word in text)
            doc += 1

    expansion = expanded(view, leaf, Bm25())

    docs, counts = (array.tolist() for array in expansion.counts)
    assert dict(zip(docs, counts, strict=True)) == {d: n for d, n in wanted.items() if n}
    assert docs == sorted(docs)
    assert len(expansion.scores) == len(docs)
    assert expansion.word_counts == tuple(len(s.terms(leaf)) for s in view.segments)


WAYS = [("_FEW", 0), ("_FEW", 10**6), ("_MAX_POSTINGS", 1), ("_RARE", 1), ("_RARE", 10**6)]


@given(corpora, patterns, st.sampled_from(WAYS))
def test_every_way_of_adding_gives_the_same(corpus, leaf, way):
    view = view_of(corpus)
    wanted = expanded(view, leaf, Bm25())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_words, *way)
        # Each word by itself, as those of large segments are read.
        patch.setattr(evaluation_segment, "_POSTINGS_A_TERM", 0)
        found = expanded(view, leaf, Bm25())

    assert all(map(np.array_equal, found.counts, wanted.counts))
    assert found.scores.tolist() == pytest.approx(wanted.scores.tolist(), rel=1e-12)


def test_some_expansions_are_unscored_as_in_whoosh():
    view = view_of([[["a", "ab", "abc"]], [["a", "ab"]], [["a"]]])
    expansion = expanded(view, wq.Prefix(FIELD, "a"), Bm25())

    scores = expansion.unscored(expansion.scores, view.collection, current=False)

    assert scores[0] == 1, "three words, in a small index"
    assert scores[1:].tolist() == expansion.scores[1:].tolist(), "two words, and one"
    kept = expansion.unscored(expansion.scores, view.collection, current=True)
    assert kept.tolist() == expansion.scores.tolist()
    many = Expansion(expansion.counts, expansion.scores, (1024, 2, 1))
    assert many.unscored(expansion.scores, view.collection, current=True)[0] == 1
