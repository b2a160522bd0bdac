"""The alphabetical order of all words of an index, over its several segments.

Each segment numbers its own words in alphabetical order. To sort lines of several segments by
their words, a segment's numbers are translated to the ranks of the words among those of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from incipit.errors import Cancelled
from incipit.models import CancelToken, TokenColumns

#: Words of the largest segment that are merged at a time. Sorting holds Python's lock: so many
#: take about a millisecond, and other threads have their turn between.
_BLOCK_TERMS = 2_000


class Alphabet:
    """Ranks of the words of some segments, equal for equal words; immutable, for any thread.

    Building it visits every word of every segment, a second for a million words; keep it for
    as long as the segments are the same. One segment needs nothing built.

    Raises: Cancelled, while it is built.
    """

    def __init__(
        self, segments: Sequence[TokenColumns], *, cancel: CancelToken | None = None
    ) -> None:
        self.segments = tuple(segments)
        self._tables: list[NDArray[np.int32]] | None = None
        if len(segments) == 1:
            self.size = segments[0].term_count
        else:
            self._tables, self.size = _merged(segments, cancel)

    def ranks(self, segment: int, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rank, from 0, of each of the terms of a segment given by its number."""
        if self._tables is None:
            return terms
        return self._tables[segment][terms].astype(np.int64)


def _merged(
    segments: Sequence[TokenColumns], cancel: CancelToken | None
) -> tuple[list[NDArray[np.int32]], int]:
    tables = [np.empty(columns.term_count, np.int32) for columns in segments]
    size = 0
    for limits in pairwise(_blocks(segments)):
        if cancel is not None and cancel.is_set():
            raise Cancelled
        ranges = list(zip(*limits, strict=True))
        lists = [
            columns.words(first, end)
            for columns, (first, end) in zip(segments, ranges, strict=True)
        ]
        # By code point, which is the order of the UTF-8 bytes too.
        words = sorted(set().union(*lists))
        ranks = dict(zip(words, range(size, size + len(words)), strict=True))
        for table, (first, end), own in zip(tables, ranges, lists, strict=True):
            table[first:end] = np.fromiter(map(ranks.__getitem__, own), np.int32, len(own))
        size += len(words)
    return tables, size


def _blocks(segments: Sequence[TokenColumns]) -> list[list[int]]:
    """Return, for every border between two blocks, the first term of each segment behind it."""
    largest = max(segments, key=lambda columns: columns.term_count, default=None)
    if largest is None:
        return []
    borders = [[0] * len(segments)]
    for term in range(_BLOCK_TERMS, largest.term_count, _BLOCK_TERMS):
        word = largest.word(term)
        borders.append([columns.words_from(word)[0] for columns in segments])
    borders.append([columns.term_count for columns in segments])
    return borders
