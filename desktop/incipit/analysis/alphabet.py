"""The alphabetical order of all words of an index, over its several segments.

Each segment numbers its own words in alphabetical order. To sort lines of several segments by
their words, a segment's numbers are translated to the ranks of the words among those of all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from incipit.errors import Cancelled
from incipit.models import CancelToken, TokenColumns

#: Words that are fetched at a time. That holds Python's lock: so many take about a millisecond,
#: and other threads have their turn between.
_BLOCK_TERMS = 10_000
#: Bytes that are compared at once: at first alone, and then beside a rank of 32 bits.
_FIRST_BYTES, _MORE_BYTES = 8, 4
#: Between two words when they are joined; no word has it in it.
_END = "\n"


class Alphabet:
    """Ranks of the words of some segments, equal for equal words; immutable, for any thread.

    Building it visits every word of every segment, a fifth of a second for a million words;
    keep it for as long as the segments are the same. One segment needs nothing built.

    Raises: Cancelled, while it is built.
    """

    def __init__(
        self, segments: Sequence[TokenColumns], *, cancel: CancelToken | None = None
    ) -> None:
        self.segments = tuple(segments)
        self._tables: list[NDArray[np.int32]] | None = None
        if len(segments) == 1:
            self.size = segments[0].term_count
        else:
            ranks, self.size = _ranks(_Words(segments, cancel), cancel)
            borders = np.cumsum([columns.term_count for columns in segments])[:-1]
            self._tables = np.split(ranks.astype(np.int32), borders)

    def ranks(self, segment: int, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rank, from 0, of each of the terms of a segment given by its number."""
        if self._tables is None:
            return terms
        return self._tables[segment].take(terms).astype(np.int64)


class _Words:
    """All words of all segments in one run of bytes; ``lengths`` are int64 bytes."""

    def __init__(self, segments: Sequence[TokenColumns], cancel: CancelToken | None) -> None:
        parts = []
        for columns in segments:
            for first in range(0, columns.term_count, _BLOCK_TERMS):
                _check(cancel)
                words = columns.words(first, min(first + _BLOCK_TERMS, columns.term_count))
                parts.append(_END.join((*words, "")).encode("utf-8", "surrogatepass"))
        # What is read beyond the end of the last word is cut off.
        self._bytes = np.frombuffer(b"".join((*parts, bytes(_FIRST_BYTES))), np.uint8)
        ends = np.flatnonzero(self._bytes == ord(_END))
        self._starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
        self.lengths: NDArray[np.int64] = ends - self._starts

    def piece(self, words: NDArray[np.int64] | slice, first: int, count: int) -> NDArray[np.uint64]:
        """Return bytes ``first`` to ``first + count`` of some words as numbers in their order.

        What is not there counts as a byte of 0, which no word has. Words end before ``first``
        or go on; ``count`` is at most 8.
        """
        left = np.clip(self.lengths[words] - first, 0, count)
        places = np.minimum(self._starts[words] + first, len(self._bytes) - _FIRST_BYTES)
        eight = np.lib.stride_tricks.sliding_window_view(self._bytes, _FIRST_BYTES)[places]
        numbers = np.ascontiguousarray(eight).view(">u8").ravel().astype(np.uint64)
        unused = ((_FIRST_BYTES - left) * 8).astype(np.uint64)
        # Shifted in two steps: a shift by all 64 bits leaves a number as it is.
        half = unused >> np.uint64(1)
        numbers >>= half
        numbers >>= unused - half
        numbers <<= ((count - left) * 8).astype(np.uint64)
        return numbers


def _ranks(words: _Words, cancel: CancelToken | None) -> tuple[NDArray[np.int64], int]:
    """Return the rank of each word among the distinct ones, and how many these are.

    By code point, which is the order of the UTF-8 bytes too. Words are told apart by their
    first bytes, and those that are alike in these by the next ones, for as long as some go on.
    """
    ranks, distinct = _dense(words.piece(slice(None), 0, _FIRST_BYTES))
    size, done = len(distinct), _FIRST_BYTES
    while (going_on := np.flatnonzero(words.lengths > done)).size:
        _check(cancel)
        alike = np.zeros(size, np.bool_)
        alike[ranks[going_on]] = True
        members = np.flatnonzero(alike[ranks])
        bits = np.uint64(8 * _MORE_BYTES)
        keys = ranks[members].astype(np.uint64) << bits
        keys |= words.piece(members, done, _MORE_BYTES)
        places, distinct = _dense(keys)
        old = (distinct >> bits).astype(np.int64)
        # A rank that falls apart into several moves all that are behind it.
        more = np.bincount(old, minlength=size)
        before = np.cumsum(np.maximum(more, 1)) - np.maximum(more, 1)
        first = np.cumsum(more) - more
        new = before[old] + np.arange(len(old)) - first[old]
        ranks = before[ranks]
        ranks[members] = new[places]
        size += int(np.maximum(more - 1, 0).sum())
        done += _MORE_BYTES
    return ranks, size


def _dense(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the rank of each key among the distinct ones, and these in order."""
    order = np.argsort(keys)
    ascending = keys[order]
    new = np.ones(len(keys), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    ranks = np.empty(len(keys), np.int64)
    ranks[order] = np.cumsum(new) - 1
    return ranks, ascending[new]


def _check(cancel: CancelToken | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Cancelled
