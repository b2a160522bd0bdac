"""The words of a segment as arrays of characters, for matching all of them at once.

Owns the character columns and the edit distance over them. A lexicon is made when a wildcard,
a fuzzy word or a regular expression first needs it, and kept as long as its segment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from incipit.models import TokenColumns

_CODE_POINTS = 0x110000
_WORD_BITS = 64
_MAX_REMEMBERED = 64
_MAX_TERMS_REMEMBERED = 50_000


class Lexicon:
    """The words of terms 0 to n-1 as letters, one word after the other.

    ``alphabet`` holds the code points in use, uint32 ascending; ``letters`` the place in it of
    each character, unsigned; ``starts`` and ``lengths`` of each word are int64 of shape (n,).
    """

    def __init__(self, words: list[str]) -> None:
        self.lengths = np.fromiter(map(len, words), np.int64, len(words))
        self.starts = np.cumsum(self.lengths) - self.lengths
        data = "".join(words).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(data, np.dtype("<u4"))
        used = np.zeros(_CODE_POINTS, bool)
        used[codes] = True
        self.alphabet = np.flatnonzero(used).astype(np.uint32)
        places = np.zeros(_CODE_POINTS, np.min_scalar_type(len(self.alphabet)))
        places[self.alphabet] = np.arange(len(self.alphabet))
        self.letters = places[codes]
        self._remembered: dict[Hashable, NDArray[np.int64]] = {}

    def remembered(
        self, leaf: Hashable, expand: Callable[[], NDArray[np.int64]]
    ) -> NDArray[np.int64]:
        """Return what ``expand`` returned for an equal leaf, calling it at the first time.

        Typing on, paging and opening a document all ask for the same leaf again.
        """
        known = self._remembered.get(leaf)
        if known is None:
            known = expand()
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            if len(known) <= _MAX_TERMS_REMEMBERED:
                self._remembered[leaf] = known
        return known

    def within(self, word: str, edits: int, first: int, end: int) -> NDArray[np.int64]:
        """Return the terms from ``first`` up to ``end`` at most ``edits`` edits from ``word``.

        An edit inserts, deletes or replaces a character (Levenshtein 1966).
        """
        lengths = self.lengths[first:end]
        near = np.flatnonzero(np.abs(lengths - len(word)) <= edits) + first
        if not len(near):
            return near
        found = [
            group[self._distances(word, group, int(length)) <= edits]
            for length in np.unique(self.lengths[near])
            if len(group := near[self.lengths[near] == length])
        ]
        return np.sort(np.concatenate(found))

    def _distances(self, word: str, terms: NDArray[np.int64], length: int) -> NDArray[np.int64]:
        """Return the edit distance of each term, all of one length, to ``word``."""
        if not word:
            return np.full(len(terms), length, np.int64)
        starts = self.starts[terms]
        columns = (self.letters[starts + place] for place in range(length))
        if len(word) > _WORD_BITS:
            return self._distances_by_rows(word, columns, len(terms))
        return self._distances_by_bits(word, columns, len(terms))

    def _distances_by_bits(
        self, word: str, columns: Iterable[NDArray[np.unsignedinteger]], count: int
    ) -> NDArray[np.int64]:
        """Bit-parallel distances (Myers 1999, in Hyyrö's 2003 form), one word a uint64."""
        equal = self._masks(word)
        one = np.uint64(1)
        top = np.uint64(len(word) - 1)
        plus = np.full(count, ~np.uint64(0))
        minus = np.zeros(count, np.uint64)
        distance = np.full(count, len(word), np.int64)
        for column in columns:
            eq = equal[column]
            vertical = eq | minus
            horizontal = (((eq & plus) + plus) ^ plus) | eq
            up = minus | ~(horizontal | plus)
            down = plus & horizontal
            distance += ((up >> top) & one).astype(np.int64)
            distance -= ((down >> top) & one).astype(np.int64)
            up = (up << one) | one
            down <<= one
            plus = down | ~(vertical | up)
            minus = up & vertical
        return distance

    def _masks(self, word: str) -> NDArray[np.uint64]:
        """Return at which places of ``word`` each letter of the alphabet stands, as bits."""
        masks = np.zeros(len(self.alphabet), np.uint64)
        for place, char in enumerate(word):
            letter = int(np.searchsorted(self.alphabet, ord(char)))
            if letter < len(self.alphabet) and self.alphabet[letter] == ord(char):
                masks[letter] |= np.uint64(1 << place)
        return masks

    def _distances_by_rows(
        self, word: str, columns: Iterable[NDArray[np.unsignedinteger]], count: int
    ) -> NDArray[np.int64]:
        """Distances by dynamic programming, for words longer than a machine word."""
        codes = [ord(char) for char in word]
        row = np.repeat(np.arange(len(word) + 1)[:, None], count, axis=1)
        for place, column in enumerate(columns, 1):
            letters = self.alphabet[column]
            fresh = np.empty_like(row)
            fresh[0] = place
            for i, code in enumerate(codes, 1):
                step = np.minimum(row[i], fresh[i - 1]) + 1
                fresh[i] = np.minimum(step, row[i - 1] + (letters != code))
            row = fresh
        distances: NDArray[np.int64] = row[-1]
        return distances


_KEPT: WeakKeyDictionary[TokenColumns, Lexicon] = WeakKeyDictionary()
_LOCK = threading.Lock()


def lexicon_of(columns: TokenColumns) -> Lexicon:
    """Return the lexicon of a segment, made at the first call; any thread may ask."""
    with _LOCK:
        kept = _KEPT.get(columns)
    if kept is None:
        kept = Lexicon(columns.words(0, columns.term_count))
        with _LOCK:
            _KEPT[columns] = kept
    return kept
