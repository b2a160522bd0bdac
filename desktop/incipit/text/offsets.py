"""Offsets of one text in other counts: UTF-16 units, as Qt counts, and lines with columns.

Owns the one conversion between code points and UTF-16 units. Knows nothing of Qt.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from incipit.text.characters import code_points

_LAST_OF_ONE_UNIT = 0xFFFF

#: A character in ASCII is never composed with what stands before it.
_ASCII = re.compile(r"[\x00-\x7f]")
#: A part of a long line, composed in a millisecond.
_PART_CP = 1 << 14


class Utf16Offsets:
    """Converts offsets of one text between code points and UTF-16 units.

    Offsets run from 0 up to and including the length. Results are int64 arrays of the shape
    of the input. Text without characters beyond U+FFFF converts for free.
    """

    def __init__(self, text: str) -> None:
        self._length_cp = len(text)
        self._wide_cp = _wide_characters(text)
        self._wide_u16 = self._wide_cp + np.arange(len(self._wide_cp))

    def __len__(self) -> int:
        return self._length_cp

    @property
    def length_u16(self) -> int:
        """Return the length of the text in UTF-16 units."""
        return self._length_cp + len(self._wide_cp)

    @property
    def is_identity(self) -> bool:
        """Return whether both counts agree everywhere."""
        return not len(self._wide_cp)

    def to_utf16(self, offsets_cp: ArrayLike) -> NDArray[np.int64]:
        """Return the UTF-16 offsets of code points."""
        offsets = np.asarray(offsets_cp, dtype=np.int64)
        if self.is_identity:
            return offsets
        return np.asarray(offsets + np.searchsorted(self._wide_cp, offsets), np.int64)

    def to_code_points(self, offsets_u16: ArrayLike) -> NDArray[np.int64]:
        """Return the code points at UTF-16 offsets; inside a pair, the pair's character."""
        offsets = np.asarray(offsets_u16, dtype=np.int64)
        if self.is_identity:
            return offsets
        return np.asarray(offsets - np.searchsorted(self._wide_u16, offsets), np.int64)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as an editor names it: ``line`` and ``column`` from 1, ``column`` in code points."""

    line: int
    column: int


def place_of(text: str, offset_cp: int) -> Place:
    """Return the line and column of a code point.

    ``text`` is a stored text, whose lines are those of its file; see `place_as_written` for
    the columns of a file that is not in NFC. An offset past the end is taken as the end.
    """
    offset = max(0, min(offset_cp, len(text)))
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(text.count("\n", 0, line_start) + 1, offset - line_start + 1)


def place_as_written(text: str, written: str, offset_cp: int) -> Place:
    """Return the line and column, in a file as it was written, of a code point of ``text``.

    ``written`` composed to NFC is ``text``. Where the line does not agree with that, the column
    is that of ``text``. What was composed of several characters is at the first of them.
    """
    place = place_of(text, offset_cp)
    offset = max(0, min(offset_cp, len(text)))
    line = _line(written, place.line)
    if unicodedata.normalize("NFC", line) != _line_at(text, offset):
        return place
    return Place(place.line, _column_as_written(line, place.column - 1) + 1)


def _line(text: str, number: int) -> str:
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
    return _line_at(text, start)


def _line_at(text: str, offset_cp: int) -> str:
    end = text.find("\n", offset_cp)
    return text[text.rfind("\n", 0, offset_cp) + 1 : len(text) if end < 0 else end]


def _column_as_written(line: str, column: int) -> int:
    """Return where in ``line`` what composes to its first ``column`` characters ends."""
    start, left = 0, column
    while start < len(line):
        safe = _ASCII.search(line, start + _PART_CP)
        part = line[start : safe.start() if safe else len(line)]
        composed = len(unicodedata.normalize("NFC", part))
        if left < composed:
            beginnings = range(1, len(part) + 1)
            return start + bisect_right(
                beginnings, left, key=lambda end: len(unicodedata.normalize("NFC", part[:end]))
            )
        start, left = start + len(part), left - composed
    return len(line)


def _wide_characters(text: str) -> NDArray[np.int64]:
    if text.isascii() or text <= "" or max(text) <= chr(_LAST_OF_ONE_UNIT):
        return np.empty(0, np.int64)
    return np.flatnonzero(code_points(text) > _LAST_OF_ONE_UNIT)
