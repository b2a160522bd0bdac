"""What a merged field will look like, known before anything of it is written.

Owns all counts; from these follow the length of every column, so that the columns of the new
file can grow side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.column_file import ColumnSpec, narrow
from incipit.index.columns import SegmentColumns
from incipit.index.layout import (
    Columns,
    bitmap_bytes,
    choose_coded,
    offsets_of,
    row_columns,
    stream_dtype,
)
from incipit.index.merging_source import MergeSource
from incipit.index.merging_words import MergedWords, merge_words
from incipit.index.pair_layout import pair_columns
from incipit.index.scratch import ScratchColumn, ScratchFile


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """A merged field: its sources, its vocabulary and what of it is known."""

    name: str
    sources: Sequence[MergeSource]
    words: MergedWords
    row_lengths: NDArray[np.int64]
    doc_rows: NDArray[np.int64]
    coded: NDArray[np.uint32]
    rare_count: int
    pairs: Columns

    @property
    def token_count(self) -> int:
        """Return the number of tokens."""
        return self.words.token_count

    @property
    def row_count(self) -> int:
        """Return the number of rows."""
        return int(self.row_lengths.size)

    @property
    def stream_dtype(self) -> np.dtype[np.unsignedinteger]:
        """Return the dtype of ``stream``."""
        return stream_dtype(self.coded, self.words.term_count)

    @property
    def rows_dtype(self) -> np.dtype[np.unsignedinteger]:
        """Return the dtype of ``rows``."""
        return narrow(max(self.row_count - 1, 0))

    @property
    def places_dtype(self) -> np.dtype[np.unsignedinteger]:
        """Return the dtype of ``places``."""
        return narrow(max(int(self.row_lengths.max(initial=0)) - 1, 0))

    @property
    def heavy_dtype(self) -> np.dtype[np.unsignedinteger]:
        """Return the dtype of ``heavy_counts``."""
        return narrow(self.words.largest_count)

    def small_columns(self) -> Columns:
        """Return the columns that do not grow with tokens or words."""
        return {
            **row_columns(self.row_lengths, self.doc_rows),
            "coded": self.coded,
            "dense_terms": self.words.dense.terms.astype(np.uint32),
            "heavy_terms": self.words.heavy.terms.astype(np.uint32),
            "heavy_offsets": offsets_of(self.words.heavy.counts),
            **self.pairs,
        }

    def word_columns(self) -> dict[str, ScratchColumn]:
        """Return the columns that grow with the words."""
        return {
            "words": self.words.words,
            "word_offsets": self.words.word_offsets,
            "row_offsets": self.words.row_offsets,
            "token_offsets": self.words.token_offsets,
        }

    def specs(self) -> list[ColumnSpec]:
        """Return every column with its length."""
        words = self.words
        dense_bytes = words.dense.size * bitmap_bytes(self.row_count)
        sizes = {
            "stream": (self.stream_dtype, self.token_count),
            "rare_positions": (np.dtype(np.uint32), self.rare_count),
            "rare_terms": (np.dtype(np.uint32), self.rare_count),
            "places": (self.places_dtype, self.token_count),
            "firsts": (np.dtype(np.uint8), -(-self.token_count // 8)),
            "rows": (self.rows_dtype, words.posting_count - int(words.dense.counts.sum())),
            "dense_rows": (np.dtype(np.uint8), dense_bytes),
            "heavy_counts": (self.heavy_dtype, int(words.heavy.counts.sum())),
        }
        columns: dict[str, NDArray[Any] | ScratchColumn] = {
            **self.small_columns(),
            **self.word_columns(),
        }
        known = {name: (column.dtype, column.size) for name, column in columns.items()}
        return [
            ColumnSpec(f"{self.name}/{name}", dtype, count)
            for name, (dtype, count) in (known | sizes).items()
        ]


def plan_field(
    name: str,
    segments: Sequence[SegmentColumns],
    file: ScratchFile,
    piece: int,
    check: Callable[[], None],
    *,
    one_document: bool = False,
) -> FieldPlan:
    """Merge the vocabularies of ``segments`` and count what stays.

    ``file`` takes what is too much for memory, and must stay open as long as the plan is used.
    ``piece`` is the number of tokens to handle at once; ``check`` is called between pieces.
    With ``one_document`` all rows become those of one document.
    """
    sources: list[MergeSource] = []
    row_base = 0
    for columns in segments:
        new_terms = file.column(np.uint32, columns.term_count)
        sources.append(MergeSource(columns, row_base, new_terms))
        row_base += sources[-1].live_row_lengths.size
    words = merge_words(sources, row_base, file, piece, check)
    row_lengths, doc_rows = _merged_rows(sources)
    if one_document:
        doc_rows = doc_rows[[0, -1]]
    coded = choose_coded(words.token_counts)
    frequent = words.frequent.terms
    pairs = pair_columns(
        frequent, lambda: _numbers(sources, frequent, piece, check), row_lengths, doc_rows
    )
    return FieldPlan(
        name,
        sources,
        words,
        row_lengths,
        doc_rows,
        coded,
        _rare_count(words, coded) if coded.size else 0,
        pairs,
    )


def _numbers(
    sources: Sequence[MergeSource],
    frequent: NDArray[np.int64],
    piece: int,
    check: Callable[[], None],
) -> Iterator[NDArray[np.uint8]]:
    """Yield the number of each token among the frequent words, some tokens at a time."""
    for source in sources:
        terms, places = source.terms_with(frequent)
        numbers = np.zeros(source.columns.term_count, np.uint8)
        numbers[terms] = places + 1
        for tokens in source.live_pieces(piece):
            check()
            yield numbers[tokens]


def _merged_rows(
    sources: Sequence[MergeSource],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pieces = []
    for source in sources:
        live, of_docs = source.columns.live, source.columns.rows_of_docs
        pieces.append(of_docs if live is None else of_docs[live])
    doc_rows = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(pieces))])
    return np.concatenate([source.live_row_lengths for source in sources]), doc_rows


def _rare_count(words: MergedWords, coded: NDArray[np.uint32]) -> int:
    """Return how many tokens have no code."""
    first, count = 0, words.token_count
    for part in words.token_counts():
        low, high = coded.searchsorted((first, first + part.size))
        count -= int(part[coded[low:high] - first].sum())
        first += part.size
    return count
