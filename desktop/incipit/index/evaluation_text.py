"""The token columns of one text in memory, without what only many documents need.

Hits in a text are found by the same code as in a segment; laying out a whole segment for each
row of a page of results would take ten times as long as finding the hits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


class TextColumns:
    """One document as `models.TokenColumns`, given by its terms in parts; its key is 0."""

    live: NDArray[np.bool_] | None = None

    def __init__(self, parts: Iterable[Sequence[str]]) -> None:
        seen: dict[str, int] = {}
        streams = [np.empty(0, np.int64)]
        for terms in parts:
            for word in set(terms):
                seen.setdefault(word, len(seen))
            streams.append(np.fromiter(map(seen.__getitem__, terms), np.int64, len(terms)))
        self._words = sorted(seen)
        numbers = {word: number for number, word in enumerate(self._words)}
        ranks = np.fromiter(map(numbers.__getitem__, seen), np.int64, len(seen))
        self._stream = ranks[np.concatenate(streams)]
        self._numbers = numbers
        self.doc_count = 1
        self.term_count = len(self._words)
        self.token_count = len(self._stream)
        self.doc_keys = np.zeros(1, np.int64)
        self.doc_starts = np.array([0, len(self._stream)], np.int64)

    def find_term(self, word: str) -> int:
        """Return the term of ``word``, or -1."""
        return self._numbers.get(word, -1)

    def word(self, term: int) -> str:
        """Return the text of a term."""
        return self._words[term]

    def words(self, start: int, end: int) -> list[str]:
        """Return the texts of the terms from ``start`` up to ``end``."""
        return self._words[start:end]

    def words_from(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin with ``prefix``."""
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, True, start, key=lambda word: not word.startswith(prefix))
        return start, end

    def doc_frequencies(self, start: int = 0, end: int | None = None) -> NDArray[np.int64]:
        """Return 1 for each term; without bounds, for all."""
        return np.ones((self.term_count if end is None else end) - start, np.int64)

    def doc_frequency(self, _term: int) -> int:
        """Return 1."""
        return 1

    @cached_property
    def _frequencies(self) -> NDArray[np.int64]:
        return np.bincount(self._stream, minlength=self.term_count)

    def frequencies(self) -> NDArray[np.int64]:
        """Return the number of tokens of every term."""
        return self._frequencies

    def frequency(self, term: int) -> int:
        """Return the number of tokens of one term."""
        return int(self._frequencies[term])

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the one document, and how often the term stands in it."""
        return np.zeros(1, np.int64), self._frequencies[term : term + 1]

    def pair_postings(self, _first: int, _second: int) -> None:
        """Return None: nothing is kept ready of a single text."""

    def postings_between(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return terms, documents and frequencies of the terms from ``first`` up to ``end``."""
        return np.arange(first, end), np.zeros(end - first, np.int64), self._frequencies[first:end]

    def positions(self, term: int) -> NDArray[np.int64]:
        """Return every position of a term, ascending."""
        return np.flatnonzero(self._stream == term)

    def positions_beside(self, term: int, _others: Sequence[int]) -> NDArray[np.int64]:
        """Return every position of a term, ascending."""
        return self.positions(term)

    def terms_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the term that stands at each of the given positions."""
        return self._stream[positions]

    def terms_between(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the terms of the positions from ``start`` up to ``end``."""
        return self._stream[start:end]

    def count_between(self, term: int, start: int, end: int) -> int:
        """Return how often ``term`` stands from position ``start`` up to ``end``."""
        return int(np.count_nonzero(self._stream[start:end] == term))

    def match_at(
        self, positions: NDArray[np.int64], term: int, shift: int = 0
    ) -> NDArray[np.bool_]:
        """Return ``shift`` tokens after which of the positions ``term`` stands."""
        return np.equal(self._stream[shift:].take(positions), term)
