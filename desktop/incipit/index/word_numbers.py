"""Numbers for the words of a batch of texts, for most tokens without a step in Python.

Owns the vocabulary of a batch. The words of folded ASCII text are compared as two integers of
eight bytes against a table of words met before, all tokens at once; only what is not in the
table goes through a dict, which alone decides. Words come into the table in the order in which
they are met, so the common ones are in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from incipit.text.tokens import MAX_TERM_CP

#: Bytes of text whose tokens are numbered at once.
CHUNK_BYTES = 1 << 17

#: Words that the table holds; a power of two.
_SLOT_BITS = 18

_BYTES_A_KEY = 8
_LONGEST = 2 * _BYTES_A_KEY
_SPACE = ord(" ")

#: Odd numbers with their bits well mixed, for hashing by multiplication (Knuth 1973).
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)
_SHIFT = np.uint64(64 - _SLOT_BITS)

#: What is left of eight bytes in a number for a word that has so many of them.
_MASKS = np.array([(1 << 64) - (1 << 8 * (8 - n)) for n in range(9)], np.uint64)


class WordNumbers:
    """Numbers words in the order in which they are met; for one thread."""

    def __init__(self) -> None:
        # A new word gets the next number, without a step in Python. (The length of the dict
        # would be the same, but a circle of references, which keeps it until a collection.)
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        slots = 1 << _SLOT_BITS
        # A word of up to 16 bytes is the pair of its keys; no word has 0 as its first.
        self._first = np.zeros(slots, np.uint64)
        self._second = np.zeros(slots, np.uint64)
        self._number = np.zeros(slots, np.uint32)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        """Return the words in the order of their numbers."""
        return iter(self._numbers)

    def of_words(self, words: Sequence[str]) -> list[int]:
        """Return the number of each word."""
        return list(map(self._numbers.__getitem__, words))

    def of_text(self, folded: bytes) -> Iterator[NDArray[np.uint32]]:
        """Yield the numbers of the tokens of a text, in order, some at a time.

        ``folded`` is ASCII that `text.tokens.folded_ascii` made; spaces part the tokens.
        """
        start = 0
        while start < len(folded):
            end = start + CHUNK_BYTES
            if end < len(folded):
                end = folded.find(b" ", end)
            end = len(folded) if end < 0 else min(end, len(folded))
            yield self._of_chunk(folded[start:end])
            start = end

    def _of_chunk(self, folded: bytes) -> NDArray[np.uint32]:
        # Spaces around, so that every token has one before it, and eight bytes can be read
        # wherever one begins.
        data = b" " + folded + b" " * (_LONGEST + 1)
        starts, lengths = _tokens(data)
        first, second = _keys(data, starts, lengths)
        slots = _slots(first, second)
        numbers: NDArray[np.uint32] = self._number.take(slots)
        strange = self._first.take(slots) != first
        strange |= self._second.take(slots) != second
        strange |= lengths > _LONGEST
        others = np.flatnonzero(strange)
        if others.size:
            numbers[others] = self._looked_up(data, starts[others], lengths[others])
            short = others[lengths[others] <= _LONGEST]
            self._remember(slots[short], first[short], second[short], numbers[short])
        return numbers

    def _looked_up(
        self, data: bytes, starts: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> list[int]:
        ends = starts + np.minimum(lengths, MAX_TERM_CP)
        text = data.decode("ascii")
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        return self.of_words([text[start:end] for start, end in spans])

    def _remember(
        self,
        slots: NDArray[np.int64],
        first: NDArray[np.uint64],
        second: NDArray[np.uint64],
        numbers: NDArray[np.uint32],
    ) -> None:
        """Put words into slots that are free; of several for one slot, the one met first."""
        free = np.flatnonzero(self._first[slots] == 0)
        chosen, places = np.unique(slots[free], return_index=True)
        met = free[places]
        self._first[chosen] = first[met]
        self._second[chosen] = second[met]
        self._number[chosen] = numbers[met]


def count_tokens(folded: bytes) -> int:
    """Return the number of tokens of a folded text."""
    inside = np.frombuffer(folded, np.uint8) != _SPACE
    begins = np.count_nonzero(inside[1:] > inside[:-1])
    return int(begins) + int(inside[:1].sum())


def _tokens(data: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return start and length of what stands between spaces; there is one at either end."""
    spaces = np.flatnonzero(np.frombuffer(data, np.uint8) == _SPACE)
    lengths = np.diff(spaces) - 1
    starts = spaces[:-1] + 1
    tokens = lengths > 0
    return (starts, lengths) if tokens.all() else (starts[tokens], lengths[tokens])


def _slots(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the place of each token in the table."""
    hashed = second * _MIX_SECOND
    hashed ^= first
    # A short word is in the upper bytes alone, which a product hardly moves.
    hashed ^= hashed >> _HALF
    hashed *= _MIX
    hashed >>= _SHIFT
    return hashed.view(np.int64)


def _keys(
    data: bytes, starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the first and the second eight bytes of each token as numbers, 0 behind its end."""
    count = len(data) - _BYTES_A_KEY + 1
    at_every_byte: NDArray[np.uint64] = np.ndarray((count,), np.dtype(">u8"), data, strides=(1,))
    first = at_every_byte[starts].astype(np.uint64)
    first &= _MASKS[np.minimum(lengths, _BYTES_A_KEY)]
    second = np.zeros_like(first)
    longer = np.flatnonzero(lengths > _BYTES_A_KEY)
    rest = np.minimum(lengths[longer] - _BYTES_A_KEY, _BYTES_A_KEY)
    second[longer] = at_every_byte[starts[longer] + _BYTES_A_KEY].astype(np.uint64) & _MASKS[rest]
    return first, second
