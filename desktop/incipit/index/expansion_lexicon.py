"""The words of a segment as arrays of characters, for matching all of them at once.

Owns the character columns and the edit distance over them. A lexicon is made when a wildcard,
a fuzzy word or a regular expression first needs it, and kept as long as its segment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from incipit.index.expansion_deletions import MAX_FORMS, Deletions
from incipit.models import TokenColumns

_CODE_POINTS = 0x110000

#: From so many words on it pays to look for shared pieces before edits are counted.
_MANY = 500

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
        self.alphabet, self.letters = _numbered(codes)
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
        if edits == 1 and end - first > _MANY and len(self.letters) <= MAX_FORMS:
            close = self._deletions.near(word, self._word)
            return close[(close >= first) & (close < end)]
        lengths = self.lengths[first:end]
        near = np.flatnonzero(np.abs(lengths - len(word)) <= edits) + first
        if len(near) > _MANY and edits <= 2 and len(word) > edits:
            near = self._sharing_a_piece(word, edits, near)
        if not len(near):
            return near
        found = [
            group[self._distances(word, group, int(length)) <= edits]
            for length in np.unique(self.lengths[near])
            if len(group := near[self.lengths[near] == length])
        ]
        return np.sort(np.concatenate(found))

    @cached_property
    def _deletions(self) -> Deletions:
        return Deletions(self.alphabet[self.letters], self.starts, self.lengths)

    def _word(self, term: int) -> str:
        start = self.starts[term]
        codes = self.alphabet[self.letters[start : start + self.lengths[term]]]
        return str(codes.tobytes(), "utf-32-le", "surrogatepass")

    def _sharing_a_piece(
        self, word: str, edits: int, terms: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return those of the terms that may be within one or two edits of ``word``.

        Of ``edits + 1`` pieces of a word, as many edits leave one as it was: the first piece
        begins the other word, or the last ends it, or each of those has an edit and the middle
        one is moved by one place at most.
        """
        bounds = [len(word) * part // (edits + 1) for part in range(edits + 2)]
        pieces = [word[begin:end] for begin, end in pairwise(bounds)]
        starts, lengths = self.starts[terms], self.lengths[terms]
        shared = self._has(pieces[0], starts, np.zeros_like(lengths), lengths)
        shared |= self._has(pieces[-1], starts, lengths - len(pieces[-1]), lengths)
        for place in (bounds[1] - 1, bounds[1], bounds[1] + 1) if edits == 2 else ():
            shared |= self._has(pieces[1], starts, np.full_like(lengths, place), lengths)
        return terms[shared]

    def _has(
        self,
        piece: str,
        starts: NDArray[np.int64],
        places: NDArray[np.int64],
        lengths: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """Return which words have ``piece`` at their ``places``."""
        left = np.flatnonzero((places >= 0) & (places + len(piece) <= lengths))
        for number, char in enumerate(piece):
            letter = int(np.searchsorted(self.alphabet, ord(char)))
            if letter == len(self.alphabet) or self.alphabet[letter] != ord(char):
                left = left[:0]
                break
            left = left[self.letters[starts[left] + places[left] + number] == letter]
        has = np.zeros(len(starts), bool)
        has[left] = True
        return has

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


def _numbered(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.unsignedinteger]]:
    """Return the code points in use, and the place of each code among them, unsigned."""
    if len(codes) < _CODE_POINTS // 8:
        alphabet, places = np.unique(codes, return_inverse=True)
        return alphabet, places.astype(np.min_scalar_type(len(alphabet)))
    used = np.zeros(_CODE_POINTS, bool)
    used[codes] = True
    alphabet = np.flatnonzero(used).astype(np.uint32)
    table = np.zeros(_CODE_POINTS, np.min_scalar_type(len(alphabet)))
    table[alphabet] = np.arange(len(alphabet))
    return alphabet, table[codes]


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
