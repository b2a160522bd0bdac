"""In how many documents of a whole collection each word stands, kept in little memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from incipit.models import TokenColumns

_AT_ONCE = 1 << 16
#: Words of segments that are kept before equal ones are put together: 18 MB.
_LOOSE = 1_500_000
_REMEMBERED = 1 << 16


class WordFrequencies:
    """The document frequencies of the words of some segments, for one process and one thread.

    Words are known by Python's hash of 64 bits, sorted; those of one document, more than half of
    any vocabulary (Zipf 1949), are not kept. That is 12 bytes a word where a dictionary takes
    130. A word that is not there at all counts as one of one document, which for a word that
    was met in a text it is.
    """

    def __init__(self, segments: Sequence[TokenColumns]) -> None:
        table = _Table()
        for columns in segments:
            table.add(columns)
        self._hashes, self._counts = table.sorted()
        more_than_once = self._counts > 1
        self._hashes = self._hashes[more_than_once]
        self._counts = self._counts[more_than_once]
        self.of = lru_cache(_REMEMBERED)(self._look_up)

    def __len__(self) -> int:
        """Return the number of words that stand in more than one document."""
        return len(self._hashes)

    def _look_up(self, word: str) -> int:
        hashed = hash(word)
        at = int(self._hashes.searchsorted(hashed))
        found = at < len(self._hashes) and self._hashes[at] == hashed
        return int(self._counts[at]) if found else 1


class _Table:
    """Hashes with counts that are put together when there are many."""

    def __init__(self) -> None:
        self._hashes: list[NDArray[np.int64]] = []
        self._counts: list[NDArray[np.uint32]] = []
        self._loose = 0

    def add(self, columns: TokenColumns) -> None:
        for start in range(0, columns.term_count, _AT_ONCE):
            end = min(start + _AT_ONCE, columns.term_count)
            words = columns.words(start, end)
            self._hashes.append(np.fromiter(map(hash, words), np.int64, len(words)))
            self._counts.append(columns.doc_frequencies(start, end).astype(np.uint32))
            self._loose += len(words)
            if self._loose >= _LOOSE:
                self.sorted()

    def sorted(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Put equal words together; return their hashes, ascending, and counts."""
        if not self._hashes:
            return np.empty(0, np.int64), np.empty(0, np.uint32)
        hashes, counts = np.concatenate(self._hashes), np.concatenate(self._counts)
        order = np.argsort(hashes)
        hashes, counts = hashes[order], counts[order]
        first = np.flatnonzero(np.diff(hashes, prepend=hashes[0] - 1))
        self._hashes = [hashes[first]]
        self._counts = [np.add.reduceat(counts, first, dtype=np.uint32)]
        self._loose = 0
        return self._hashes[0], self._counts[0]
