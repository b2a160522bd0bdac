"""What a merged field will look like, known before anything of it is written.

Owns the merged vocabulary and all counts; from these follow the length of every column, so
that the columns of the new file can grow side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from incipit.index.column_file import ColumnSpec, narrow
from incipit.index.columns import SegmentColumns
from incipit.index.layout import (
    Columns,
    bitmap_bytes,
    choose_coded,
    is_dense,
    is_heavy,
    lexicon_columns,
    offsets_of,
    row_columns,
    stream_dtype,
)
from incipit.index.pair_layout import pair_columns
from incipit.index.pieces import pieces_by_weight

_WORDS_AT_ONCE = 1 << 14
_NO_TERM = (1 << 32) - 1


class MergeSource:
    """One segment of a merge: what stays of it, and where that goes."""

    def __init__(self, columns: SegmentColumns, row_base: int) -> None:
        self.columns = columns
        self.row_base = row_base
        #: uint32 (term_count,): the new number of each term that stays; set by the plan.
        self.new_terms: NDArray[np.uint32] = np.full(columns.term_count, _NO_TERM, np.uint32)

    @cached_property
    def live_rows(self) -> NDArray[np.bool_] | None:
        """Return which rows stay, or None where all do."""
        live = self.columns.live
        return None if live is None else np.repeat(live, self.columns.rows_of_docs)

    @cached_property
    def new_rows(self) -> NDArray[np.int64]:
        """Return the new number of each row; of no meaning where it does not stay."""
        if self.live_rows is None:
            return np.arange(self.columns.row_count) + self.row_base
        return np.cumsum(self.live_rows) - 1 + self.row_base

    @property
    def live_row_count(self) -> int:
        """Return how many rows stay."""
        if self.live_rows is None:
            return self.columns.row_count
        return int(np.count_nonzero(self.live_rows))

    @cached_property
    def row_lengths(self) -> NDArray[np.int64]:
        """Return the tokens of each row, all of them."""
        starts = self.columns.row_starts
        return starts[1:] - starts[:-1]

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
        self, tokens: int, check: Callable[[], None]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many tokens and how many rows of each term stay."""
        columns = self.columns
        if self.live_rows is None:
            return columns.frequencies(), columns.rows.frequencies()
        token_counts = np.zeros(columns.term_count, np.int64)
        for terms in self.live_pieces(tokens):
            check()
            token_counts += np.bincount(terms, minlength=columns.term_count)
        row_counts = np.zeros(columns.term_count, np.int64)
        for first, end in pieces_by_weight(columns.rows.frequencies(), tokens):
            check()
            terms, rows = columns.rows.postings_between(first, end)
            staying = terms[self.live_rows[rows]] - first
            row_counts[first:end] = np.bincount(staying, minlength=end - first)
        return token_counts, row_counts


