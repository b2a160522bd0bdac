"""Patterns: the documents of all the words that a leaf stands for, their counts and scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.index.collection import Collection, run_lengths
from incipit.index.evaluation_view import NO_COUNTS, CollectionView, Counts
from incipit.index.scoring import Bm25

#: Postings whose scores are summed at once, which bounds the memory of a step to some 100 MB.
_MAX_POSTINGS = 1_000_000

#: Up to this share of the documents postings are sorted, from there on added into a table.
_FEW = 8

# From these numbers on Whoosh scores an unscored expansion by its words (query/compound.py).
_WHOOSH_MAX_CLAUSES = 1024
_WHOOSH_SMALL_INDEX = 5000

#: Postings of one segment: the number of its first document, documents, idf and frequencies.
_Piece = tuple[int, NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """What a pattern matches: tokens a document, and the sum of the scores of its words.

    ``word_counts`` are the numbers of words that it stands for in each segment.
    """

    counts: Counts
    scores: NDArray[np.float64]
    word_counts: tuple[int, ...]

    def unscored(
        self, scores: NDArray[np.float64], collection: Collection, *, current: bool
    ) -> NDArray[np.float64]:
        """Return the scores with 1 where Whoosh gives that to an expansion (Or._matcher)."""
        scores = scores.copy()
        docs = self.counts[0]
        for number, words in enumerate(self.word_counts):
            first, end = collection.doc_bases[number : number + 2]
            if words <= 1:
                continue
            small = end - first <= _WHOOSH_SMALL_INDEX and words != 2
            if words >= _WHOOSH_MAX_CLAUSES or (small and not current):
                low, high = docs.searchsorted((first, end))
                scores[low:high] = 1.0
        return scores


def expanded(view: CollectionView, leaf: wq.Query, model: Bm25) -> Expansion:
    """Return what a pattern matches in all segments."""
    pieces: list[_Piece] = []
    sums: list[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]] = []
    size = 0
    found = view.terms(leaf)
    for (base, segment), terms, idf in zip(view.based(), found, view.idfs(found), strict=True):
        for some, docs, frequencies in segment.postings_of(terms):
            pieces.append((base, docs, _parallel(idf, terms, some), frequencies))
            size += len(docs)
            if size >= _MAX_POSTINGS:
                sums.append(_summed(view.collection, pieces, model))
                pieces, size = [], 0
    if pieces:
        sums.append(_summed(view.collection, pieces, model))
    words = tuple(map(len, found))
    if not sums:
        return Expansion(NO_COUNTS, np.empty(0), words)
    docs, scores, counts = sums[0]
    if len(sums) > 1:
        docs, scores, counts = _added(
            view.collection.doc_count, *map(np.concatenate, zip(*sums, strict=True))
        )
    return Expansion((docs, counts), scores, words)


def _parallel(
    idf: NDArray[np.float64], terms: NDArray[np.int64], some: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the idf of each of some postings, given the terms of the idf."""
    first = int(terms[0])
    if int(terms[-1]) - first == len(terms) - 1:
        return idf[some - first]
    return idf[terms.searchsorted(some)]


def _summed(
    collection: Collection, pieces: list[_Piece], model: Bm25
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    docs = np.concatenate([docs + base for base, docs, _, _ in pieces])
    idf = np.concatenate([idf for _, _, idf, _ in pieces])
    counts = np.concatenate([counts for _, _, _, counts in pieces])
    scores = model.scores(idf, counts, collection.norms(model)[docs])
    return _added(collection.doc_count, docs, scores, counts)


def _added(
    doc_count: int,
    docs: NDArray[np.int64],
    scores: NDArray[np.float64],
    counts: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return each document once, ascending, with the sums of its scores and counts."""
    if len(docs) * _FEW < doc_count:
        order = np.argsort(docs, kind="stable")
        found, lengths = run_lengths(docs[order])
        if not len(found):
            return docs, scores, counts
        starts = np.cumsum(lengths) - lengths
        summed = np.add.reduceat(scores[order], starts), np.add.reduceat(counts[order], starts)
        return found, *summed
    tokens = np.bincount(docs, counts, minlength=doc_count).astype(np.int64)
    total = np.bincount(docs, scores, minlength=doc_count).astype(np.float64, copy=False)
    found = np.flatnonzero(tokens)
    return found, total[found], tokens[found]
