"""One segment of a merge: what stays of it, and where that goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.columns import SegmentColumns
from incipit.index.pieces import pieces_by_weight
from incipit.index.scratch import ScratchColumn


class MergeSource:
    """A segment with deletions, and the new numbers of its rows and terms.

    ``new_terms``, uint32 (term_count,), is filled when the vocabularies are merged. It never
    descends: a term that does not stay has the number of one behind it.
    """

    def __init__(self, columns: SegmentColumns, row_base: int, new_terms: ScratchColumn) -> None:
        self.columns = columns
        self.new_terms = new_terms
        self._row_base = row_base

    @cached_property
    def live_rows(self) -> NDArray[np.bool_] | None:
        """Return which rows stay, or None where all do."""
        live = self.columns.live
        return None if live is None else np.repeat(live, self.columns.rows_of_docs)

    @cached_property
    def new_rows(self) -> NDArray[np.uint16]:
        """Return the new number of each row; of no meaning where it does not stay."""
        if self.live_rows is None:
            rows = np.arange(self.columns.row_count) + self._row_base
        else:
            rows = np.cumsum(self.live_rows) - 1 + self._row_base
        return rows.astype(np.uint16)

    @cached_property
    def row_lengths(self) -> NDArray[np.int64]:
        """Return the tokens of each row, all of them."""
        starts = self.columns.row_starts
        return starts[1:] - starts[:-1]

    @property
    def live_row_lengths(self) -> NDArray[np.int64]:
        """Return the tokens of each row that stays."""
        return self.row_lengths if self.live_rows is None else self.row_lengths[self.live_rows]

    def terms_with(self, new: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the terms that have one of the ascending new numbers, and its place in them."""
        numbers = self.new_terms.read()
        # What does not stay has the same number, but stands before.
        found = numbers.searchsorted(new.astype(np.uint32), "right") - 1
        places = np.flatnonzero(found >= 0)
        places = places[numbers[found[places]] == new[places]]
        return found[places], places

    def live_pieces(self, tokens: int) -> Iterator[NDArray[np.int64]]:
        """Yield the terms of the token stream that stay, some ``tokens`` at a time."""
        starts = self.columns.row_starts
        first = 0
        while first < self.columns.row_count:
            end = int(np.searchsorted(starts, starts[first] + tokens, "right")) - 1
            end = min(max(end, first + 1), self.columns.row_count)
            terms = self.columns.terms_between(int(starts[first]), int(starts[end]))
            if self.live_rows is not None:
                terms = terms[np.repeat(self.live_rows[first:end], self.row_lengths[first:end])]
            yield terms
            first = end

    def live_counts(
        self, start: int, end: int, tokens: int, check: Callable[[], None]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many tokens and rows stay of each term from ``start`` up to ``end``."""
        postings = self.columns.rows
        all_tokens = postings.token_counts(start, end)
        if self.live_rows is None:
            return all_tokens, postings.frequencies(start, end)
        token_counts, row_counts = np.zeros_like(all_tokens), np.zeros_like(all_tokens)
        for first, stop in pieces_by_weight(all_tokens, tokens):
            check()
            if stop - first == 1:
                stays = self.live_rows[postings.rows_of(start + first)]
                row_counts[first] = np.count_nonzero(stays)
                token_counts[first] = postings.counts_of(start + first)[stays].sum()
                continue
            terms, rows = postings.postings_between(start + first, start + stop)
            counts, _ = postings.places_between(start + first, start + stop)
            stays = self.live_rows[rows]
            index = terms[stays] - (start + first)
            row_counts[first:stop] = np.bincount(index, minlength=stop - first)
            token_counts[first:stop] = np.bincount(index, counts[stays], stop - first)
        return token_counts, row_counts
