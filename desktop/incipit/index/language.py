"""The query language: what people type, as a Whoosh query tree and in words.

`parse` never raises: what is half typed is understood as far as it goes, and each mistake is
one plain sentence. The parser is Whoosh's, with the plugins of `language_plugins`.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache, cached_property
from typing import Any

from whoosh import query as wq
from whoosh.qparser import QueryParser

from incipit.index.describe import TypedWord, offered_phrase, parts_of, typed_words
from incipit.index.hits import Leaves, positive_leaves
from incipit.index.inversion import CONTENT
from incipit.index.language_nodes import AllNode
from incipit.index.language_plugins import QUOTES, LeavesPlugin, OperatorsPlugin, ParenPlugin
from incipit.models import QueryPart

MAX_QUERY_CP = 10_000

#: What makes something other of a phrase than its words.
_MARKS = re.compile(rf"[*?~{QUOTES}]")


class ParsedQuery:
    """What a typed query means. Immutable; what is seldom asked for is worked out when it is.

    ``query`` is None for the empty query, which matches everything; ``notes`` are plain
    sentences about what was not understood.
    """

    def __init__(self, text: str) -> None:
        parser = _new_parser()
        if len(text) > MAX_QUERY_CP:
            parser.note(f"Only the first {MAX_QUERY_CP:,} characters are searched.")
        self.text = text
        self._typed = text[:MAX_QUERY_CP]
        self._parser = parser
        self._nodes = parser.process(self._typed)
        self.query: wq.Query | None = self._nodes.query(parser)
        if self.query is None and not parser.notes and text.strip():
            parser.note("There is no word in this: words have letters or digits.")
        self.notes = tuple(dict.fromkeys(parser.notes))
        self.leaves = positive_leaves(self.query) if self.query is not None else Leaves()

    @property
    def has_hits(self) -> bool:
        """Whether matching documents have hits: not for filters and negations alone."""
        return bool(self.leaves)

    @cached_property
    def parts(self) -> tuple[QueryPart, ...]:
        """What is searched, in words, each part with the query without it."""
        return parts_of(self._nodes, self._typed, self._parser)

    @cached_property
    def offer(self) -> str | None:
        """The query with a phrase for single letters and numbers side by side (``s 400``)."""
        return offered_phrase(self._nodes, self._typed, self._parser)

    @cached_property
    def words(self) -> tuple[TypedWord, ...]:
        """The words that stand for themselves, as typed."""
        return tuple(typed_words(self._nodes, self._typed))


def parse(text: str) -> ParsedQuery:
    """Return what ``text`` means; never raises."""
    return ParsedQuery(text)


def literally(text: str) -> str:
    """Return a query that finds the words of ``text`` next to each other: ``text`` if that does.

    What means something in a query, as ``OR`` or a quotation mark, means nothing here.
    """
    words = " ".join(_MARKS.sub(" ", text).split())
    phrase = f'"{words}"'
    alone = parse(text)
    return text if not alone.notes and alone.query == parse(phrase).query else phrase


class _Parser(QueryParser):
    """Whoosh's parser with the plugins of this language, which keep nothing of a query."""

    def __init__(self) -> None:
        plugins = [LeavesPlugin, ParenPlugin, OperatorsPlugin]
        super().__init__(CONTENT, None, plugins=plugins, group=AllNode)
        self._taggers: list[Any] = super().taggers()
        self._filters: list[Any] = super().filters()
        self.notes: list[str] = []
        self.nears = 0

    def taggers(self) -> list[Any]:
        """Return what recognises syntax, in the order of trying."""
        return self._taggers

    def filters(self) -> list[Any]:
        """Return what shapes the tree, in the order of applying."""
        return self._filters

    def note(self, sentence: str) -> None:
        """Keep a plain sentence about what was not understood."""
        self.notes.append(sentence)


@cache
def _made() -> _Parser:
    return _Parser()


def _new_parser() -> _Parser:
    """Return a parser for one query; making one anew takes as long as parsing with it."""
    parser = copy(_made())
    parser.notes = []
    return parser
