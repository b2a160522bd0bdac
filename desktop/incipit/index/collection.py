"""The segments of an index as one run of documents and positions, for searching.

Owns the numbering over all segments and what every search needs again: where documents begin,
how long they are, their keys and length norms. Made once for a snapshot and shared by its
searches and threads; knows nothing of queries.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from incipit.index.scoring import Bm25
from incipit.models import TokenColumns

NOTHING: NDArray[np.int64] = np.empty(0, np.int64)


class Collection:
    """The documents of all segments, deleted ones included, one segment after the other.

    Document ``doc`` of segment ``s`` has the number ``doc_bases[s] + doc``, its positions are
    counted from ``position_bases[s]``; both lists end with the total.
    """

    def __init__(self, segments: Sequence[TokenColumns]) -> None:
        self.segments = tuple(segments)
        self.doc_bases = list(accumulate((s.doc_count for s in self.segments), initial=0))
        self.position_bases = list(accumulate((s.token_count for s in self.segments), initial=0))
        self.doc_count = self.doc_bases[-1]
        self.token_count = self.position_bases[-1]
        self._norms: dict[Bm25, NDArray[np.float64]] = {}

    @property
    def average_length(self) -> float:
        """Return the mean length of a document in tokens, 1 where there is no token."""
        return self.token_count / (self.doc_count or 1) or 1.0

    @cached_property
    def doc_keys(self) -> NDArray[np.int64]:
        """The key of each document, int64 (doc_count,)."""
        return np.concatenate([NOTHING, *(segment.doc_keys for segment in self.segments)])

    @cached_property
    def doc_starts(self) -> NDArray[np.int64]:
        """The first position of each document and the end, int64 (doc_count + 1,)."""
        if len(self.segments) == 1:
            return self.segments[0].doc_starts
        bases = zip(self.segments, self.position_bases, strict=False)
        parts = [segment.doc_starts[:-1] + base for segment, base in bases]
        return np.concatenate([*parts, np.array([self.token_count])])

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The length of each document in tokens, int64 (doc_count,)."""
        return np.diff(self.doc_starts)

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which documents are not deleted, bool (doc_count,), or None where none is."""
        if all(segment.live is None for segment in self.segments):
            return None
        return np.concatenate(
            [
                np.ones(segment.doc_count, bool) if segment.live is None else segment.live
                for segment in self.segments
            ]
        )

    def norms(self, model: Bm25) -> NDArray[np.float64]:
        """Return the length norm of each document, float64 (doc_count,)."""
        known = self._norms.get(model)
        if known is None:
            known = self._norms[model] = model.norms(self.lengths, self.average_length)
        return known

    def document_frequency(self, word: str) -> int:
        """Return in how many documents ``word`` stands, deleted ones included."""
        found = ((segment, segment.find_term(word)) for segment in self.segments)
        return sum(segment.doc_frequency(term) for segment, term in found if term >= 0)

    def idf(self, frequency: int) -> float:
        """Return ``log(N / (n + 1)) + 1``, as Whoosh has it, of a word in ``frequency`` docs."""
        return math.log(self.doc_count / (frequency + 1.0)) + 1.0

    def idfs(self, frequencies: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return :meth:`idf` of several words."""
        idfs: NDArray[np.float64] = np.log(self.doc_count / (frequencies + 1.0)) + 1.0
        return idfs

    def segment_of(self, doc: int) -> int:
        """Return the segment of a document."""
        return bisect_right(self.doc_bases, doc, 0, len(self.segments)) - 1

    def documents_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the document of each position."""
        return self.doc_starts.searchsorted(positions, side="right") - 1

    def counted(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of ascending positions, each once, and how many it has."""
        if len(positions) * 2 < self.doc_count:
            return run_lengths(self.documents_at(positions))
        counts = np.diff(positions.searchsorted(self.doc_starts))
        docs = np.flatnonzero(counts)
        return docs, counts[docs]


def run_lengths(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct values of an ascending array, and how often each stands in it."""
    if len(values) <= 1:  # A rare phrase has but one hit.
        return values, np.ones(len(values), np.int64)
    starts = np.flatnonzero(values[1:] != values[:-1]) + 1
    bounds = np.empty(len(starts) + 2, np.int64)
    bounds[0], bounds[-1] = 0, len(values)
    bounds[1:-1] = starts
    return values[bounds[:-1]], bounds[1:] - bounds[:-1]
