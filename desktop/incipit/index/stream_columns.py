"""The token stream of one segment: which term stands at each position."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.layout import RARE


class TokenStream:
    """Codes of tokens, and their terms; see `layout` for the columns.

    ``column`` returns one of the field's columns by its name.
    """

    def __init__(self, column: Callable[[str], NDArray[Any]]) -> None:
        self._codes = column("stream")
        self._coded = column("coded")
        self._rare_positions = column("rare_positions")
        self._rare_terms = column("rare_terms")
        self.token_count = int(self._codes.size)
        # Finding one number in a view of the memory does not widen all the others.
        self._coded_terms = self._coded.data
        self._rare_places = self._rare_positions.data
        # The term of each code, with a place for RARE.
        self._terms = np.append(self._coded.astype(np.int64), -1)

    def terms_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the term that stands at each of the given positions."""
        codes = self._codes[positions]
        if self._coded.size == 0:
            return _wide(codes)
        terms: NDArray[np.int64] = self._terms[codes]
        rare = np.flatnonzero(codes == RARE)
        if rare.size:
            # Of the same dtype, or all rare positions would be widened for a few.
            wanted = positions[rare].astype(self._rare_positions.dtype)
            places = self._rare_positions.searchsorted(wanted)
            terms[rare] = self._rare_terms[places]
        return terms

    def terms_between(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the terms of the positions from ``start`` up to ``end``."""
        codes = self._codes[start:end]
        if self._coded.size == 0:
            return _wide(codes)
        terms: NDArray[np.int64] = self._terms[codes]
        first, last = self._rare_between(start, end)
        rare = self._rare_positions[first:last].astype(np.int64) - start
        terms[rare] = self._rare_terms[first:last]
        return terms

    def count_between(self, term: int, start: int, end: int) -> int:
        """Return how often ``term`` stands from position ``start`` up to ``end``."""
        code = self.code(term)
        if code is not None:
            return int(np.count_nonzero(self._codes[start:end] == code))
        first, last = self._rare_between(start, end)
        return int(np.count_nonzero(self._rare_terms[first:last] == term))

    def _rare_between(self, start: int, end: int) -> tuple[int, int]:
        """Return which of the rare positions are from ``start`` up to ``end``."""
        first = bisect_left(self._rare_places, start)
        return first, bisect_left(self._rare_places, end, first)

    def code(self, term: int) -> int | None:
        """Return the code of a term, or None where it has none of its own."""
        if self._coded.size == 0:
            return term
        code = bisect_left(self._coded_terms, term)
        return code if code < self._coded.size and self._coded_terms[code] == term else None

    def match_at(self, positions: NDArray[np.int64], code: int, shift: int) -> NDArray[np.bool_]:
        """Return ``shift`` tokens after which of the positions ``code`` stands."""
        # A Python int keeps the comparison in the dtype of the stream.
        matches: NDArray[np.bool_] = self._codes[shift:].take(positions) == code
        return matches


def _wide(codes: NDArray[Any]) -> NDArray[np.int64]:
    return codes.astype(np.int64)
