"""What was searched, in words, with parts that can be turned off.

Owns the words for each class of query and the query that is left when a part is gone, and the
phrase that is offered for single letters and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whoosh import query as wq
from whoosh.qparser import QueryParser
from whoosh.qparser.syntax import GroupNode, SyntaxNode

from incipit.index.language_nodes import AllNode, AnyNode, NotNode, ParenNode, WordsNode
from incipit.index.language_words import plain_word
from incipit.index.query_nodes import DocumentFilter, Near
from incipit.models import Filter, QueryPart
from incipit.text.tokens import tokenise

#: Parts of what was searched that are shown one by one.
MAX_PARTS = 50

#: What makes a pattern of the word it touches.
_PATTERN_MARKS = frozenset("*?~")

_COMPARISONS = {
    "<": "fewer than {} words",
    "<=": "at most {} words",
    ">": "more than {} words",
    ">=": "at least {} words",
    "=": "{} words",
}
_DATES = {
    ":": "added in {}",
    "=": "added in {}",
    "<": "added before {}",
    "<=": "added until {}",
    ">": "added after {}",
    ">=": "added since {}",
}


def describe(query: wq.Query) -> str:
    """Return in words what a query of this language matches."""
    kind = type(query)
    if kind in _LEAVES:
        return _LEAVES[kind](query)
    if kind is DocumentFilter:
        return _filter(query.filter)
    if kind is wq.Not:
        return f"without {_grouped(query.query)}"
    if kind is wq.AndNot:
        banned = query.b.subqueries if type(query.b) is wq.Or else [query.b]
        return " ".join([describe(query.a), *(f"without {_grouped(part)}" for part in banned)])
    joint = " or " if kind is wq.Or else " and "
    return joint.join(map(_grouped, query.subqueries))


def _grouped(query: wq.Query) -> str:
    words = describe(query)
    return f"({words})" if type(query) in (wq.And, wq.Or, wq.AndNot) else words


def _phrase(query: wq.Phrase) -> str:
    words = " ".join(query.words)
    if query.slop == 1:
        return f"the phrase “{words}”"
    return f"“{words}” in this order, {_words_between(query.slop - 1)}"


def _words_between(count: int) -> str:
    return f"at most {count:,} word{'s' if count != 1 else ''} between"


def _near(query: Near) -> str:
    if not query.ordered:
        distance = query.slop - 1
        if not distance:
            return f"{_operand(query.a)} next to {_operand(query.b)}"
        plural = "s" if distance != 1 else ""
        return f"{_operand(query.a)} within {distance:,} word{plural} of {_operand(query.b)}"
    words, between = _in_order(query)
    text = f"“{words}”"
    return f"{text} in this order, {_words_between(between)}" if between else f"the phrase {text}"


def _operand(query: wq.Query) -> str:
    words = describe(query)
    return f"({words})" if type(query) in (wq.Or, Near) else words


def _in_order(query: wq.Query) -> tuple[str, int]:
    """Return the words of a phrase with patterns, and how many words may be between more."""
    kind = type(query)
    if kind is Near and query.ordered:
        (left, loose), (right, _) = _in_order(query.a), _in_order(query.b)
        stars = ["*"] * (query.mindist - 1)
        return " ".join([left, *stars, right]), max(loose, query.slop - query.mindist)
    if kind is wq.Phrase:
        return " ".join(query.words), query.slop - 1
    if kind is wq.Prefix:
        return f"{query.text}*", 0
    if kind is wq.FuzzyTerm:
        return f"{query.text}~{query.maxdist}", 0
    return str(query.text), 0


def _fuzzy(query: wq.FuzzyTerm) -> str:
    return f"words within {query.maxdist} edit{'s' if query.maxdist != 1 else ''} of {query.text}"


_LEAVES = {
    wq.Term: lambda query: str(query.text),
    wq.Prefix: lambda query: f"words beginning with {query.text}",
    wq.Wildcard: lambda query: f"words like {query.text}",
    wq.Regex: lambda query: f"words matching /{query.typed}/",
    wq.FuzzyTerm: _fuzzy,
    wq.Phrase: _phrase,
    Near: _near,
}


def _filter(condition: Filter) -> str:
    field, operator, value = condition.field, condition.operator, condition.value
    if field == "words":
        if operator == "..":
            return f"{int(value):,} to {int(condition.upper):,} words"
        return _COMPARISONS[operator].format(f"{int(value):,}")
    if field == "added":
        if operator == "..":
            return f"added from {value} to {condition.upper}"
        return _DATES[operator].format(value)
    if field == "tag":
        return f"tagged “{value}”"
    return f"{field} {'is' if operator == '=' else 'has'} “{value}”"


# Parts ---------------------------------------------------------------------------------------


def parts_of(nodes: GroupNode, typed: str, parser: QueryParser) -> tuple[QueryPart, ...]:
    """Return the parts of a syntax tree: what stands side by side, and each side of an OR.

    Of a very long query, the first parts and how many more there are.
    """
    clauses = [_options(node) for node in _side_by_side(nodes)]
    sources = [[typed[one.startchar : one.endchar] for one in options] for options in clauses]
    parts: list[QueryPart] = []
    more = 0
    for place, options in enumerate(clauses):
        is_first = True
        for number, option in enumerate(options):
            query = option.query(parser)
            if query is None:
                continue
            if len(parts) < MAX_PARTS:
                rest = [*sources[place][:number], *sources[place][number + 1 :]]
                without = _source([*sources[:place], rest, *sources[place + 1 :]])
                words = ("" if is_first else "or ") + describe(query)
                parts.append(QueryPart(words, without, is_filter=_is_filter(query)))
            else:
                more += 1
            is_first = False
    if more:
        parts.append(QueryPart(f"and {more:,} more", _source(sources[:MAX_PARTS])))
    return tuple(parts)


def _is_filter(query: wq.Query) -> bool:
    return isinstance(query.query if type(query) is wq.Not else query, DocumentFilter)


def _side_by_side(node: SyntaxNode) -> Iterator[SyntaxNode]:
    if isinstance(node, AllNode) and not (isinstance(node, ParenNode) and len(node) > 1):
        for part in node:
            yield from _side_by_side(part)
    else:
        yield node


def _options(node: SyntaxNode) -> list[SyntaxNode]:
    return list(node) if isinstance(node, AnyNode) else [node]


def _source(clauses: Iterable[list[str]]) -> str:
    """Return a query of these clauses, each a choice."""
    return " ".join(" OR ".join(options) for options in clauses if options)


# Words as typed ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of a query that stands for itself, and where it was typed."""

    term: str
    start_cp: int
    end_cp: int
    in_phrase: bool


