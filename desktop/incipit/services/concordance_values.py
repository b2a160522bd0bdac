"""What a concordance is: the question, the lines in order as numbers, and a line as it is read.

Values that the window and the command line hold; what makes them stands in `concordance`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from incipit.analysis.lines import Lines
from incipit.analysis.sorting import IN_ORDER, LineKey
from incipit.analysis.thinning import Thinning
from incipit.models import Document, QueryPart
from incipit.text.contexts import Context
from incipit.text.tokens import terms


@dataclass(frozen=True, slots=True)
class ConcordanceRequest:
    """Which lines, in which order. The seed of ``thinning`` is that of a random order too."""

    query: str = ""
    keys: tuple[LineKey, ...] = IN_ORDER
    thinning: Thinning = field(default_factory=Thinning)


@dataclass(frozen=True, slots=True, eq=False)
class Concordance:
    """The lines of a query in order; arrays are read-only.

    ``lines`` are all hits; ``order`` int64 holds the number of the line in each row, ``rows``
    int64 the row of each line, -1 for those that were thinned out. ``has_hits`` is False for a
    query of filters alone. ``notes`` are plain sentences; ``incomplete`` is set while documents
    wait for the index.
    """

    request: ConcordanceRequest
    lines: Lines
    order: NDArray[np.int64]
    rows: NDArray[np.int64]
    elapsed_s: float
    has_hits: bool = True
    understood: tuple[QueryPart, ...] = ()
    notes: tuple[str, ...] = ()
    incomplete: bool = False

    def __len__(self) -> int:
        return len(self.order)

    def hit_of(self, row: int) -> tuple[int, int]:
        """Return the document of a row, and which of the document's hits it is, from 0."""
        line = int(self.order[row])
        document = int(self.lines.documents[line])
        return document, line - self.lines.first_beside(line)

    def row_of(self, document_id: int, hit: int) -> int | None:
        """Return the row of a hit of a document, counted from 0, or None where it is not shown."""
        first, end = self.lines.of_document(document_id)
        if not 0 <= hit < end - first:
            return None
        row = int(self.rows[first + hit])
        return row if row >= 0 else None


@dataclass(frozen=True, slots=True)
class KwicLine:
    """A line as it is read: keyword in context, and where it comes from.

    ``span_cp`` is the hit in the text of the document, half open; ``hit`` counts the hits of
    the document from 0; ``token`` is the number of the hit's first token from 0, ``place``
    the same as a share of the document, 0 to 1.
    """

    document: Document
    context: Context
    span_cp: tuple[int, int]
    hit: int
    token: int
    place: float


def context_words(typed: str) -> tuple[str, ...]:
    """Return the words of what somebody typed, as the index has them, with their stars."""
    words: dict[str, None] = {}
    for piece in typed.replace(",", " ").split():
        found = terms(piece)
        if found and piece.endswith("*"):
            found[-1] += "*"
        words.update(dict.fromkeys(found))
    return tuple(words)


def pages(concordance: Concordance, first: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield first row and count of pages over all rows, small ones before large ones."""
    start, size = 0, first
    while start < len(concordance):
        yield start, min(size, len(concordance) - start)
        start += size
        size = min(size * 2, most)
