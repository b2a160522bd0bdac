"""The words of one segment: sorted, found by landmarks, read one by one or many at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.layout import UTF8_ERRORS

#: Every how many words one is kept at hand: a search ends by a scan of so many.
_BLOCK = 64

#: Sorts after every character in UTF-8, in which it does not occur.
_AFTER_ALL = b"\xff"


class SegmentWords:
    """The terms of a field of a segment, numbered in the order of their UTF-8 bytes.

    ``text`` holds each term followed by a line feed, ``offsets`` the start of each and the end.
    """

    def __init__(self, text: NDArray[np.uint8], offsets: NDArray[Any]) -> None:
        self._text = text.data
        # A view of the memory gives one number as an int four times as fast as an array.
        self._offsets = offsets.data
        self.count = offsets.size - 1

    @property
    def size_bytes(self) -> int:
        """Return the size of all words."""
        return len(self._text)

    def fits(self) -> bool:
        """Return whether the offsets end where the text does."""
        return self.count >= 0 and self._offsets[-1] == len(self._text)

    def find(self, word: str) -> int:
        """Return the term of ``word``, or -1."""
        wanted = _encoded(word)
        block = bisect_right(self._landmarks, wanted) - 1
        if block < 0:
            return -1
        text = b"\n" + self._block(block)
        place = text.find(b"\n" + wanted + b"\n")
        found = place >= 0 and b"\n" not in wanted
        return block * _BLOCK + text.count(b"\n", 0, place) if found else -1

    def word(self, term: int) -> str:
        """Return the text of a term."""
        return self.bytes_of(term).decode("utf-8", UTF8_ERRORS)

    def words(self, start: int, end: int) -> list[str]:
        """Return the texts of the terms from ``start`` up to ``end``."""
        if end <= start:
            return []
        first, last = self._offsets[start], self._offsets[end]
        return str(self._text[first : last - 1], "utf-8", UTF8_ERRORS).split("\n")

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin with ``prefix``."""
        wanted = _encoded(prefix)
        return self.before(wanted), self.before(wanted + _AFTER_ALL)

    def before(self, wanted: bytes) -> int:
        """Return the number of terms that sort before ``wanted``."""
        block = max(bisect_left(self._landmarks, wanted) - 1, 0)
        return block * _BLOCK + bisect_left(self._block(block).split(b"\n")[:-1], wanted)

    def bytes_of(self, term: int) -> bytes:
        """Return a term in UTF-8."""
        return bytes(self._text[self._offsets[term] : self._offsets[term + 1] - 1])

    @cached_property
    def _landmarks(self) -> list[bytes]:
        """The first word of each block."""
        return [self.bytes_of(term) for term in range(0, self.count, _BLOCK)]

    def _block(self, number: int) -> bytes:
        """Return the words of a block, each followed by a line feed."""
        first, end = number * _BLOCK, min((number + 1) * _BLOCK, self.count)
        return bytes(self._text[self._offsets[first] : self._offsets[end]])


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", UTF8_ERRORS)