@dataclass(slots=True)
class FieldPlan:
    """A merged field: its sources, its vocabulary and its counts by term."""

    name: str
    sources: list[MergeSource]
    lexicon: Columns
    token_counts: NDArray[np.int64]
    row_counts: NDArray[np.int64]
    row_lengths: NDArray[np.int64]
    doc_rows: NDArray[np.int64]
    coded: NDArray[np.uint32]
    dense: NDArray[np.bool_]
    heavy: NDArray[np.bool_]
    heavy_dtype: np.dtype[np.unsignedinteger]
    pairs: Columns

    @property
    def term_count(self) -> int:
        """Return the number of distinct terms."""
        return int(self.token_counts.size)

    @property
    def token_count(self) -> int:
        """Return the number of tokens."""
        return int(self.token_counts.sum())

    @property
    def row_count(self) -> int:
        """Return the number of rows."""
        return int(self.row_lengths.size)

    @property
    def rows_dtype(self) -> np.dtype[np.unsignedinteger]:
        """Return the dtype of ``rows``."""
        return narrow(max(self.row_count - 1, 0))

    @property
    def places_dtype(self) -> np.dtype[np.unsignedinteger]:
        """Return the dtype of ``places``."""
        return narrow(max(int(self.row_lengths.max(initial=0)) - 1, 0))

    def small_columns(self) -> Columns:
        """Return the columns that do not depend on the order of tokens."""
        return {
            **row_columns(self.row_lengths, self.doc_rows),
            **self.lexicon,
            "coded": self.coded,
            "row_offsets": offsets_of(self.row_counts),
            "token_offsets": offsets_of(self.token_counts),
            "dense_terms": np.flatnonzero(self.dense).astype(np.uint32),
            "heavy_terms": np.flatnonzero(self.heavy).astype(np.uint32),
            "heavy_offsets": offsets_of(self.row_counts[self.heavy]),
            **self.pairs,
        }

    def specs(self) -> list[ColumnSpec]:
        """Return every column with its length."""
        rare = 0
        if self.coded.size:
            rare = self.token_count - int(self.token_counts[self.coded].sum())
        sizes = {
            "stream": (stream_dtype(self.coded, self.term_count), self.token_count),
            "rare_positions": (np.dtype(np.uint32), rare),
            "rare_terms": (np.dtype(np.uint32), rare),
            "places": (self.places_dtype, self.token_count),
            "firsts": (np.dtype(np.uint8), -(-self.token_count // 8)),
            "rows": (self.rows_dtype, int(self.row_counts[~self.dense].sum())),
            "dense_rows": (
                np.dtype(np.uint8),
                int(self.dense.sum()) * bitmap_bytes(self.row_count),
            ),
            "heavy_counts": (self.heavy_dtype, int(self.row_counts[self.heavy].sum())),
        }
        small = {name: (v.dtype, v.size) for name, v in self.small_columns().items()}
        return [
            ColumnSpec(f"{self.name}/{name}", dtype, count)
            for name, (dtype, count) in (small | sizes).items()
        ]

    def term_pieces(self, tokens: int) -> Iterator[tuple[int, int]]:
        """Yield ranges of terms with some ``tokens`` tokens each, or one term with more."""
        return pieces_by_weight(self.token_counts, tokens)


def plan_field(
    name: str,
    segments: Sequence[SegmentColumns],
    piece: int,
    check: Callable[[], None],
    *,
    one_document: bool = False,
) -> FieldPlan:
    """Merge the vocabularies of ``segments`` and count what stays.

    ``piece`` is the number of tokens to handle at once; ``check`` is called between pieces.
    With ``one_document`` all rows become those of one document.
    """
    sources: list[MergeSource] = []
    row_base = 0
    for columns in segments:
        sources.append(MergeSource(columns, row_base))
        row_base += sources[-1].live_row_count
    counts = [source.live_counts(piece, check) for source in sources]
    words = _merge_words(sources, [tokens > 0 for tokens, _ in counts], check)
    token_counts = np.zeros(len(words), np.int64)
    row_counts = np.zeros(len(words), np.int64)
    for source, (tokens, rows) in zip(sources, counts, strict=True):
        staying = np.flatnonzero(tokens)
        token_counts[source.new_terms[staying]] += tokens[staying]
        row_counts[source.new_terms[staying]] += rows[staying]
    row_lengths, doc_rows = _merged_rows(sources)
    if one_document:
        doc_rows = doc_rows[[0, -1]]
    heavy = is_heavy(token_counts, row_counts)
    pairs = pair_columns(
        lambda: _merged_stream(sources, piece, check),
        token_counts,
        row_counts,
        row_lengths,
        doc_rows,
    )
    return FieldPlan(
        name,
        sources,
        lexicon_columns(words),
        token_counts,
        row_counts,
        row_lengths,
        doc_rows,
        choose_coded(token_counts),
        is_dense(row_counts, row_lengths.size, narrow(max(row_lengths.size - 1, 0))),
        heavy,
        narrow(_largest_count(sources, heavy)),
        pairs,
    )


def _merged_stream(
    sources: Sequence[MergeSource], piece: int, check: Callable[[], None]
) -> Iterator[NDArray[np.uint32]]:
    """Yield the token stream of the merged field, some tokens at a time."""
    for source in sources:
        for terms in source.live_pieces(piece):
            check()
            yield source.new_terms[terms]


def _merge_words(
    sources: Sequence[MergeSource], staying: Sequence[NDArray[np.bool_]], check: Callable[[], None]
) -> list[str]:
    """Return the union of the words that stay, sorted, and set ``new_terms`` of each source."""
    largest = max(sources, key=lambda source: source.columns.term_count).columns
    borders = [largest.word(t) for t in range(_WORDS_AT_ONCE, largest.term_count, _WORDS_AT_ONCE)]
    starts = [0] * len(sources)
    words: list[str] = []
    for border in [*borders, None]:
        check()
        ends = [
            s.columns.term_count if border is None else s.columns.terms_before(border)
            for s in sources
        ]
        lists = []
        for source, stays, start, end in zip(sources, staying, starts, ends, strict=True):
            kept = np.flatnonzero(stays[start:end]) + start
            own = source.columns.words(start, end)
            lists.append((source, kept, [own[i] for i in (kept - start).tolist()]))
        union = sorted(set().union(*(own for _, _, own in lists)))
        numbers = dict(zip(union, range(len(words), len(words) + len(union)), strict=True))
        for source, kept, own in lists:
            source.new_terms[kept] = [numbers[word] for word in own]
        words += union
        starts = ends
    return words


def _merged_rows(
    sources: Sequence[MergeSource],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    lengths, pieces = [], []
    for source in sources:
        rows, live, of_docs = source.live_rows, source.columns.live, source.columns.rows_of_docs
        lengths.append(source.row_lengths if rows is None else source.row_lengths[rows])
        pieces.append(of_docs if live is None else of_docs[live])
    doc_rows = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(pieces))])
    return np.concatenate(lengths), doc_rows


def _largest_count(sources: Sequence[MergeSource], heavy: NDArray[np.bool_]) -> int:
    """Return a bound on how often a heavy term stands in one row."""
    largest = 0
    for source in sources:
        terms = np.flatnonzero(source.new_terms != _NO_TERM)
        terms = terms[heavy[source.new_terms[terms]]]
        for term in terms.tolist():
            largest = max(largest, source.columns.rows.largest_count(term))
    return largest
