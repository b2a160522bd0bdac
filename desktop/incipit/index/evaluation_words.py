"""Patterns: the documents of all the words that a leaf stands for, their counts and scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.index.collection import NOTHING, Collection, run_lengths
from incipit.index.evaluation_view import CollectionView, Counts
from incipit.index.scoring import Bm25

#: Postings whose scores are summed at once, which bounds the memory of a step to some 100 MB.
_MAX_POSTINGS = 1_000_000

#: Up to this share of the documents postings are sorted, from there on added into a table.
_FEW = 8

#: Up to this share of the postings of frequent words those of rare ones are put between them.
_RARE = 4

# From these numbers on Whoosh scores an unscored expansion by its words (query/compound.py).
_WHOOSH_MAX_CLAUSES = 1024
_WHOOSH_SMALL_INDEX = 5000

#: Documents of the collection, with scores and counts of tokens; parallel arrays.
_Scored = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]

_NONE: _Scored = (NOTHING, np.empty(0), NOTHING)


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
    doc_count, norms = view.collection.doc_count, view.collection.norms(model)
    found = view.terms(leaf)
    # The most frequent word of each segment, and all the others.
    frequent: list[_Scored] = []
    rest: list[_Scored] = []
    size = 0
    for (base, segment), terms, idf in zip(view.based(), found, view.idfs(found), strict=True):
        longest = _NONE
        for some, own, counts in segment.postings_of(terms):
            docs = own + base if base else own
            part = docs, model.scores(idf[_places(terms, some)], counts, norms[docs]), counts
            if len(some) == 1 and len(docs) > len(longest[0]):
                part, longest = longest, part
            rest.append(part)
            size += len(part[0])
            if size >= _MAX_POSTINGS:
                rest = [_added(doc_count, rest)]
                size = len(rest[0][0])
        frequent.append(longest)
    docs, scores, counts = _joined(doc_count, frequent, rest)
    return Expansion((docs, counts), scores, tuple(map(len, found)))


def _places(terms: NDArray[np.int64], some: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of each of some terms among ascending ones."""
    first = int(terms[0])
    if int(terms[-1]) - first == len(terms) - 1:
        return some - first
    return terms.searchsorted(some)


def _joined(doc_count: int, frequent: list[_Scored], rest: list[_Scored]) -> _Scored:
    """Return the sums of all parts; the documents of ``frequent`` are ascending, each once."""
    sizes = [sum(len(docs) for docs, _, _ in parts) for parts in (frequent, rest)]
    if sizes[1] * _RARE > sizes[0]:
        return _added(doc_count, [*frequent, *rest])
    docs, scores, counts = _concatenated(frequent)
    if not sizes[1]:
        return docs, scores, counts
    more, more_scores, more_counts = _added(doc_count, rest)
    at = docs.searchsorted(more)
    known = docs.take(at, mode="clip") == more
    scores[at[known]] += more_scores[known]
    counts[at[known]] += more_counts[known]
    at, new = at[~known], ~known
    return (
        np.insert(docs, at, more[new]),
        np.insert(scores, at, more_scores[new]),
        np.insert(counts, at, more_counts[new]),
    )


def _concatenated(parts: list[_Scored]) -> _Scored:
    docs, scores, counts = map(np.concatenate, zip(_NONE, *parts, strict=True))
    return docs, scores, counts


def _added(doc_count: int, parts: list[_Scored]) -> _Scored:
    """Return each document once, ascending, with the sums of its scores and counts."""
    docs, scores, counts = _concatenated(parts)
    if len(docs) * _FEW < doc_count:
        order = np.argsort(docs, kind="stable")
        found, lengths = run_lengths(docs[order])
        if not len(found):
            return docs, scores, counts
        starts = np.cumsum(lengths) - lengths
        summed = np.add.reduceat(scores[order], starts), np.add.reduceat(counts[order], starts)
        return found, *summed
    tokens = np.bincount(docs, counts, minlength=doc_count)
    total = np.bincount(docs, scores, minlength=doc_count)
    # Finding what is set is several times faster in truth values than in numbers.
    found = (tokens != 0).nonzero()[0]
    return found, total[found], tokens[found].astype(np.int64)
