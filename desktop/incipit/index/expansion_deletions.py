"""Words within one edit of another, looked up by what is left of them without a character.

Two words are at most one edit apart only where they, or what is left of them when one
character is taken out, have a form in common (Mor and Fraenkel 1982). The forms of all words
of a lexicon are kept as sorted hashes, so that a word is compared with a handful of others and
not with all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: Forms that a table may hold: 8 bytes each.
MAX_FORMS = 8_000_000

#: The base of the hash of a form, and its inverse modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)

_ALL_BITS = (1 << 64) - 1

#: Spreads what the last bits of a hash know over the first ones, which are kept.
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)

_REMEMBERED_WORDS = 64


class Deletions:
    """The forms of words, as hashes with the number of the word; made of their code points.

    ``codes`` are the code points of all words in a row, ``starts`` and ``lengths`` those of
    each word, int64 of one length.
    """

    def __init__(
        self, codes: NDArray[np.uint32], starts: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> None:
        places = np.arange(len(codes)) - np.repeat(starts, lengths)
        whole, without = _forms(codes, places, starts, lengths)
        words = np.arange(len(starts), dtype=np.uint64)
        owners = np.concatenate([words, np.repeat(words, lengths)])
        self._forms = _hashed(np.concatenate([whole, without])) | owners
        self._forms.sort()

    def near(self, word: str, word_at: Callable[[int], str]) -> NDArray[np.int64]:
        """Return the numbers of the words at most one edit from ``word``, ascending.

        ``word_at`` gives a word by its number.
        """
        first, after = _bounds_of(word)
        lows, highs = self._forms.searchsorted(first), self._forms.searchsorted(after)
        found = {
            int(form) & 0xFFFFFFFF
            for low, high in zip(lows.tolist(), highs.tolist(), strict=True)
            for form in self._forms[low:high].tolist()
        }
        return np.array(sorted(n for n in found if _is_near(word, word_at(n))), np.int64)


def _forms(
    codes: NDArray[np.uint32],
    places: NDArray[np.int64],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the hash of each word, and of what is left of it without each of its characters.

    The hash is the sum of ``(code + 1) * base**place`` modulo 2**64; taking a character out
    moves those behind it one place to the front, which divides their sum by the base.
    """
    powers = np.full(int(lengths.max(initial=0)) + 1, _BASE, np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    summands = (codes.astype(np.uint64) + np.uint64(1)) * powers[places]
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(summands, out=sums[1:])
    before = sums[starts]
    whole = sums[starts + lengths] - before
    left = sums[:-1] - np.repeat(before, lengths)
    right = np.repeat(whole, lengths) - left - summands
    right *= np.uint64(_INVERSE)
    right += left
    return whole, right


def _hashed(forms: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return hashes in the upper half of 64 bits."""
    mixed = (forms ^ (forms >> _HALF)) * _MIX
    return (mixed >> _HALF) << _HALF


@lru_cache(_REMEMBERED_WORDS)
def _bounds_of(word: str) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return between which numbers the forms of a word are kept."""
    first = _hashed(np.array(sorted(_forms_of(word)), np.uint64))
    return first, first + np.uint64(0xFFFFFFFF)


def _forms_of(word: str) -> set[int]:
    """Return what :func:`_forms` does for one word: of so little, arrays take ten times as long."""
    power, summands = 1, []
    for char in word:
        summands.append((ord(char) + 1) * power)
        power = power * _BASE & _ALL_BITS
    left, right = 0, sum(summands)
    forms = {right & _ALL_BITS}
    for summand in summands:
        right -= summand
        forms.add(left + right * _INVERSE & _ALL_BITS)
        left += summand
    return forms


def _is_near(one: str, other: str) -> bool:
    """Return whether two words are at most one edit apart."""
    if len(one) < len(other):
        one, other = other, one
    if len(one) - len(other) > 1:
        return False
    for place, char in enumerate(other):
        if one[place] != char:
            same = len(one) == len(other)
            return one[place + 1 :] == other[place + 1 if same else place :]
    return True
