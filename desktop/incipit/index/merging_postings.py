"""The postings of several segments, put together in one order, some terms at a time.

Rows of later sources come after those of earlier ones, so the postings of a term are those of
its sources one after the other: nothing has to be sorted but terms, in runs that are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.layout import Columns, pack_bitmaps
from incipit.index.merging_plan import FieldPlan
from incipit.index.merging_source import MergeSource
from incipit.index.merging_words import TermRun
from incipit.index.pieces import pieces_by_weight

#: So that terms can be sorted as 16-bit numbers.
_TERMS_AT_ONCE = 1 << 16


@dataclass(slots=True)
class _Postings:
    """Parallel arrays over postings, and the places of their tokens one after the other.

    Terms are counted from the first of the range. All are narrow: there are as many postings
    as tokens where every word is rare.
    """

    terms: NDArray[np.uint16]
    rows: NDArray[np.uint16]
    counts: NDArray[np.uint16]
    places: NDArray[Any]


@dataclass(slots=True)
class _SourceRun:
    """The terms of a source in a run of the alphabet: the first, and the new number of each."""

    source: MergeSource
    start: int
    new_terms: NDArray[np.uint32]

    def range(self, first: int, end: int) -> tuple[int, int]:
        """Return the source's terms with the new numbers from ``first`` up to ``end``."""
        low, high = self.new_terms.searchsorted(np.array([first, end], np.uint32))
        return self.start + int(low), self.start + int(high)

    def weights(self, run: TermRun) -> NDArray[np.int64]:
        """Return how many tokens are read for each new term of the run."""
        low, high = self.range(run.first, run.end)
        tokens = self.source.columns.rows.token_counts(low, high)
        index = self.new_terms[low - self.start : high - self.start].astype(np.int64) - run.first
        return np.bincount(index, tokens, run.end - run.first).astype(np.int64)


class PostingsMerger:
    """Merges the postings of a planned field."""

    def __init__(self, plan: FieldPlan) -> None:
        self._plan = plan
        self._dense = plan.words.dense.terms
        self._heavy = plan.words.heavy.terms
        self._bits = np.empty(0, np.bool_)

    def pieces(self, tokens: int, check: Callable[[], None]) -> Iterator[Columns]:
        """Yield what is to be appended to the columns, from some ``tokens`` tokens at a time.

        ``check`` is called before each piece.
        """
        for run in self._plan.words.runs:
            parts = [
                _SourceRun(source, start, source.new_terms.read(start, end))
                for source, (start, end) in zip(self._plan.sources, run.ranges, strict=True)
                if start < end
            ]
            weights = np.zeros(run.end - run.first, np.int64)
            for part in parts:
                weights += part.weights(run)
            for low, high in pieces_by_weight(weights, tokens, _TERMS_AT_ONCE):
                check()
                first, end = run.first + low, run.first + high
                if weights[low] > tokens:
                    yield from self._one_term(parts, first, tokens, check)
                else:
                    yield self._some_terms(parts, first, end)
        yield {"firsts": np.packbits(self._bits, bitorder="little")}

    def _some_terms(self, parts: list[_SourceRun], first: int, end: int) -> Columns:
        """Merge the terms from ``first`` up to ``end``."""
        read = [_read(part, first, low, high) for part, low, high in _within(parts, first, end)]
        merged = _join(read, several_terms=end - first > 1)
        return {
            "places": merged.places.astype(self._plan.places_dtype, copy=False),
            "firsts": self._pack(merged.counts),
            **self._row_columns(first, end, merged.terms, merged.rows, merged.counts),
        }

    def _one_term(
        self, parts: list[_SourceRun], first: int, tokens: int, check: Callable[[], None]
    ) -> Iterator[Columns]:
        """Merge one term with many tokens, whose places are not all taken at once."""
        all_rows, all_counts = [], []
        for part, low, high in _within(parts, first, first + 1):
            postings, live_rows = part.source.columns.rows, part.source.live_rows
            for term in range(low, high):
                rows, counts = postings.rows_of(term), postings.counts_of(term)
                stays = np.ones(rows.size, np.bool_) if live_rows is None else live_rows[rows]
                all_rows.append(part.source.new_rows[rows[stays]])
                all_counts.append(counts[stays].astype(np.uint16))
                places, at = postings.places_of(term), 0
                for start, stop in pieces_by_weight(counts, tokens):
                    check()
                    some, kept = counts[start:stop], stays[start:stop]
                    end = at + int(some.sum())
                    yield {
                        "places": places[at:end][np.repeat(kept, some)].astype(
                            self._plan.places_dtype
                        ),
                        "firsts": self._pack(some[kept]),
                    }
                    at = end
        merged = np.concatenate(all_rows)
        terms = np.zeros_like(merged)
        yield self._row_columns(first, first + 1, terms, merged, np.concatenate(all_counts))

    def _row_columns(
        self,
        first: int,
        end: int,
        terms: NDArray[np.uint16],
        rows: NDArray[np.uint16],
        counts: NDArray[np.uint16],
    ) -> Columns:
        """Return the columns of postings by row, of the terms from ``first`` up to ``end``."""
        plan = self._plan
        is_dense, is_heavy = _mask(self._dense, first, end), _mask(self._heavy, first, end)
        dense, heavy = is_dense[terms], is_heavy[terms]
        numbers = np.cumsum(is_dense) - 1
        return {
            "rows": rows[~dense].astype(plan.rows_dtype),
            "dense_rows": pack_bitmaps(
                numbers[terms[dense]], rows[dense], int(is_dense.sum()), plan.row_count
            ),
            "heavy_counts": counts[heavy].astype(plan.heavy_dtype),
        }

    def _pack(self, counts: NDArray[Any]) -> NDArray[np.uint8]:
        """Pack the bits of some postings that fill bytes and keep the others for the next."""
        kept = self._bits.size
        ends = np.cumsum(counts, dtype=np.int64)
        bits = np.zeros(kept + int(ends[-1]) if ends.size else kept, np.bool_)
        bits[:kept] = self._bits
        bits[kept + ends - counts] = True
        whole = bits.size - bits.size % 8
        self._bits = bits[whole:].copy()
        return np.packbits(bits[:whole], bitorder="little")


