"""The postings of a range of terms from several segments, put together in one order.

Rows of later sources come after those of earlier ones, so the postings of a term are those of
its sources one after the other: nothing has to be sorted but terms, in runs that are sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.layout import Columns, pack_bitmaps
from incipit.index.merging_plan import FieldPlan, MergeSource


@dataclass(slots=True)
class _Postings:
    """Parallel arrays over postings, and the places of their tokens one after the other."""

    terms: NDArray[np.int64]
    rows: NDArray[np.int64]
    counts: NDArray[np.int64]
    places: NDArray[Any]


class PostingsMerger:
    """Merges ranges of terms, to be asked for in ascending order without gaps."""

    def __init__(self, plan: FieldPlan) -> None:
        self._plan = plan
        self._bits = np.empty(0, np.bool_)
        self._staying = [
            (source, terms, source.new_terms[terms])
            for source in plan.sources
            for terms in [np.flatnonzero(source.new_terms < plan.term_count)]
        ]

    def merge(self, first: int, end: int) -> Columns:
        """Return what the new terms from ``first`` up to ``end`` add to the columns."""
        plan = self._plan
        parts = []
        for source, terms, new_terms in self._staying:
            start, stop = np.searchsorted(new_terms, (first, end))
            if start < stop:
                parts.append(_read(source, int(terms[start]), int(terms[stop - 1]) + 1))
        merged = _join(parts, several_terms=end - first > 1)
        dense, heavy = plan.dense[merged.terms], plan.heavy[merged.terms]
        numbers = np.cumsum(plan.dense[first:end]) - 1
        return {
            "places": merged.places.astype(plan.places_dtype),
            "firsts": self._pack(merged),
            "rows": merged.rows[~dense].astype(plan.rows_dtype),
            "dense_rows": pack_bitmaps(
                numbers[merged.terms[dense] - first],
                merged.rows[dense],
                int(plan.dense[first:end].sum()),
                plan.row_count,
            ),
            "heavy_counts": merged.counts[heavy].astype(plan.heavy_dtype),
        }

    def rest(self) -> Columns:
        """Return the last bits, fewer than a byte."""
        return {"firsts": np.packbits(self._bits, bitorder="little")}

    def _pack(self, merged: _Postings) -> NDArray[np.uint8]:
        """Pack the bits that fill bytes and keep the others for the next range."""
        kept = self._bits.size
        bits = np.zeros(kept + merged.places.size, np.bool_)
        bits[:kept] = self._bits
        bits[kept + np.cumsum(merged.counts) - merged.counts] = True
        whole = bits.size - bits.size % 8
        self._bits = bits[whole:].copy()
        return np.packbits(bits[:whole], bitorder="little")


def _read(source: MergeSource, first: int, end: int) -> _Postings:
    """Read what stays of a range of the source's terms, in its new numbers."""
    columns = source.columns
    terms, rows = columns.rows.postings_between(first, end)
    counts, places = columns.rows.places_between(first, end)
    if source.live_rows is not None:
        stays = source.live_rows[rows]
        places = places[np.repeat(stays, counts)]
        terms, rows, counts = terms[stays], rows[stays], counts[stays]
    return _Postings(
        source.new_terms[terms].astype(np.int64), source.new_rows[rows], counts, places
    )


def _join(parts: list[_Postings], *, several_terms: bool) -> _Postings:
    """Put the postings of all sources into the order of terms, then rows."""
    terms = np.concatenate([part.terms for part in parts])
    rows = np.concatenate([part.rows for part in parts])
    counts = np.concatenate([part.counts for part in parts])
    places = np.concatenate([part.places for part in parts])
    if len(parts) == 1 or not several_terms:
        return _Postings(terms, rows, counts, places)
    order = np.argsort(terms, kind="stable")
    old_starts = (np.cumsum(counts) - counts)[order]
    counts = counts[order]
    new_starts = np.cumsum(counts) - counts
    index = np.repeat(old_starts - new_starts, counts)
    index += np.arange(index.size)
    return _Postings(terms[order], rows[order], counts, places[index])
