"""Nodes of Whoosh's syntax tree for what people type, and the queries they become.

Owns how parts combine: what AND, OR, NOT and NEAR do to queries. Each node knows the range of
characters it came from, in ``startchar`` and ``endchar``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from whoosh import query as wq
from whoosh.qparser import QueryParser, syntax

from incipit.index.evaluation_spans import has_spans
from incipit.index.query_nodes import Near

Maker = Callable[[list[str]], wq.Query | None]


class LeafNode(syntax.SyntaxNode):
    """A word, phrase, regular expression or filter; ``make`` gives its query and takes notes."""

    def __init__(self, make: Maker) -> None:
        self._make = make
        self._made: wq.Query | None = None
        self._is_made = False

    def query(self, parser: QueryParser) -> wq.Query | None:
        """Return the query, or None where nothing can be searched."""
        if not self._is_made:
            self._made, self._is_made = self._make(parser.notes), True
        return self._made


class WordsNode(LeafNode):
    """A word or a phrase."""

    def __init__(self, make: Maker, *, in_phrase: bool) -> None:
        super().__init__(make)
        self.in_phrase = in_phrase


class RangedGroup(syntax.GroupNode):
    """A group that keeps its range of characters through Whoosh's filters."""

    merging = False
    startchar: int | None = None
    endchar: int | None = None

    def __init__(
        self,
        nodes: list[syntax.SyntaxNode] | None = None,
        boost: float = 1.0,
        **kwargs: tuple[int, int] | int,
    ) -> None:
        super().__init__(nodes, boost, **kwargs)
        chars = kwargs.get("range")
        if isinstance(chars, tuple):
            self.startchar, self.endchar = chars
        elif self.nodes:
            self.startchar, self.endchar = self.nodes[0].startchar, self.nodes[-1].endchar

    def set_range(self, startchar: int, endchar: int) -> RangedGroup:
        """Set the range of the group, and leave those of its nodes alone."""
        self.startchar, self.endchar = startchar, endchar
        self.kwargs["range"] = (startchar, endchar)
        return self

    def queries(self, parser: QueryParser) -> list[wq.Query]:
        """Return the queries of the nodes that have one."""
        found = (node.query(parser) for node in self.nodes)
        return [query for query in found if query is not None]


class AllNode(RangedGroup):
    """What stands side by side, or is joined by AND."""

    merging = True

    def query(self, parser: QueryParser) -> wq.Query | None:
        """Return all of the queries together."""
        return all_of(self.queries(parser))


class ParenNode(AllNode):
    """What stands in parentheses."""

    merging = False


class AnyNode(RangedGroup):
    """What is joined by OR."""

    merging = True

    def query(self, parser: QueryParser) -> wq.Query | None:
        """Return any of the queries."""
        return any_of(self.queries(parser))


class NotNode(RangedGroup):
    """What must not be."""

    def query(self, parser: QueryParser) -> wq.Query | None:
        """Return the opposite of the query."""
        queries = self.queries(parser)
        if not queries:
            return None
        return queries[0].query if type(queries[0]) is wq.Not else wq.Not(queries[0])


class NearNode(RangedGroup):
    """Two things near each other, at most ``between`` words apart, in either order."""

    def query(self, parser: QueryParser) -> wq.Query | None:
        """Return the near, or both sides where one of them is nothing to be near to."""
        queries = self.queries(parser)
        if len(queries) != 2:
            return queries[0] if queries else None
        return near(queries[0], queries[1], self.kwargs["between"], parser.notes)


class InfixOperator(syntax.InfixOperator):
    """AND, OR or NEAR; joins its neighbours, which are sure to be there."""

    between = 0
    _kinds: ClassVar[dict[type, str]] = {AllNode: "AND", AnyNode: "OR", NearNode: "NEAR"}

    @property
    def name(self) -> str:
        """The operator as typed, without its number."""
        return self._kinds[self.grouptype]

    def replace_self(self, _parser: QueryParser, group: syntax.GroupNode, position: int) -> int:
        """Replace the operator and its neighbours by one group."""
        left, right = group[position - 1], group[position + 1]
        if self.grouptype.merging and type(left) is self.grouptype:
            left.append(right)
            left.set_range(left.startchar, right.endchar)
            del group[position : position + 2]
            return position
        kwargs = {"between": self.between} if self.grouptype is NearNode else {}
        joined = self.grouptype([left, right], **kwargs)
        joined.set_range(left.startchar, right.endchar)
        group[position - 1 : position + 2] = [joined]
        return position


class NotOperator(syntax.PrefixOperator):
    """NOT or -; takes what follows, which is sure to be there."""

    def replace_self(self, _parser: QueryParser, group: syntax.GroupNode, position: int) -> int:
        """Replace the operator and what follows by one group."""
        negated = group[position + 1]
        node = NotNode([negated])
        node.set_range(self.startchar, negated.endchar)
        group[position : position + 2] = [node]
        return position


def all_of(queries: Sequence[wq.Query]) -> wq.Query | None:
    """Return the query that matches what all of ``queries`` match; None where there is none.

    What must not be is taken from the rest by AndNot, as Whoosh would add 1 to the score of
    each document that does not match a Not.
    """
    flat: dict[wq.Query, None] = {}
    banned: dict[wq.Query, None] = {}
    for query in queries:
        for part in query.subqueries if type(query) is wq.And else (query,):
            _sort_out(part, flat, banned)
    if not flat:
        return wq.Not(any_of(list(banned))) if banned else None
    wanted = wq.And(list(flat)) if len(flat) > 1 else next(iter(flat))
    return wq.AndNot(wanted, any_of(list(banned))) if banned else wanted


def _sort_out(query: wq.Query, flat: dict[wq.Query, None], banned: dict[wq.Query, None]) -> None:
    kind = type(query)
    if kind is wq.Not:
        inner = query.query
        parts = inner.subqueries if type(inner) is wq.Or else (inner,)
        banned.update((part, None) for part in parts)
    else:
        flat[query] = None


def any_of(queries: Sequence[wq.Query]) -> wq.Query | None:
    """Return the query that matches what any of ``queries`` matches; None where there is none."""
    flat: dict[wq.Query, None] = {}
    for query in queries:
        flat.update(
            (part, None) for part in (query.subqueries if type(query) is wq.Or else [query])
        )
    if len(flat) <= 1:
        return next(iter(flat), None)
    return wq.Or(list(flat))


def near(a: wq.Query, b: wq.Query, between: int, notes: list[str]) -> wq.Query | None:
    """Return ``a`` near ``b``; what holds for all of a side holds for each part of it."""
    for side, other in ((a, b), (b, a)):
        if type(side) is wq.And:
            return all_of([_present(near(part, other, between, notes)) for part in side.subqueries])
    if has_spans(a) and has_spans(b):
        return Near(a, b, slop=between + 1, ordered=False, mindist=1)
    notes.append("NEAR stands between words, phrases and choices of them; here AND was taken.")
    return all_of([a, b])


def _present(query: wq.Query | None) -> wq.Query:
    assert query is not None
    return query
