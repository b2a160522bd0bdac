"""In how many documents of a whole collection each word stands, kept in little memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: Words that are kept at most, the most widespread ones: 50 MB. A collection of several million
#: documents has as many that stand in more than one.
_MOST_WORDS = 1 << 22
_REMEMBERED = 1 << 16

#: Words of one segment with the number of documents that each stands in.
Counted = tuple[Sequence[str], NDArray[np.int64]]


class WordFrequencies:
    """The document frequencies of the words of some segments, for one process and one thread.

    ``runs`` gives the words of all segments in one run of the alphabet after the other, no word
    in two of them. Words are known by Python's hash of 64 bits, sorted within their run; those of
    one document, more than half of any vocabulary (Zipf 1949), are not kept. That is 12 bytes a
    word where a dictionary takes 130. A word that is not kept counts as one of one document,
    which for a word that was met in a text it is, or nearly.
    """

    def __init__(self, runs: Iterable[Sequence[Counted]]) -> None:
        self._last_words: list[str] = []
        self._runs: list[tuple[NDArray[np.int64], NDArray[np.uint32]]] = []
        self._least = 2
        for run in runs:
            self._last_words.append(max(words[-1] for words, _ in run if words))
            self._runs.append(_more_than(self._least - 1, *_summed(run)))
            while len(self) > _MOST_WORDS:
                self._runs = [_more_than(self._least, *kept) for kept in self._runs]
                self._least += 1
        self.of = lru_cache(_REMEMBERED)(self._look_up)

    def __len__(self) -> int:
        """Return the number of words that are kept."""
        return sum(hashes.size for hashes, _ in self._runs)

    def _look_up(self, word: str) -> int:
        number = bisect_left(self._last_words, word)
        if number == len(self._runs):
            return 1
        hashes, counts = self._runs[number]
        hashed = hash(word)
        at = int(hashes.searchsorted(hashed))
        found = at < hashes.size and hashes[at] == hashed
        return int(counts[at]) if found else 1


def _summed(run: Sequence[Counted]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Put equal words together; return their hashes, ascending, and counts."""
    hashes = np.concatenate([np.fromiter(map(hash, w), np.int64, len(w)) for w, _ in run])
    counts = np.concatenate([counts for _, counts in run])
    order = np.argsort(hashes)
    hashes, counts = hashes[order], counts[order]
    is_first = np.ones(hashes.size, np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=is_first[1:])
    first = np.flatnonzero(is_first)
    return hashes[first], np.add.reduceat(counts, first, dtype=np.uint32)


def _more_than(
    limit: int, hashes: NDArray[np.int64], counts: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the words of more than ``limit`` documents."""
    kept = counts > limit
    return hashes[kept], counts[kept]
