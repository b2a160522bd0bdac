"""One segment during one search: its columns, and which of its terms a query stands for.

Owns the reading of postings and positions of one word or of very many, in steps that fit in
memory and can be cancelled, and the expansions of a query's leaves. Documents and positions
are those of the segment; knows nothing of scores.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.errors import Cancelled
from incipit.index.collection import NOTHING
from incipit.index.expansion import terms_of
from incipit.index.expansion_automaton import Budget, PatternTooBroad
from incipit.models import CancelToken, TokenColumns

#: Postings read at once, which bounds the memory of a step to some 100 MB.
_MAX_POSTINGS = 1_000_000

#: Up to so many terms are read one by one.
_FEW_TERMS = 16

#: Ranges with up to so many terms for one that is wanted are read whole.
_GAPS = 32

#: Reading one more term by itself costs about as much as reading so many postings in a row,
#: or as scanning so many tokens.
_POSTINGS_A_TERM = 800
_TOKENS_A_TERM = 3_000

#: Tokens scanned at once, which bounds the memory of a scan to some 50 MB.
_SCAN_TOKENS = 4_000_000

#: Parallel arrays, one entry for each posting: its term, document and frequency. Of one term
#: alone, whose documents are ascending, it is given once: an array of length 1.
Postings = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


class SegmentView:
    """Reads one segment for one search; for one thread.

    ``cancel`` is asked by :meth:`check`, between steps. Leaves that are ``left_out`` stand for
    nothing. ``budget`` is the time that patterns may take, shared by the views of a search.
    """

    def __init__(
        self,
        columns: TokenColumns,
        cancel: CancelToken | None = None,
        *,
        left_out: Container[wq.Query] = (),
        budget: Budget | None = None,
    ) -> None:
        self.columns = columns
        self._cancel = cancel
        self._left_out = left_out
        self._budget = budget or Budget()
        self._numbers: dict[str, int] = {}
        self._terms: dict[wq.Query, NDArray[np.int64]] = {}

    def check(self) -> None:
        """Raise where the search was cancelled.

        Raises:
            Cancelled: the cancel token is set.
        """
        if self._cancel is not None and self._cancel.is_set():
            raise Cancelled

    # Terms ------------------------------------------------------------------------------

    def term(self, word: str) -> int:
        """Return the term of a word, or -1."""
        known = self._numbers.get(word)
        if known is None:
            known = self._numbers[word] = self.columns.find_term(word)
        return known

    def terms(self, leaf: wq.Query) -> NDArray[np.int64]:
        """Return the terms, ascending, of a word, a pattern or a choice (Or) of them.

        Raises:
            PatternTooBroad: a pattern would take too long; its leaf stands in the error.
        """
        known = self._terms.get(leaf)
        if known is None:
            if type(leaf) is wq.Or:
                parts = [self.terms(part) for part in leaf.subqueries]
                known = np.unique(np.concatenate(parts))
            else:
                known = self._expanded(leaf)
            self._terms[leaf] = known
        return known

    def _expanded(self, leaf: wq.Query) -> NDArray[np.int64]:
        if leaf in self._left_out:
            return NOTHING
        try:
            return terms_of(leaf, self.columns, check=self.check, budget=self._budget)
        except PatternTooBroad as problem:
            problem.leaf = leaf
            raise

    def words(self, terms: NDArray[np.int64]) -> list[str]:
        """Return the words of ascending terms."""
        if not len(terms):
            return []
        first, end = int(terms[0]), int(terms[-1]) + 1
        if end - first > _GAPS * len(terms):
            return [self.columns.word(term) for term in terms.tolist()]
        words = self.columns.words(first, end)
        return words if len(words) == len(terms) else [words[i] for i in (terms - first).tolist()]

    def table(self, terms: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return a table over all terms that is True for the given ones."""
        table = np.zeros(self.columns.term_count, bool)
        table[terms] = True
        return table

    @cached_property
    def _document_frequencies(self) -> NDArray[np.int64]:
        return self.columns.doc_frequencies()

    def document_frequency(self, word: str) -> int:
        """Return in how many documents of the segment ``word`` stands."""
        term = self.term(word)
        return self.columns.doc_frequency(term) if term >= 0 else 0

    def document_frequencies(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many documents of the segment each of ascending terms stands."""
        if not len(terms):
            return NOTHING
        first, end = int(terms[0]), int(terms[-1]) + 1
        if end - first <= _GAPS * len(terms):
            counts = self.columns.doc_frequencies(first, end)
            return counts if len(terms) == end - first else counts[terms - first]
        if len(terms) <= _FEW_TERMS:
            return np.array([self.columns.doc_frequency(t) for t in terms.tolist()], np.int64)
        return self._document_frequencies[terms]

    def frequency(self, terms: NDArray[np.int64]) -> int:
        """Return how many tokens the terms have together."""
        if len(terms) <= _FEW_TERMS:
            return sum(map(self.columns.frequency, terms.tolist()))
        return int(self.columns.frequencies()[terms].sum())

    # Postings ---------------------------------------------------------------------------

    def postings_of(self, terms: NDArray[np.int64]) -> Iterator[Postings]:
        """Yield the postings of ascending terms in pieces that fit in memory."""
        first, end = (int(terms[0]), int(terms[-1]) + 1) if len(terms) else (0, 0)
        if len(terms) > 1 and end - first <= _GAPS * len(terms):
            counts = self.columns.doc_frequencies(first, end)
            if int(counts.sum()) <= _POSTINGS_A_TERM * len(terms):
                yield from self._postings_between(first, end, counts, terms)
                return
        for term in terms.tolist():
            self.check()
            docs, frequencies = self.columns.postings(term)
            yield np.array([term]), docs, frequencies

    def _postings_between(
        self, first: int, end: int, counts: NDArray[np.int64], wanted: NDArray[np.int64]
    ) -> Iterator[Postings]:
        """Yield the postings of ``wanted`` among the terms of a range with these counts."""
        table = None if len(wanted) == end - first else self.table(wanted)
        totals = np.cumsum(counts)
        begin = first
        while begin < end:
            self.check()
            before = int(totals[begin - first - 1]) if begin > first else 0
            stop = first + int(np.searchsorted(totals, before + _MAX_POSTINGS, side="right"))
            stop = max(stop, begin + 1)
            terms, docs, frequencies = self.columns.postings_between(begin, stop)
            if table is not None:
                kept = table[terms]
                terms, docs, frequencies = terms[kept], docs[kept], frequencies[kept]
            yield terms, docs, frequencies
            begin = stop

    # Positions --------------------------------------------------------------------------

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

    def stand_at(
        self, positions: NDArray[np.int64], terms: NDArray[np.int64], shift: int = 0
    ) -> NDArray[np.bool_]:
        """Return ``shift`` tokens after which of the positions one of the terms stands.

        All places that are looked at are in range; ``shift`` is not negative.
        """
        if len(terms) == 1:
            return self.columns.match_at(positions, int(terms[0]), shift)
        return self.table(terms)[self.columns.terms_at(positions + shift if shift else positions)]
