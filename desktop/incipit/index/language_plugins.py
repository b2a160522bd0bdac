"""Plugins of Whoosh's query parser: what the typed characters are.

Owns the syntax of words, phrases, regular expressions, filters, parentheses and operators, and
what is done with each mistake. Boolean words are operators in capitals only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from whoosh import query as wq
from whoosh.qparser import QueryParser, plugins, syntax, taggers

from incipit.index import language_filters
from incipit.index.expansion_automaton import Automaton
from incipit.index.expansion_patterns import PatternError, parse_regex, to_regex
from incipit.index.inversion import CONTENT
from incipit.index.language_nodes import (
    AllNode,
    AnyNode,
    InfixOperator,
    LeafNode,
    Maker,
    NearNode,
    NotNode,
    NotOperator,
    ParenNode,
    WordsNode,
)
from incipit.index.language_words import MAX_WORDS_BETWEEN, phrase_query, word_query
from incipit.index.query_nodes import DocumentFilter
from incipit.text.tokens import fold

MAX_NESTING = 40
DEFAULT_BETWEEN = 5

#: Each NEAR nests the tree deeper.
MAX_NEARS = 20

QUOTES = '"“”„‟＂'
#: What parts one thing from the next: before it, behind it, and before a thing or its minus.
_BEFORE = rf"(?<![^\s(){QUOTES}])"
_AFTER = rf"(?![^\s(){QUOTES}])"
_FIRST = rf"(?<![^\s(){QUOTES}\-])"


class _LeafTagger(taggers.RegexTagger):
    """Makes a leaf of what an expression matches."""

    def __init__(
        self,
        expression: str,
        make: Callable[[re.Match[str]], Maker],
        node: Callable[[Maker], LeafNode] = LeafNode,
    ) -> None:
        super().__init__(expression)
        self._make = make
        self._node = node

    def create(self, _parser: QueryParser, match: re.Match[str]) -> LeafNode:
        return self._node(self._make(match))


class LeavesPlugin(plugins.Plugin):
    """Words, phrases, regular expressions and filters."""

    def taggers(self, _parser: QueryParser) -> list[tuple[object, int]]:
        """Return the taggers with their priorities, the most particular first."""
        fields = "|".join(language_filters.FIELDS)
        value = rf"[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]?|(?P<bare>[^\s()]*)"
        return [
            (_LeafTagger(rf"{_FIRST}(?P<field>{fields}):(?P<op>[<>]=?|=)?(?:{value})", _filter), 1),
            (_LeafTagger(rf"{_FIRST}/(?P<text>(?:[^/\\\s]|\\\S)+)/{_AFTER}", _regex), 1),
            (
                _LeafTagger(
                    rf"[{QUOTES}](?P<text>[^{QUOTES}]*)"
                    rf"(?:(?P<close>[{QUOTES}])(?P<slop>~\d*{_AFTER})?)?",
                    _phrase,
                    partial(WordsNode, in_phrase=True),
                ),
                2,
            ),
            (_LeafTagger(rf"[^\s(){QUOTES}]+", _word, partial(WordsNode, in_phrase=False)), 9),
        ]


def _filter(match: re.Match[str]) -> Maker:
    value = match["quoted"] if match["quoted"] is not None else match["bare"]

    def make(notes: list[str]) -> wq.Query | None:
        found = language_filters.parse_filter(match["field"], match["op"] or "", value, notes)
        return None if found is None else DocumentFilter(found)

    return make


def _regex(match: re.Match[str]) -> Maker:
    def make(notes: list[str]) -> wq.Query | None:
        try:
            node, _ = parse_regex(match["text"].replace(r"\/", "/"), fold=fold)
            Automaton(node)
        except PatternError as error:
            notes.append(f"{error} /{match['text']}/ is left out.")
            return None
        # Whoosh looks for what begins a word; here the whole word is meant.
        query = wq.Regex(CONTENT, rf"(?:{to_regex(node)})\Z", constantscore=False)
        query.typed = match["text"]
        return query

    return make


def _phrase(match: re.Match[str]) -> Maker:
    def make(notes: list[str]) -> wq.Query | None:
        if match["close"] is None:
            notes.append("The quotation mark is not closed: the phrase goes on to the end.")
        if match["slop"] == "~":
            notes.append('The ~ after a phrase needs a number, as in "senior official"~5.')
        return phrase_query(match["text"], _between((match["slop"] or "")[1:], notes), notes)

    return make


def _word(match: re.Match[str]) -> Maker:
    return lambda notes: word_query(match[0], notes)


def _between(digits: str, notes: list[str]) -> int:
    """Return the number of words between, at most what is allowed."""
    wanted = int(digits[:9] or 0)
    if wanted > MAX_WORDS_BETWEEN:
        notes.append(f"At most {MAX_WORDS_BETWEEN:,} words between are searched.")
    return min(wanted, MAX_WORDS_BETWEEN)


class ParenPlugin(plugins.GroupPlugin):
    """Parentheses, whether or not they are balanced."""

    def do_groups(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        """Build the hierarchy of groups from the markers."""
        stack = [AllNode()]
        openings: list[int] = []
        too_deep = 0
        for node in group:
            if isinstance(node, self.OpenBracket):
                if len(openings) >= MAX_NESTING:
                    too_deep += 1
                    continue
                openings.append(node.startchar)
                stack.append(ParenNode())
            elif isinstance(node, self.CloseBracket):
                if too_deep:
                    too_deep -= 1
                elif openings:
                    self._close(stack, openings, node.endchar)
                else:
                    parser.note("A ) has no ( before it.")
            else:
                stack[-1].append(node)
        if openings:
            parser.note("A ( is not closed: it goes on to the end.")
        if too_deep:
            parser.note(f"Parentheses deeper than {MAX_NESTING} are left out.")
        while openings:
            self._close(stack, openings, group[-1].endchar)
        return stack[0]

    @staticmethod
    def _close(stack: list[AllNode], openings: list[int], end: int) -> None:
        closed = stack.pop()
        closed.set_range(openings.pop(), end)
        stack[-1].append(closed)


class _OperatorTagger(plugins.OperatorsPlugin.OpTagger):
    """Makes an operator; NEAR carries its number."""

    def create(self, parser: QueryParser, match: re.Match[str]) -> InfixOperator | NotOperator:
        operator: InfixOperator | NotOperator = super().create(parser, match)
        if isinstance(operator, InfixOperator) and self.grouptype is NearNode:
            if not match["between"]:
                parser.note(f"NEAR needs a number, as in NEAR/{DEFAULT_BETWEEN}.")
            operator.between = _between(match["between"] or str(DEFAULT_BETWEEN), parser.notes)
        return operator


class OperatorsPlugin(plugins.OperatorsPlugin):
    """AND, OR, NOT, - and NEAR/n. NEAR binds first, then NOT, AND and OR."""

    def __init__(self) -> None:
        near = rf"{_BEFORE}NEAR(?:/(?P<between>\d*))?{_AFTER}"
        minus = rf"{_BEFORE}-(?=[^\s)\-])"
        tagger = _OperatorTagger
        super().__init__(
            [
                (tagger(near, NearNode, InfixOperator, memo="near"), 0),
                (tagger(rf"{_BEFORE}NOT{_AFTER}|{minus}", NotNode, NotOperator, memo="not"), 0),
                (tagger(rf"{_BEFORE}AND{_AFTER}", AllNode, InfixOperator, memo="and"), 0),
                (tagger(rf"{_BEFORE}OR{_AFTER}", AnyNode, InfixOperator, memo="or"), 0),
            ],
            clean=True,
        )

    def filters(self, parser: QueryParser) -> list[tuple[object, int]]:
        """Return the filters: operators lose what is wrong with them before they are applied."""
        return [(self.tidy, 590), *super().filters(parser)]

    def tidy(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        """Leave out operators that lack a side, and empty groups."""
        kept = group.empty_copy()
        kept.nodes = []
        tidied = (
            self.tidy(parser, node) if isinstance(node, syntax.GroupNode) else node
            for node in group
        )
        for node in tidied:
            if isinstance(node, syntax.GroupNode) and not len(node):
                continue
            if isinstance(node, InfixOperator) and not self._is_wanted(parser, node, kept):
                continue
            if isinstance(node, NotOperator) and len(kept):
                if isinstance(kept[-1], NotOperator):
                    kept.pop()
                    parser.note("NOT NOT is left out.")
                    continue
                if isinstance(kept[-1], InfixOperator) and kept[-1].grouptype is NearNode:
                    parser.note("NEAR cannot have NOT on its right; the NOT is left out.")
                    continue
            kept.append(node)
        while len(kept) and isinstance(kept[-1], syntax.Operator):
            parser.note(f"{getattr(kept.pop(), 'name', 'NOT')} has nothing after it.")
        return kept

    def _is_wanted(
        self, parser: QueryParser, operator: InfixOperator, kept: syntax.GroupNode
    ) -> bool:
        """Return whether an operator has something on its left and nests not too deep."""
        if not len(kept) or isinstance(kept[-1], syntax.Operator):
            parser.note(f"{operator.name} has nothing before it.")
            return False
        if operator.grouptype is NearNode:
            parser.nears += 1
            if parser.nears > MAX_NEARS:
                parser.note(f"At most {MAX_NEARS} NEARs are understood; here AND was taken.")
                return False
        return True
