"""Frequent pairs of neighbouring words, laid out: phrases of two common words in no time.

A partial phrase index (Williams, Zobel and Bahle 2004): of the pairs that stand in a large
share of the rows it keeps in which, and how often in each. Where neither word is rare, finding
their phrase from the positions takes longer than everything else of a search; for these pairs
nothing is left to be found.

==================  ==========================================================================
``pair_firsts``     the first term of each pair, ascending
``pair_seconds``    the second term, ascending among pairs with the same first one
``pair_rows``       bitmaps of the rows where the first of the two stands, as ``dense_rows``
``pair_offsets``    start of each pair's counts in ``pair_counts``, and the end
``pair_counts``     how often the pair begins in each of these rows
==================  ==========================================================================

Pairs are counted over the whole of a document, across the borders of its rows, and never from
one document into the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.index.column_file import narrow

#: Segments with fewer rows are fast without.
MIN_ROWS = 256

#: A pair is kept that stands in one of so many rows.
SHARE = 8

#: The most frequent words that can be part of a pair, so that a pair has a key of 16 bits.
MAX_WORDS = 255

#: The most frequent pairs: with the size of a segment they bound the memory of counting.
MAX_PAIRS = 256

_KEYS = 1 << 16
_ROWS_AT_ONCE = 1 << 12

#: Yields, piece by piece and as often as it is called, the number of each token of a segment:
#: uint8, from 1 on the place of its word among the frequent ones, 0 for other words.
Pieces = Callable[[], Iterable[NDArray[np.uint8]]]


def frequent_words(
    token_counts: NDArray[np.int64], row_counts: NDArray[np.int64], segment_rows: int
) -> NDArray[np.int64]:
    """Return the terms, ascending, that can be part of a pair, by the tokens and rows of each."""
    return most_frequent(token_counts, np.flatnonzero(row_counts >= _least(segment_rows)))


def most_frequent(counts: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the chosen numbers with the largest counts, as many as can be words of pairs."""
    return _frequent(counts, chosen, MAX_WORDS)


def number_table(words: NDArray[np.int64], term_count: int) -> NDArray[np.uint8]:
    """Return the number of every term: its place in ``words`` from 1 on, or 0."""
    numbers = np.zeros(term_count, np.uint8)
    numbers[words] = np.arange(1, words.size + 1)
    return numbers


def pair_columns(
    words: NDArray[np.int64],
    pieces: Pieces,
    row_lengths: NDArray[np.int64],
    doc_rows: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:
    """Return the pairs of a segment as stored.

    ``words`` are its :func:`frequent_words`, ``pieces`` the numbers of all tokens;
    ``doc_rows`` is the first row of each document, and the end.
    """
    least = _least(row_lengths.size)
    if row_lengths.size < MIN_ROWS or not words.size:
        return _stored(words[:0], words[:0], [])
    neighbours = _Neighbours(pieces, row_lengths, doc_rows)
    totals = neighbours.totals()
    keys = _frequent(totals, np.flatnonzero(totals >= least), MAX_PAIRS)
    by_pair = zip(keys.tolist(), neighbours.counts(keys), strict=True)
    kept = [(key, counts) for key, counts in by_pair if np.count_nonzero(counts) >= least]
    keys = np.array([key for key, _ in kept], np.int64)
    firsts, seconds = keys >> 8, keys & 255
    return _stored(words[firsts - 1], words[seconds - 1], [counts for _, counts in kept])


def _least(segment_rows: int) -> int:
    return -(-segment_rows // SHARE)


def _frequent(counts: NDArray[np.int64], chosen: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the ``most`` chosen numbers with the largest counts, ascending."""
    order = np.argsort(-counts[chosen], kind="stable")
    return np.sort(chosen[order[:most]])


def _stored(
    firsts: NDArray[np.int64], seconds: NDArray[np.int64], counts: list[NDArray[np.uint16]]
) -> dict[str, NDArray[Any]]:
    """Return the columns of pairs with the counts of each in all rows."""
    offsets = np.zeros(firsts.size + 1, np.uint32)
    np.cumsum([np.count_nonzero(own) for own in counts], out=offsets[1:])
    # One pair after the other: all counts together may be as large as the rest of a merge.
    largest = max((int(own.max()) for own in counts), default=0)
    positive = np.empty(int(offsets[-1]), narrow(largest))
    for number, own in enumerate(counts):
        positive[offsets[number] : offsets[number + 1]] = own[own > 0]
    bits = [np.packbits(own > 0, bitorder="little") for own in counts]
    return {
        "pair_firsts": firsts.astype(np.uint32),
        "pair_seconds": seconds.astype(np.uint32),
        "pair_rows": np.concatenate([np.empty(0, np.uint8), *bits]),
        "pair_offsets": offsets,
        "pair_counts": positive,
    }


class _Neighbours:
    """Goes through the token stream and counts which numbered words stand side by side.

    A pair has the key ``first << 8 | second``.
    """

    def __init__(
        self, pieces: Pieces, row_lengths: NDArray[np.int64], doc_rows: NDArray[np.int64]
    ) -> None:
        self._pieces = pieces
        self._row_starts = np.zeros(row_lengths.size + 1, np.int64)
        np.cumsum(row_lengths, out=self._row_starts[1:])
        self._doc_starts = self._row_starts[doc_rows]

    def totals(self) -> NDArray[np.int64]:
        """Return how often each pair stands in the segment, by its key."""
        totals = np.zeros((256, 256), np.int64)
        for _, keys in self._keys():
            totals += np.bincount(keys, minlength=_KEYS).reshape(256, 256)
        totals[0] = totals[:, 0] = 0
        return totals.ravel()

    def counts(self, wanted: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Return how often each wanted pair begins in each row, (pairs, rows)."""
        counts = np.zeros((wanted.size, self._row_starts.size - 1), np.uint16)
        places = np.full(_KEYS, wanted.size, np.uint16)
        places[wanted] = np.arange(wanted.size)
        for position, keys in self._keys():
            found = places[keys]
            at = np.flatnonzero(found < wanted.size)
            if not at.size:
                continue
            rows = self._row_starts.searchsorted(at + (position - 1), side="right") - 1
            _add(counts, found[at], rows)
        return counts

    def _keys(self) -> Iterator[tuple[int, NDArray[np.uint16]]]:
        """Yield keys of the tokens with the ones before them, and the position of the first."""
        position, before = 0, 0
        for right in self._pieces():
            if not right.size:
                continue
            left = np.empty_like(right)
            left[0], left[1:] = before, right[:-1]
            first, end = self._doc_starts.searchsorted((position, position + right.size))
            left[self._doc_starts[first:end] - position] = 0
            keys = left.astype(np.uint16)
            keys <<= 8
            keys |= right
            yield position, keys
            position, before = position + right.size, int(right[-1])


def _add(counts: NDArray[np.uint16], pairs: NDArray[np.uint16], rows: NDArray[np.int64]) -> None:
    """Count (pair, row) pairs into ``counts``, (pairs, rows); ``rows`` ascends."""
    for first in range(int(rows[0]), int(rows[-1]) + 1, _ROWS_AT_ONCE):
        start, stop = rows.searchsorted((first, first + _ROWS_AT_ONCE))
        width = min(_ROWS_AT_ONCE, counts.shape[1] - first)
        index = pairs[start:stop].astype(np.int64) * width + (rows[start:stop] - first)
        some = np.bincount(index, minlength=counts.shape[0] * width).astype(np.uint16)
        counts[:, first : first + width] += some.reshape(-1, width)
