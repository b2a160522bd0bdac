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

#: Yields the terms of the token stream of a segment piece by piece, as often as it is called.
Pieces = Callable[[], Iterable[NDArray[Any]]]


def pair_columns(
    pieces: Pieces,
    token_counts: NDArray[np.int64],
    row_counts: NDArray[np.int64],
    row_lengths: NDArray[np.int64],
    doc_rows: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:
    """Return the pairs of a segment as stored.

    ``token_counts`` and ``row_counts`` are the tokens and rows of each term; ``doc_rows`` the
    first row of each document, and the end.
    """
    least = -(-row_lengths.size // SHARE)
    words = _frequent(token_counts, np.flatnonzero(row_counts >= least), MAX_WORDS)
    if row_lengths.size < MIN_ROWS or not words.size:
        return _stored(words[:0], words[:0], np.zeros((0, row_lengths.size), np.uint16))
    numbers = np.zeros(token_counts.size, np.uint8)
    numbers[words] = np.arange(1, words.size + 1)
    neighbours = _Neighbours(pieces, numbers, row_lengths, doc_rows)
    totals = neighbours.totals()
    keys = _frequent(totals, np.flatnonzero(totals >= least), MAX_PAIRS)
    counts = neighbours.counts(keys)
    kept = np.count_nonzero(counts, axis=1) >= least
    firsts, seconds = keys[kept] >> 8, keys[kept] & 255
    return _stored(words[firsts - 1], words[seconds - 1], counts[kept])


def _frequent(counts: NDArray[np.int64], chosen: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the ``most`` chosen numbers with the largest counts, ascending."""
    order = np.argsort(-counts[chosen], kind="stable")
    return np.sort(chosen[order[:most]])


def _stored(
    firsts: NDArray[np.int64], seconds: NDArray[np.int64], counts: NDArray[np.uint16]
) -> dict[str, NDArray[Any]]:
    """Return the columns of pairs with their counts in each row, (pairs, rows)."""
    there = counts > 0
    offsets = np.zeros(firsts.size + 1, np.uint32)
    np.cumsum(np.count_nonzero(there, axis=1), out=offsets[1:])
    return {
        "pair_firsts": firsts.astype(np.uint32),
        "pair_seconds": seconds.astype(np.uint32),
        "pair_rows": np.packbits(there, axis=1, bitorder="little").ravel(),
        "pair_offsets": offsets,
        "pair_counts": counts[there].astype(narrow(int(counts.max(initial=0)))),
    }


class _Neighbours:
    """Goes through the token stream and counts which numbered words stand side by side.

    ``numbers`` gives each term its number, 0 to those that do not matter. A pair has the key
    ``first << 8 | second``.
    """

    def __init__(
        self,
        pieces: Pieces,
        numbers: NDArray[np.uint8],
        row_lengths: NDArray[np.int64],
        doc_rows: NDArray[np.int64],
    ) -> None:
        self._pieces = pieces
        self._numbers = numbers
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
            first, end = int(rows[0]), int(rows[-1]) + 1
            index = found[at].astype(np.int64) * (end - first) + (rows - first)
            some = np.bincount(index, minlength=wanted.size * (end - first))
            counts[:, first:end] += some.reshape(wanted.size, -1).astype(np.uint16)
        return counts

    def _keys(self) -> Iterator[tuple[int, NDArray[np.uint16]]]:
        """Yield keys of the tokens with the ones before them, and the position of the first."""
        position, before = 0, 0
        for terms in self._pieces():
            if not terms.size:
                continue
            right = self._numbers[terms]
            left = np.empty_like(right)
            left[0], left[1:] = before, right[:-1]
            first, end = self._doc_starts.searchsorted((position, position + terms.size))
            left[self._doc_starts[first:end] - position] = 0
            keys = left.astype(np.uint16)
            keys <<= 8
            keys |= right
            yield position, keys
            position, before = position + terms.size, int(right[-1])