def typed_words(node: SyntaxNode, typed: str) -> Iterator[TypedWord]:
    """Yield the words searched for, in order; not patterns, nor what must not be."""
    if isinstance(node, WordsNode):
        tokens = tokenise(typed[node.startchar : node.endchar])
        spans = (tokens.starts_cp + node.startchar, tokens.ends_cp + node.startchar)
        for term, start, end in zip(
            tokens.terms, *(array.tolist() for array in spans), strict=True
        ):
            before, after = typed[max(start - 1, 0) : start], typed[end : end + 1]
            if not ({before, after} & _PATTERN_MARKS):
                yield TypedWord(term, start, end, node.in_phrase)
    elif isinstance(node, GroupNode) and not isinstance(node, NotNode):
        for part in node:
            yield from typed_words(part, typed)


# The phrase that is offered ------------------------------------------------------------------


def offered_phrase(nodes: GroupNode, typed: str, parser: QueryParser) -> str | None:
    """Return the query with single letters and numbers joined to phrases, or None."""
    clauses = list(_clauses(nodes, typed, parser))
    plain = [word for _, word in clauses]
    joined: list[str] = []
    place = 0
    while place < len(clauses):
        end = _end_of_offer(plain, place)
        if end - place > 1:
            words = " ".join(word or "" for word in plain[place:end])
            joined.append(f'"{words}"')
        else:
            joined.append(clauses[place][0])
        place = end
    return " ".join(joined) if len(joined) < len(clauses) else None


def _clauses(node: SyntaxNode, typed: str, parser: QueryParser) -> Iterator[tuple[str, str | None]]:
    """Yield what stands side by side as typed, each OR by itself, and the word where it is one."""
    if type(node) is AllNode:
        for part in node:
            yield from _clauses(part, typed, parser)
        return
    for number, option in enumerate(_options(node)):
        if number:
            yield "OR", None
        yield typed[option.startchar : option.endchar], plain_word(option.query(parser))


def _end_of_offer(words: list[str | None], place: int) -> int:
    """Return where the phrase that begins at ``place`` ends: after one word where it is none."""
    end = place + 1
    if words[place] is None:
        return end
    if not _is_short(words[place]):
        # A letter or number on its own belongs to the word before it: "trump s".
        lone = _is_short(_at(words, end)) and not _is_short(_at(words, end + 1))
        return end + 1 if lone else end
    while _is_short(_at(words, end)) and not (
        _is_number(words[end - 1]) and _is_letter(words[end])
    ):
        end += 1
    if end == place + 1 and _at(words, end) is not None:
        return end + 1
    return end


def _at(words: list[str | None], place: int) -> str | None:
    return words[place] if place < len(words) else None


def _is_short(word: str | None) -> bool:
    return _is_letter(word) or _is_number(word)


def _is_letter(word: str | None) -> bool:
    return word is not None and len(word) == 1


def _is_number(word: str | None) -> bool:
    return word is not None and word.isdecimal()
