"""Nodes that this query language adds to Whoosh's query classes.

A filter holds no words and has no hits; which documents it stands for is asked when the query
is evaluated, since only the store can say. A near is Whoosh's, with what it lacks to stand
inside other queries.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh import matching
from whoosh import query as wq
from whoosh.query import spans as ws
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher

from incipit.models import Filter


class Near(ws.SpanNear):
    """Two queries near each other: at a distance of ``mindist`` to ``slop`` tokens.

    Whoosh's own class cannot be counted on in advance, so that no AND or OR can hold it.
    """

    def children(self) -> Iterator[wq.Query]:
        """Return both sides."""
        return iter((self.a, self.b))

    def estimate_size(self, ixreader: IndexReader) -> int:
        """Return the most documents that could match."""
        return int(self.q.estimate_size(ixreader))

    def estimate_min_size(self, ixreader: IndexReader) -> int:  # noqa: ARG002 - Whoosh's name
        """Return 0: the words may stand in the same documents and never be near."""
        return 0


class DocumentFilter(wq.Query):
    """A condition on documents, as a leaf of a Whoosh query tree."""

    boost = 1.0

    def __init__(self, condition: Filter) -> None:
        self.filter = condition

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.filter == other.filter

    def __hash__(self) -> int:
        return hash(self.filter)

    def __repr__(self) -> str:
        return f"DocumentFilter({self.filter!r})"

    def __str__(self) -> str:
        return f"{self.filter.field}{self.filter.operator}{self.filter.value}"

    def field(self) -> None:
        """Return None: a filter is about no field of the index."""
        return

    def estimate_size(self, ixreader: IndexReader) -> int:
        """Return the most documents that could match."""
        return int(ixreader.doc_count())

    def matcher(
        self, _searcher: Searcher, _context: SearchContext | None = None
    ) -> matching.Matcher:
        """Refuse: Whoosh's matchers cannot ask the store.

        Raises:
            QueryError: always.
        """
        raise wq.QueryError("a document filter is evaluated on columns only")
