"""Hits: the distinct spans that the positive leaves of a query match.

A leaf is a word, a pattern (each of its words is a word), a phrase or a near; overlapping spans
count, a near counts its minimal spans, and filters and what is negated have none. The count of
a search, what is lit in a text and "3 of 17" all come from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index.evaluation import Evaluator
from incipit.index.evaluation_segment import NOTHING
from incipit.index.evaluation_spans import NO_SPANS, Spans, distinct_words, union_of_spans
from incipit.index.query_nodes import DocumentFilter


@dataclass(frozen=True, slots=True)
class Leaves:
    """The positive leaves of a query: single words and patterns, and what spans several."""

    words: tuple[wq.Query, ...] = ()
    spans: tuple[wq.Query, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.spans)


def positive_leaves(query: wq.Query) -> Leaves:
    """Return the leaves of ``query`` whose spans are hits, each once."""
    words: dict[wq.Query, None] = {}
    spans: dict[wq.Query, None] = {}
    _collect(query, words, spans)
    return Leaves(tuple(words), tuple(spans))


def _collect(query: wq.Query, words: dict[wq.Query, None], spans: dict[wq.Query, None]) -> None:
    kind = type(query)
    several = isinstance(query, ws.SpanQuery | wq.Sequence)
    if several or (kind is wq.Phrase and len(query.words) > 1):
        spans[query] = None
    elif kind is wq.Phrase:
        words.update((wq.Term(query.fieldname, word), None) for word in query.words)
    elif kind is wq.AndNot:
        _collect(query.a, words, spans)
    elif kind in (wq.Not, wq.Every, DocumentFilter):
        return
    elif query.is_leaf():
        words[query] = None
    else:
        for part in query.children():
            _collect(part, words, spans)


def count_hits(
    evaluator: Evaluator,
    leaves: Leaves,
    docs: NDArray[np.int64],
    *,
    foreign_spans: Callable[[wq.Query], Spans] = lambda _: NO_SPANS,
) -> NDArray[np.int64]:
    """Return the number of hits in each of ``docs`` (ascending), int64 of the same length.

    ``foreign_spans`` gives the spans of leaves that are not evaluated on columns.
    """
    segment = evaluator.segment
    counts = np.zeros(segment.columns.doc_count, np.int64)
    for _, found, frequencies in segment.postings_of(_terms(evaluator, leaves)):
        counts += np.bincount(found, frequencies, minlength=len(counts)).astype(np.int64)
    for spans in _distinct_groups(evaluator, leaves, foreign_spans):
        counts += segment.counts_of(spans.starts)
    return counts[docs]


def _terms(evaluator: Evaluator, leaves: Leaves) -> NDArray[np.int64]:
    """Return the terms of all single words together, each once."""
    known = [leaf for leaf in leaves.words if evaluator.knows_words(leaf)]
    if len(known) == 1:
        return evaluator.segment.terms(known[0])
    return np.unique(np.concatenate([NOTHING, *map(evaluator.segment.terms, known)]))


def _distinct_groups(
    evaluator: Evaluator, leaves: Leaves, foreign_spans: Callable[[wq.Query], Spans]
) -> list[Spans]:
    """Return the spans of phrases and nears so that no span is in two of the results."""
    known = [leaf for leaf in leaves.spans if evaluator.knows_spans(leaf)]
    foreign = [leaf for leaf in leaves.spans if not evaluator.knows_spans(leaf)]
    foreign += [leaf for leaf in leaves.words if _is_foreign(evaluator, leaf)]
    if not foreign and all(distinct_words(leaf) is not None for leaf in known):
        # Phrases of other words never stand in the same place: nothing to compare.
        unique = {distinct_words(leaf): leaf for leaf in known}
        return [evaluator.spans(leaf) for leaf in unique.values()]
    spans = union_of_spans([*map(evaluator.spans, known), *map(foreign_spans, foreign)])
    if not foreign:
        return [spans]
    # A foreign leaf may match a single token that is the hit of a word already.
    word = np.isin(spans.starts, evaluator.segment.positions(_terms(evaluator, leaves)))
    other = ~(word & (spans.ends == spans.starts + 1))
    return [Spans(spans.starts[other], spans.ends[other])]


def _is_foreign(evaluator: Evaluator, leaf: wq.Query) -> bool:
    return bool(leaf.field() == evaluator.field) and not evaluator.knows_words(leaf)


def all_spans(evaluator: Evaluator, leaves: Leaves) -> NDArray[np.int64]:
    """Return every hit of the segment, int64 (n, 2), half open, by start, then end."""
    positions = evaluator.segment.positions(_terms(evaluator, leaves))
    known = [leaf for leaf in leaves.spans if evaluator.knows_spans(leaf)]
    longer = union_of_spans(map(evaluator.spans, known))
    if not len(longer):
        return np.stack([positions, positions + 1], axis=1)
    if not len(positions):
        return np.stack([longer.starts, longer.ends], axis=1)
    # A phrase or near spans at least two tokens: it is never the span of a word.
    starts = np.concatenate([positions, longer.starts])
    ends = np.concatenate([positions + 1, longer.ends])
    order = np.lexsort((ends, starts))
    return np.stack([starts[order], ends[order]], axis=1)
