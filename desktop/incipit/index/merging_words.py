"""The vocabularies of several segments made one, a run of the alphabet at a time.

The merged words and counts go to a scratch file: in memory stays only what is bounded by rows
and tokens, however many words there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count

import numpy as np
from numpy.typing import NDArray

from incipit.index.column_file import narrow
from incipit.index.layout import counts_of, is_dense, is_heavy, lexicon_columns
from incipit.index.lexicon_runs import lexicon_runs
from incipit.index.merging_source import MergeSource
from incipit.index.pair_layout import frequent_words, most_frequent
from incipit.index.scratch import ScratchColumn, ScratchFile

_TERMS_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True)
class TermRun:
    """A run of the merged vocabulary, and of the terms of each source that went into it."""

    first: int
    end: int
    ranges: tuple[tuple[int, int], ...]


class MergedWords:
    """The words that stay, sorted, and what is known of each; filled by :func:`merge_words`."""

    def __init__(self, sources: Sequence[MergeSource], row_count: int, file: ScratchFile) -> None:
        most = sum(source.columns.term_count for source in sources)
        self.words = file.column(np.uint8, sum(s.columns.words_bytes for s in sources))
        self.word_offsets = _from_zero(file, most)
        self.row_offsets = _from_zero(file, most)
        self.token_offsets = _from_zero(file, most)
        self.runs: list[TermRun] = []
        self.term_count = self.token_count = self.posting_count = 0
        #: The terms whose rows are a bitmap and those whose frequencies are kept, ascending,
        #: each with the number of its rows.
        self.dense = _Chosen()
        self.heavy = _Chosen()
        #: The terms that can be part of frequent pairs, ascending, and their tokens.
        self.frequent = _Chosen()
        #: How often a heavy term stands in one row at most, if not less.
        self.largest_count = 0
        self._row_count = row_count

    def token_counts(self) -> Iterator[NDArray[np.int64]]:
        """Yield how often each term occurs, some terms at a time."""
        for first in range(0, self.term_count, _TERMS_AT_ONCE):
            end = min(first + _TERMS_AT_ONCE, self.term_count)
            yield counts_of(self.token_offsets.read(first, end + 1))

    def add(
        self, words: list[str], token_counts: NDArray[np.int64], row_counts: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Append the words of a run with their counts; return which of them are heavy."""
        columns = lexicon_columns(words)
        self.word_offsets.append(columns["word_offsets"][1:] + self.words.size)
        self.words.append(columns["words"])
        self.token_offsets.append(np.cumsum(token_counts) + self.token_count)
        self.row_offsets.append(np.cumsum(row_counts) + self.posting_count)
        dtype = narrow(max(self._row_count - 1, 0))
        dense = np.flatnonzero(is_dense(row_counts, self._row_count, dtype))
        heavy = np.flatnonzero(is_heavy(token_counts, row_counts))
        self.dense.add(dense + self.term_count, row_counts[dense])
        self.heavy.add(heavy + self.term_count, row_counts[heavy])
        frequent = frequent_words(token_counts, row_counts, self._row_count)
        self.frequent.add(frequent + self.term_count, token_counts[frequent])
        self.frequent.keep(most_frequent(self.frequent.counts, np.arange(self.frequent.size)))
        self.term_count += len(words)
        self.token_count += int(token_counts.sum())
        self.posting_count += int(row_counts.sum())
        return heavy


class _Chosen:
    """Some of the terms, ascending, with a number for each."""

    def __init__(self) -> None:
        self._terms: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        self._counts: list[NDArray[np.int64]] = [np.empty(0, np.int64)]

    @property
    def terms(self) -> NDArray[np.int64]:
        self._terms = [np.concatenate(self._terms)]
        return self._terms[0]

    @property
    def counts(self) -> NDArray[np.int64]:
        self._counts = [np.concatenate(self._counts)]
        return self._counts[0]

    @property
    def size(self) -> int:
        return sum(part.size for part in self._terms)

    def add(self, terms: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        self._terms.append(terms)
        self._counts.append(counts)

    def keep(self, places: NDArray[np.int64]) -> None:
        self._terms, self._counts = [self.terms[places]], [self.counts[places]]


def merge_words(
    sources: Sequence[MergeSource],
    row_count: int,
    file: ScratchFile,
    piece: int,
    check: Callable[[], None],
) -> MergedWords:
    """Merge the words that stay, and set the new terms of each source.

    ``row_count`` is the number of rows that stay, ``piece`` the number of tokens to handle at
    once; ``check`` is called between pieces.
    """
    merged = MergedWords(sources, row_count, file)
    starts = [0] * len(sources)
    for lists in lexicon_runs([source.columns for source in sources]):
        check()
        ends = [start + len(words) for start, words in zip(starts, lists, strict=True)]
        ranges = tuple(zip(starts, ends, strict=True))
        _merge_run(sources, lists, ranges, merged, piece, check)
        starts = ends
    return merged


def _merge_run(
    sources: Sequence[MergeSource],
    lists: list[list[str]],
    ranges: tuple[tuple[int, int], ...],
    merged: MergedWords,
    piece: int,
    check: Callable[[], None],
) -> None:
    parts = []
    for source, own, (start, end) in zip(sources, lists, ranges, strict=True):
        token_counts, row_counts = source.live_counts(start, end, piece, check)
        stays = token_counts > 0
        kept = own if stays.all() else list(compress(own, stays.tolist()))
        parts.append((kept, stays, token_counts[stays], row_counts[stays]))
    # The lists are sorted, and sorting notices that.
    union = list(dict.fromkeys(sorted(chain.from_iterable(kept for kept, _, _, _ in parts))))
    numbers = dict(zip(union, count(), strict=False))
    token_counts, row_counts = np.zeros((2, len(union)), np.int64)
    placed = []
    for source, (kept, stays, tokens, rows) in zip(sources, parts, strict=True):
        new = np.fromiter(map(numbers.__getitem__, kept), np.int64, len(kept))
        token_counts[new] += tokens
        row_counts[new] += rows
        # What does not stay gets the number of what is next, or of the next run's first.
        following = np.append(new, len(union))[np.cumsum(stays) - stays]
        source.new_terms.append(following + merged.term_count)
        placed.append(new)
    first = merged.term_count
    heavy = merged.add(union, token_counts, row_counts)
    merged.runs.append(TermRun(first, merged.term_count, ranges))
    for source, new, (_, stays, _, _), (start, _) in zip(
        sources, placed, parts, ranges, strict=True
    ):
        terms = start + np.flatnonzero(stays)[np.isin(new, heavy)]
        counts = map(source.columns.rows.largest_count, terms.tolist())
        merged.largest_count = max(merged.largest_count, *counts, 0)


def _from_zero(file: ScratchFile, most: int) -> ScratchColumn:
    column = file.column(np.uint32, most + 1)
    column.append(np.zeros(1, np.uint32))
    return column
