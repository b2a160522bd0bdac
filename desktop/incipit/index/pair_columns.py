"""Frequent pairs of neighbouring words, read; see `pair_layout` for the columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.layout import bitmap_bytes


class FrequentPairs:
    """In which rows pairs of terms stand, and how often.

    ``column`` returns one of the field's columns by its name; ``row_count`` is the number of
    rows of the segment.
    """

    def __init__(self, column: Callable[[str], NDArray[Any]], row_count: int) -> None:
        self._firsts = column("pair_firsts")
        self._seconds = column("pair_seconds")
        self._offsets = column("pair_offsets")
        self._rows = column("pair_rows")
        self._counts = column("pair_counts")
        self._row_count = row_count

    def fits(self) -> bool:
        """Return whether the lengths of the columns agree."""
        count = self._firsts.size
        return (
            self._seconds.size == count
            and self._offsets.size == count + 1
            and self._rows.size == count * bitmap_bytes(self._row_count)
            and self._counts.size == int(self._offsets[-1])
        )

    def postings(
        self, first: int, second: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """Return the rows where ``second`` follows ``first``, ascending, and how often in each.

        None where that is not kept.
        """
        place = self._places.get((first, second))
        if place is None:
            return None
        size = bitmap_bytes(self._row_count)
        bits = np.unpackbits(self._rows[place * size : (place + 1) * size], bitorder="little")
        start, end = self._offsets[place : place + 2].tolist()
        return bits.view(np.bool_).nonzero()[0], self._counts[start:end].astype(np.int64)

    @cached_property
    def _places(self) -> dict[tuple[int, int], int]:
        pairs = zip(self._firsts.tolist(), self._seconds.tolist(), strict=True)
        return {pair: place for place, pair in enumerate(pairs)}
