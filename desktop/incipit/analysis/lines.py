"""The lines of a concordance as arrays: one line a hit, over all segments of an index.

Owns where a hit stands (segment, document, tokens) and which words are around it. Text and
titles are not known here: lines are numbers until somebody reads the few that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.errors import Cancelled
from incipit.models import CancelToken, TokenColumns

#: Lines whose words are looked up together.
_BLOCK_LINES = 16_384
_NOTHING: NDArray[np.int64] = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Hits with their documents: parallel int64 arrays of shape (n,), one entry a line.

    Lines are by segment, in each by place. ``bounds``, shape (segments + 1,), holds the first
    line of each segment and the end. ``starts`` and ``ends`` are half-open token positions of
    the line's segment, ``doc_starts`` and ``doc_ends`` those of its document, ``documents``
    the store's document ids.
    """

    segments: tuple[TokenColumns, ...]
    bounds: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    doc_starts: NDArray[np.int64]
    doc_ends: NDArray[np.int64]
    documents: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    def parts(self) -> Iterator[tuple[int, TokenColumns, slice]]:
        """Yield the number and the columns of each segment with the range of its lines."""
        for number, columns in enumerate(self.segments):
            yield number, columns, slice(int(self.bounds[number]), int(self.bounds[number + 1]))

    def blocks(self) -> Iterator[tuple[int, TokenColumns, slice]]:
        """Yield the same in blocks of lines that are few enough for the processor's cache.

        Words that stand beside each other are then read from memory once for all of them.
        """
        for number, columns, part in self.parts():
            for start in range(part.start, part.stop, _BLOCK_LINES):
                yield number, columns, slice(start, min(start + _BLOCK_LINES, part.stop))

    def take(self, numbers: NDArray[np.int64]) -> Lines:
        """Return the lines with the given numbers, which ascend."""
        return Lines(
            self.segments,
            np.searchsorted(numbers, self.bounds),
            self.starts[numbers],
            self.ends[numbers],
            self.doc_starts[numbers],
            self.doc_ends[numbers],
            self.documents[numbers],
        )

    def tokens_before(self) -> NDArray[np.int64]:
        """Return how many tokens of its document stand before each line's hit."""
        return self.starts - self.doc_starts

    def beside(self, offset: int, part: slice) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the positions of the words ``offset`` beside the hits, and which there are.

        -1 is the word before the hit, 1 the word after it, of the lines in ``part``. A position
        out of the document is replaced by one inside, and False beside it.
        """
        if offset < 0:
            wanted = self.starts[part] + offset
            inside = wanted >= self.doc_starts[part]
        else:
            wanted = self.ends[part] + (offset - 1)
            inside = wanted < self.doc_ends[part]
        np.copyto(wanted, self.starts[part], where=~inside)
        return wanted, inside

    def first_beside(self, line: int) -> int:
        """Return the number of the first line of the document in which ``line`` stands."""
        segment = int(np.searchsorted(self.bounds, line, side="right")) - 1
        start, end = int(self.bounds[segment]), int(self.bounds[segment + 1])
        return start + int(np.searchsorted(self.starts[start:end], self.doc_starts[line]))

    def of_document(self, document: int) -> tuple[int, int]:
        """Return the half-open range of the lines of a document; empty where it has none."""
        for _, columns, part in self.parts():
            documents = np.flatnonzero(columns.doc_keys == document).tolist()
            for number in documents:
                start, end = columns.doc_starts[number : number + 2].tolist()
                first, last = np.searchsorted(self.starts[part], (start, end)).tolist()
                if first < last:
                    return part.start + first, part.start + last
        return 0, 0


def lines_of(
    segments: Sequence[TokenColumns],
    spans: Sequence[NDArray[np.int64]],
    *,
    without: NDArray[np.int64] = _NOTHING,
    cancel: CancelToken | None = None,
) -> Lines:
    """Return the lines of hits given for each segment.

    ``spans`` are int64 arrays of shape (n, 2), half-open positions by start, then end.
    ``without`` are the ids of documents to leave out.

    Raises: Cancelled.
    """
    found = []
    for columns, span in zip(segments, spans, strict=True):
        if cancel is not None and cancel.is_set():
            raise Cancelled
        found.append(_of_segment(columns, span, without))
    bounds = np.cumsum([0, *(len(part[0]) for part in found)])
    joined = [np.concatenate([_NOTHING, *column]) for column in zip(*found, strict=True)]
    starts, ends, doc_starts, doc_ends, documents = joined or [_NOTHING] * 5
    return Lines(tuple(segments), bounds, starts, ends, doc_starts, doc_ends, documents)


def _of_segment(
    columns: TokenColumns, spans: NDArray[np.int64], without: NDArray[np.int64]
) -> tuple[NDArray[np.int64], ...]:
    starts = np.ascontiguousarray(spans[:, 0])
    ends = np.ascontiguousarray(spans[:, 1])
    # How many lines each document has, rather than which document each line has: there are
    # fewer documents than lines.
    counts = np.diff(np.searchsorted(starts, columns.doc_starts))
    documents = np.repeat(columns.doc_keys, counts)
    doc_starts = np.repeat(columns.doc_starts[:-1], counts)
    doc_ends = np.repeat(columns.doc_starts[1:], counts)
    arrays = (starts, ends, doc_starts, doc_ends, documents)
    if not len(without):
        return arrays
    kept = ~np.isin(documents, without)
    return arrays if kept.all() else tuple(array[kept] for array in arrays)
