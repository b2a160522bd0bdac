"""The words of one segment: sorted, found by halving, read one by one or many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.layout import UTF8_ERRORS


class SegmentWords:
    """The terms of a field of a segment, numbered in the order of their UTF-8 bytes.

    ``text`` holds each term followed by a line feed, ``offsets`` the start of each and the end.
    """

    def __init__(self, text: NDArray[np.uint8], offsets: NDArray[Any]) -> None:
        self._text = text.data
        self._offsets = offsets
        self.count = int(offsets.size) - 1

    def fits(self) -> bool:
        """Return whether the offsets end where the text does."""
        return self.count >= 0 and int(self._offsets[-1]) == len(self._text)

    def find(self, word: str) -> int:
        """Return the term of ``word``, or -1."""
        wanted = _encoded(word)
        term = self.before(wanted)
        return term if term < self.count and self.bytes_of(term) == wanted else -1

    def word(self, term: int) -> str:
        """Return the text of a term."""
        return self.bytes_of(term).decode("utf-8", UTF8_ERRORS)

    def words(self, start: int, end: int) -> list[str]:
        """Return the texts of the terms from ``start`` up to ``end``."""
        if end <= start:
            return []
        first, last = int(self._offsets[start]), int(self._offsets[end])
        return str(self._text[first : last - 1], "utf-8", UTF8_ERRORS).split("\n")

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin with ``prefix``."""
        wanted = _encoded(prefix)
        start = self.before(wanted)
        low, high = start, self.count
        while low < high:
            middle = (low + high) // 2
            if self.bytes_of(middle).startswith(wanted):
                low = middle + 1
            else:
                high = middle
        return start, low

    def before(self, wanted: bytes) -> int:
        """Return the number of terms that sort before ``wanted``."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self.bytes_of(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def bytes_of(self, term: int) -> bytes:
        """Return a term in UTF-8."""
        return bytes(self._text[int(self._offsets[term]) : int(self._offsets[term + 1]) - 1])


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", UTF8_ERRORS)
