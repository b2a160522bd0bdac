"""Queries, their results, and what is shown of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from incipit.models.documents import Document


class SortKey(StrEnum):
    """Orders of the document list; relevance and hits only with a query that has hits."""

    RELEVANCE = "relevance"
    HITS = "hits"
    NAME = "name"
    FOLDER = "folder"
    ADDED = "added"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question to the library. An empty query lists everything."""

    query: str = ""
    sort: SortKey = SortKey.RELEVANCE
    descending: bool = True
    fold_duplicates: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SearchResult:
    """All documents that match, in order; arrays are parallel and read-only.

    ``document_ids`` int64, ``scores`` float64, ``hits`` int64 (hits per document; zeros for a
    query of filters alone). ``total_hits`` sums over the documents before folding.
    ``notes`` are plain sentences about what was not understood; ``understood`` says in words
    what was searched. ``incomplete`` is set while documents are queued for the index.
    """

    request: SearchRequest
    document_ids: NDArray[np.int64]
    scores: NDArray[np.float64]
    hits: NDArray[np.int64]
    total_hits: int
    elapsed_s: float
    understood: tuple[QueryPart, ...] = ()
    notes: tuple[str, ...] = ()
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One part of what was searched: ``text`` in words, ``without`` the query with it left out.

    ``is_filter`` marks a condition on documents rather than on their words.
    """

    text: str
    without: str
    is_filter: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way on from a query: the query to run, words that explain it, its documents."""

    query: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Completion:
    """A word of the corpus that begins as typed, with the number of its documents."""

    word: str
    documents: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that the user gave a name."""

    id: int
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on documents rather than on their words, as parsed from a query.

    ``field`` is one of name, folder, tag, words, added. ``operator`` is ``:`` (contains or
    begins, as fits the field), or one of ``< <= > >= =`` or ``..`` with ``upper``.
    """

    field: str
    operator: str
    value: str
    upper: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text with its hits: ``marks`` are (start, end) in code points of ``text``."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What one row of the document list shows."""

    document: Document
    hits: int = 0
    snippet: Snippet | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DocumentHits:
    """The hits of a query in one text: ``spans_cp`` int64 of shape (n, 2), by start, then end.

    Unless ``are_all``, they are those of a part of the text.
    """

    document_id: int
    spans_cp: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), np.int64))
    are_all: bool = True
