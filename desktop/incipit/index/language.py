"""The query language: what people type, as a Whoosh query tree and in words.

`parse` never raises: what is half typed is understood as far as it goes, and each mistake is
one plain sentence. The parser is Whoosh's, with the plugins of `language_plugins`.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoosh import query as wq
from whoosh.qparser import QueryParser

from incipit.index.describe import TypedWord, offered_phrase, parts_of, typed_words
from incipit.index.hits import Leaves, positive_leaves
from incipit.index.inversion import CONTENT
from incipit.index.language_nodes import AllNode
from incipit.index.language_plugins import LeavesPlugin, OperatorsPlugin, ParenPlugin
from incipit.models import QueryPart

MAX_QUERY_CP = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class ParsedQuery:
    """What a typed query means.

    ``query`` is None for the empty query, which matches everything. ``parts`` say in words
    what is searched, each with the query without it; ``notes`` what was not understood.
    ``offer`` is the query with a phrase in place of single letters and numbers that stand side
    by side (``s 400``), or None. ``words`` are the words that stand for themselves, as typed.
    """

    text: str
    query: wq.Query | None
    parts: tuple[QueryPart, ...]
    notes: tuple[str, ...]
    leaves: Leaves
    offer: str | None
    words: tuple[TypedWord, ...]

    @property
    def has_hits(self) -> bool:
        """Whether matching documents have hits: not for filters and negations alone."""
        return bool(self.leaves)


def parse(text: str) -> ParsedQuery:
    """Return what ``text`` means; never raises."""
    parser = _Parser()
    if len(text) > MAX_QUERY_CP:
        parser.note(f"Only the first {MAX_QUERY_CP:,} characters are searched.")
    typed = text[:MAX_QUERY_CP]
    nodes = parser.process(typed)
    query = nodes.query(parser)
    return ParsedQuery(
        text=text,
        query=query,
        parts=parts_of(nodes, typed, parser),
        notes=tuple(dict.fromkeys(parser.notes)),
        leaves=positive_leaves(query) if query is not None else Leaves(),
        offer=offered_phrase(nodes, typed, parser),
        words=tuple(typed_words(nodes, typed)),
    )


class _Parser(QueryParser):
    """Whoosh's parser with the plugins of this language; one for each query."""

    def __init__(self) -> None:
        super().__init__(
            CONTENT, None, plugins=[LeavesPlugin, ParenPlugin, OperatorsPlugin], group=AllNode
        )
        self.notes: list[str] = []
        self.nears = 0

    def note(self, sentence: str) -> None:
        """Keep a plain sentence about what was not understood."""
        self.notes.append(sentence)
