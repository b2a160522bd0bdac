"""The postings of one segment by rows: where each term stands, and how often."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.layout import bitmap_bytes, counts_of


class RowPostings:
    """Rows, frequencies and places of the terms of a field; see `layout` for the columns.

    ``column`` returns one of the field's columns by its name; ``row_count`` is the number of
    rows of the segment.
    """

    def __init__(self, column: Callable[[str], NDArray[Any]], row_count: int) -> None:
        self._column = column
        self._row_count = row_count
        self._row_offsets = column("row_offsets")
        self._token_offsets = column("token_offsets")
        # Views of the memory give one number as an int four times as fast as the arrays.
        self._row_bounds = self._row_offsets.data
        self._token_bounds = self._token_offsets.data
        self._rows = column("rows")
        self._places = column("places")
        self._firsts = column("firsts")

    def fits(self, term_count: int, token_count: int) -> bool:
        """Return whether the lengths of the columns agree with these counts."""
        return (
            self._row_offsets.size == term_count + 1
            and self._token_offsets.size == term_count + 1
            and int(self._token_offsets[-1]) == token_count
            and self._places.size == token_count
            and self._firsts.size == -(-token_count // 8)
        )

    def frequencies(self, start: int = 0, end: int | None = None) -> NDArray[np.int64]:
        """Return the number of rows of each term from ``start`` up to ``end``."""
        return counts_of(self._row_offsets[start : None if end is None else end + 1])

    def token_counts(self, start: int = 0, end: int | None = None) -> NDArray[np.int64]:
        """Return the number of tokens of each term from ``start`` up to ``end``."""
        return counts_of(self._token_offsets[start : None if end is None else end + 1])

    def frequency(self, term: int) -> int:
        """Return the number of rows of one term."""
        count: int = self._row_bounds[term + 1] - self._row_bounds[term]
        return count

    def token_count(self, term: int) -> int:
        """Return the number of tokens of one term."""
        count: int = self._token_bounds[term + 1] - self._token_bounds[term]
        return count

    # One term -----------------------------------------------------------------------------

    def rows_of(self, term: int) -> NDArray[np.int64]:
        """Return the rows of a term, ascending."""
        index = self._dense_places.get(term)
        if index is not None:
            size = bitmap_bytes(self._row_count)
            bits = self._dense_rows[index * size : (index + 1) * size]
            return _unpacked(bits).nonzero()[0]
        start, end = self._row_bounds[term], self._row_bounds[term + 1]
        skipped = self._dense_before[bisect_left(self._dense_list, term)]
        return _wide(self._rows[start - skipped : end - skipped])

    def have_all(self, terms: Sequence[int]) -> NDArray[np.bool_]:
        """Return which rows have all of the terms, (row_count,)."""
        size = bitmap_bytes(self._row_count)
        bits = np.full(size, 0xFF, np.uint8)
        sparse = []
        for term in terms:
            index = self._dense_places.get(term)
            if index is None:
                sparse.append(self.rows_of(term))
            else:
                bits &= self._dense_rows[index * size : (index + 1) * size]
        having = _unpacked(bits)[: self._row_count]
        for rows in sparse:
            own = np.zeros(self._row_count, np.bool_)
            own[rows] = True
            having &= own
        return having

    def counts_of(self, term: int) -> NDArray[np.int64]:
        """Return how often a term stands in each of its rows."""
        start, end = self._token_bounds[term], self._token_bounds[term + 1]
        rows = self.frequency(term)
        if rows == end - start:
            return np.ones(rows, np.int64)
        index = self._heavy_places.get(term)
        if index is not None:
            first, last = self._heavy_offsets[index : index + 2].tolist()
            return _wide(self._heavy_counts[first:last])
        return self._count_firsts(start, end)

    def places_of(self, term: int) -> NDArray[Any]:
        """Return the place inside its row of each token of a term, in the stored dtype."""
        return self._places[self._token_bounds[term] : self._token_bounds[term + 1]]

    def largest_count(self, term: int) -> int:
        """Return how often a term stands in one row at most."""
        return int(self.counts_of(term).max())

    # Ranges of terms ----------------------------------------------------------------------

    def postings_between(self, first: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the (term, row) pairs of the terms from ``first`` up to ``end``, in order."""
        counts = counts_of(self._row_offsets[first : end + 1])
        terms = np.repeat(np.arange(first, end), counts)
        dense, before = self._dense_list, self._dense_before
        low, high = bisect_left(dense, first), bisect_left(dense, end)
        at = self._row_bounds[first] - before[low]
        parts = []
        for index in range(low, high):
            stop = self._row_bounds[dense[index]] - before[index]
            parts += [_wide(self._rows[at:stop]), self.rows_of(dense[index])]
            at = stop
        parts.append(_wide(self._rows[at : self._row_bounds[end] - before[high]]))
        return terms, np.concatenate(parts) if len(parts) > 1 else parts[0]

    def places_between(self, first: int, end: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return the frequencies of those pairs, and the places of all their tokens."""
        start, stop = self._token_bounds[first], self._token_bounds[end]
        return self._count_firsts(start, stop), self._places[start:stop]

    def _count_firsts(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the tokens of each posting, for the tokens by term ``start`` up to ``end``."""
        lead = start & 7
        bits = _unpacked(self._firsts[start >> 3 : (end + 7) >> 3])
        firsts = bits[lead : lead + end - start].nonzero()[0]
        counts = np.empty(firsts.size, np.int64)
        np.subtract(firsts[1:], firsts[:-1], out=counts[:-1])
        counts[-1:] = (end - start) - firsts[-1:]
        return counts

    # Columns that the first search reads ---------------------------------------------------

    @cached_property
    def _dense_list(self) -> list[int]:
        """The terms whose rows are a bitmap, ascending."""
        terms: list[int] = self._column("dense_terms").tolist()
        return terms

    @cached_property
    def _dense_places(self) -> dict[int, int]:
        """The place among them of each term whose rows are a bitmap."""
        return {term: place for place, term in enumerate(self._dense_list)}

    @cached_property
    def _dense_rows(self) -> NDArray[Any]:
        return self._column("dense_rows")

    @cached_property
    def _dense_before(self) -> list[int]:
        """Postings of dense terms before each dense term, and of all of them."""
        return list(accumulate(map(self.frequency, self._dense_list), initial=0))

    @cached_property
    def _heavy_places(self) -> dict[int, int]:
        """The place among them of each term whose frequencies are kept ready."""
        return {term: place for place, term in enumerate(self._column("heavy_terms").tolist())}

    @cached_property
    def _heavy_offsets(self) -> NDArray[Any]:
        return self._column("heavy_offsets")

    @cached_property
    def _heavy_counts(self) -> NDArray[Any]:
        return self._column("heavy_counts")


def _unpacked(bits: NDArray[Any]) -> NDArray[np.bool_]:
    # Finding what is set is several times faster in truth values than in numbers.
    return np.unpackbits(bits, bitorder="little").view(np.bool_)


def _wide(values: NDArray[Any]) -> NDArray[np.int64]:
    return values.astype(np.int64)
