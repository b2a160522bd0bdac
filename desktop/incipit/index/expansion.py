"""Which words of a segment a leaf of a query stands for.

Owns the expansion of words, prefixes, wildcards, fuzzy words and regular expressions over the
sorted lexicon of a segment. Each expansion is a word: what is counted, scored and lit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.index.expansion_automaton import Automaton, Budget
from incipit.index.expansion_lexicon import lexicon_of
from incipit.index.expansion_patterns import (
    Node,
    PatternError,
    literal_prefix,
    parse_regex,
    parse_wildcard,
)
from incipit.models import TokenColumns

#: The leaves that stand for single words. Subclasses may mean something else.
WORD_LEAVES = frozenset({wq.Term, wq.Prefix, wq.Wildcard, wq.Regex, wq.FuzzyTerm, wq.Variations})


def is_expandable(leaf: wq.Query) -> bool:
    """Return whether :func:`terms_of` knows the leaf: a class above, in a form it reads."""
    if type(leaf) not in WORD_LEAVES or not isinstance(leaf.text, str | bytes):
        return False
    if type(leaf) is wq.Regex:
        try:
            parse_regex(text_of(leaf))
        except PatternError:
            return False
    return True


def terms_of(
    leaf: wq.Query,
    columns: TokenColumns,
    *,
    check: Callable[[], None] = lambda: None,
    budget: Budget | None = None,
) -> NDArray[np.int64]:
    """Return the terms of ``columns`` that ``leaf`` stands for, int64 ascending.

    ``check`` is called between steps and may raise; patterns draw on ``budget``.

    Raises:
        PatternTooBroad: a pattern that would take too long.
    """
    text = text_of(leaf)
    kind = type(leaf)
    if kind is wq.Prefix:
        return np.arange(*columns.words_from(text), dtype=np.int64)
    if kind in (wq.Term, wq.Variations):
        words = wq.terms.variations(text) if kind is wq.Variations else (text,)
        found = {columns.find_term(word) for word in words}
        return np.array(sorted(found - {-1}), np.int64)
    steps = _Steps(check, budget or Budget())
    return lexicon_of(columns).remembered(leaf, lambda: _searched(leaf, text, columns, steps))


@dataclass(frozen=True, slots=True)
class _Steps:
    """What is asked between steps, and the time that is left."""

    check: Callable[[], None]
    budget: Budget


def _searched(leaf: wq.Query, text: str, columns: TokenColumns, steps: _Steps) -> NDArray[np.int64]:
    if type(leaf) is wq.FuzzyTerm:
        first, end = 0, columns.term_count
        if leaf.prefixlength:
            first, end = columns.words_from(text[: leaf.prefixlength])
        return lexicon_of(columns).within(text, int(leaf.maxdist), first, end)
    if type(leaf) is wq.Wildcard:
        return _matching(parse_wildcard(text), columns, True, steps)
    node, whole = parse_regex(text)
    return _matching(node, columns, whole, steps)


def text_of(leaf: wq.Query) -> str:
    """Return what a word or pattern was given as."""
    text: str | bytes = leaf.text
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def _matching(node: Node, columns: TokenColumns, whole: bool, steps: _Steps) -> NDArray[np.int64]:
    first, end = columns.words_from(literal_prefix(node))
    if first == end:
        return np.empty(0, np.int64)
    return Automaton(node, whole=whole).accepted(
        lexicon_of(columns), first, end, check=steps.check, budget=steps.budget
    )