def _within(parts: list[_SourceRun], first: int, end: int) -> Iterator[tuple[_SourceRun, int, int]]:
    """Yield each source with its terms that become those from ``first`` up to ``end``."""
    for part in parts:
        low, high = part.range(first, end)
        if low < high:
            yield part, low, high


def _mask(chosen: NDArray[np.int64], first: int, end: int) -> NDArray[np.bool_]:
    """Return which of the numbers from ``first`` up to ``end`` are among the chosen."""
    mask = np.zeros(end - first, np.bool_)
    low, high = chosen.searchsorted((first, end))
    mask[chosen[low:high] - first] = True
    return mask


def _read(part: _SourceRun, first: int, low: int, high: int) -> _Postings:
    """Read what stays of the source's terms from ``low`` up to ``high``, in new numbers."""
    source = part.source
    terms, rows = source.columns.rows.postings_between(low, high)
    counts, places = source.columns.rows.places_between(low, high)
    if source.live_rows is not None:
        stays = source.live_rows[rows]
        places = places[np.repeat(stays, counts)]
        terms, rows, counts = terms[stays], rows[stays], counts[stays]
    new_terms = (part.new_terms[low - part.start : high - part.start] - first).astype(np.uint16)
    return _Postings(
        new_terms[terms - low], source.new_rows[rows], counts.astype(np.uint16), places
    )


def _join(parts: list[_Postings], *, several_terms: bool) -> _Postings:
    """Put the postings of all sources into the order of terms, then rows."""
    if len(parts) == 1:
        return parts[0]
    terms = np.concatenate([part.terms for part in parts])
    rows = np.concatenate([part.rows for part in parts])
    counts = np.concatenate([part.counts for part in parts])
    places = np.concatenate([part.places for part in parts])
    if not several_terms:
        return _Postings(terms, rows, counts, places)
    order = np.argsort(terms, kind="stable")
    if places.size == rows.size:
        return _Postings(terms[order], rows[order], counts[order], places[order])
    ends = np.cumsum(counts, dtype=np.int64)
    old_starts = (ends - counts)[order]
    counts = counts[order]
    new_starts = np.cumsum(counts, dtype=np.int64) - counts
    index = np.repeat(old_starts - new_starts, counts)
    index += np.arange(index.size)
    return _Postings(terms[order], rows[order], counts, places[index])
