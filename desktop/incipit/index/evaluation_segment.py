"""One segment during one search: its columns, and what was read from them so far.

Owns the reading of postings and positions, with a cache as long as the search, and the
question which documents hold given positions. Knows neither queries nor scores.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from incipit.errors import Cancelled
from incipit.models import CancelToken, TokenColumns

#: From how many postings lists on the arrays are not kept for a second reading.
_MAX_KEPT = 256

#: Reading the positions of one more term costs about as much as scanning so many tokens.
_TOKENS_A_TERM = 3_000

#: Tokens scanned at once, which bounds the memory of a scan to some 50 MB.
_SCAN_TOKENS = 4_000_000

NOTHING: NDArray[np.int64] = np.empty(0, np.int64)


class SegmentView:
    """Reads one segment for one search; for one thread.

    ``cancel`` is asked by :meth:`check`, between steps.
    """

    def __init__(self, columns: TokenColumns, cancel: CancelToken | None = None) -> None:
        self.columns = columns
        self._cancel = cancel
        self._postings: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    def check(self) -> None:
        """Raise where the search was cancelled.

        Raises:
            Cancelled: the cancel token is set.
        """
        if self._cancel is not None and self._cancel.is_set():
            raise Cancelled

    @cached_property
    def doc_starts(self) -> NDArray[np.int64]:
        """The first position of each document and the end, int64 (doc_count + 1,)."""
        return self.columns.doc_starts

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The length of each document in tokens, int64 (doc_count,)."""
        return np.diff(self.doc_starts)

    @cached_property
    def _document_frequencies(self) -> NDArray[np.int64]:
        return self.columns.doc_frequencies()

    def document_frequency(self, word: str) -> int:
        """Return in how many documents of the segment ``word`` stands."""
        term = self.columns.find_term(word)
        return len(self.postings(term)[0]) if term >= 0 else 0

    def document_frequencies(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many documents of the segment each term stands."""
        if len(terms) <= 8:
            counts = (len(self.postings(term)[0]) for term in terms.tolist())
            return np.fromiter(counts, np.int64, len(terms))
        return self._document_frequencies[terms]

    def frequency(self, terms: NDArray[np.int64]) -> int:
        """Return how many tokens the terms have together."""
        if len(terms) <= 64:
            return sum(map(self.columns.frequency, terms.tolist()))
        return int(self.columns.frequencies()[terms].sum())

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of a term, ascending, and how often it stands in each."""
        known = self._postings.get(term)
        if known is None:
            known = self.columns.postings(term)
            if len(self._postings) < _MAX_KEPT:
                self._postings[term] = known
        return known

    def positions(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return every position of any of the terms, ascending."""
        if not len(terms):
            return NOTHING
        if len(terms) == 1:
            return self.columns.positions(int(terms[0]))
        if len(terms) * _TOKENS_A_TERM > self.columns.token_count:
            return self._scan(terms)
        found = []
        for term in terms.tolist():
            self.check()
            found.append(self.columns.positions(term))
        return np.sort(np.concatenate(found))

    def _scan(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        wanted = self.table(terms)
        found = []
        for start in range(0, self.columns.token_count, _SCAN_TOKENS):
            self.check()
            end = min(start + _SCAN_TOKENS, self.columns.token_count)
            found.append(np.flatnonzero(wanted[self.columns.terms_between(start, end)]) + start)
        return np.concatenate(found) if found else NOTHING

    def table(self, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return a table over all terms that is True for the given ones."""
        table = np.zeros(self.columns.term_count, bool)
        table[terms] = True
        return table

    def documents_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the document of each position."""
        return np.searchsorted(self.doc_starts, positions, side="right") - 1
