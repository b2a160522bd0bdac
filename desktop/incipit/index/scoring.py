"""BM25F over arrays, with the statistics of the whole index.

Owns the numbers that Whoosh's ``Searcher`` and ``BM25F`` would use: documents and tokens are
counted over all segments, deleted documents included, until a merge drops them. Knows nothing
of queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.index.evaluation_segment import SegmentView


@dataclass(frozen=True, slots=True)
class Bm25:
    """The free parameters of BM25 (Robertson and Walker 1994), with Whoosh's defaults."""

    b: float = 0.75
    k1: float = 1.2

    def norms(self, lengths: NDArray[np.int64], average: float) -> NDArray[np.float64]:
        """Return the length norm of documents of the given lengths in tokens."""
        relative: NDArray[np.float64] = lengths.astype(np.float64) / average
        return self.k1 * ((1.0 - self.b) + self.b * relative)

    def scores(
        self,
        idf: NDArray[np.float64] | float,
        frequencies: NDArray[np.int64],
        norms: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Return ``idf * tf * (k1 + 1) / (tf + norm)``, float64, for parallel arrays."""
        return idf * ((frequencies * (self.k1 + 1.0)) / (frequencies + norms))


class Collection:
    """What scores need to know of all segments together."""

    def __init__(self, segments: Sequence[SegmentView]) -> None:
        self._segments = tuple(segments)
        self._of_words: dict[str, int] = {}
        self._of_leaves: dict[wq.Query, Counter[str]] = {}
        self.doc_count = sum(segment.columns.doc_count for segment in self._segments)
        self.token_count = sum(segment.columns.token_count for segment in self._segments)

    @property
    def average_length(self) -> float:
        """Return the mean length of a document in tokens, 1 where there is no token."""
        return self.token_count / (self.doc_count or 1) or 1.0

    def document_frequency(self, word: str) -> int:
        """Return in how many documents ``word`` stands, deleted ones included."""
        known = self._of_words.get(word)
        if known is None:
            known = sum(segment.document_frequency(word) for segment in self._segments)
            self._of_words[word] = known
        return known

    def idf(self, segment: SegmentView, leaf: wq.Query) -> NDArray[np.float64]:
        """Return ``log(N / (n + 1)) + 1``, as Whoosh has it, of each term of ``leaf``.

        N and n count the documents of all segments; parallel to ``segment.terms(leaf)``.
        """
        terms = segment.terms(leaf)
        if len(self._segments) == 1:
            counts = segment.document_frequencies(terms)
        elif len(terms) == 1:
            counts = np.array([self.document_frequency(segment.columns.word(int(terms[0])))])
        else:
            known = self._frequencies_of(leaf)
            words = segment.words(terms)
            counts = np.fromiter(map(known.__getitem__, words), np.int64, len(words))
        return np.log(self.doc_count / (counts + 1.0)) + 1.0

    def _frequencies_of(self, leaf: wq.Query) -> Counter[str]:
        """Return the document frequency of every word of a leaf, summed over the segments."""
        known = self._of_leaves.get(leaf)
        if known is None:
            known = self._of_leaves[leaf] = Counter()
            for segment in self._segments:
                terms = segment.terms(leaf)
                counts = segment.document_frequencies(terms).tolist()
                for word, count in zip(segment.words(terms), counts, strict=True):
                    known[word] += count
        return known
