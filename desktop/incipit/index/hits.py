"""Hits: the distinct spans that the positive leaves of a query match.

A leaf is a word, a pattern (each of its words is a word), a phrase or a near; overlapping spans
count, a near counts its minimal spans, and filters and what is negated have none. The count of
a search, what is lit in a text and "3 of 17" all come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index.collection import NOTHING
from incipit.index.evaluation import Evaluator
from incipit.index.evaluation_segment import SegmentView
from incipit.index.evaluation_sets import values_at
from incipit.index.evaluation_span_sets import NO_SPANS, Spans, union_of_spans
from incipit.index.evaluation_spans import distinct_words
from incipit.index.evaluation_view import Counts
from incipit.index.expansion import text_of
from incipit.index.query_nodes import DocumentFilter

#: Up to so many documents are looked up; of more, the counts are added in a table of all.
_FEW_DOCUMENTS = 500


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
    foreign_spans: Callable[[int, wq.Query], Spans] = lambda _number, _leaf: NO_SPANS,
) -> NDArray[np.int64]:
    """Return the number of hits in each of ``docs`` (ascending), int64 of the same length.

    ``foreign_spans`` gives the spans in a segment of leaves that are not evaluated on columns.
    """
    groups = [*_word_counts(evaluator, leaves), *_span_counts(evaluator, leaves, foreign_spans)]
    if len(groups) == 1 or len(docs) <= _FEW_DOCUMENTS:
        counts = (values_at(docs, found, numbers) for found, numbers in groups)
        return sum(counts, np.zeros(len(docs), np.int64))
    table = np.zeros(evaluator.collection.doc_count, np.int64)
    for found, numbers in groups:
        table[found] += numbers
    return table[docs]


def _word_counts(evaluator: Evaluator, leaves: Leaves) -> list[Counts]:
    """Return the counts of single words and patterns, so that no token is in two of them."""
    known = [leaf for leaf in leaves.words if evaluator.knows_words(leaf)]
    if len(known) <= 1 or all(type(leaf) is wq.Term for leaf in known):
        unique = {text_of(leaf) if type(leaf) is wq.Term else None: leaf for leaf in known}
        return [evaluator.word_counts(leaf) for leaf in unique.values()]
    counts: list[Counts] = []
    for base, segment in evaluator.view.based():
        tokens = np.zeros(segment.columns.doc_count, np.int64)
        for _, found, frequencies in segment.postings_of(_terms(segment, known)):
            tokens += np.bincount(found, frequencies, minlength=len(tokens)).astype(np.int64)
        docs = np.flatnonzero(tokens)
        counts.append((docs + base, tokens[docs]))
    return counts


def _terms(segment: SegmentView, leaves: Sequence[wq.Query]) -> NDArray[np.int64]:
    """Return the terms of all single words together, each once."""
    if len(leaves) == 1:
        return segment.terms(leaves[0])
    return np.unique(np.concatenate([NOTHING, *map(segment.terms, leaves)]))


def _span_counts(
    evaluator: Evaluator, leaves: Leaves, foreign_spans: Callable[[int, wq.Query], Spans]
) -> list[Counts]:
    """Return the counts of phrases and nears, so that no span is in two of them."""
    known = [leaf for leaf in leaves.spans if evaluator.knows_spans(leaf)]
    foreign = [leaf for leaf in leaves.spans if not evaluator.knows_spans(leaf)]
    foreign += [leaf for leaf in leaves.words if _is_foreign(evaluator, leaf)]
    if not foreign and (len(known) == 1 or all(distinct_words(leaf) for leaf in known)):
        # Phrases of other words never stand in the same place: nothing to compare.
        unique = {distinct_words(leaf): leaf for leaf in known}
        return [evaluator.span_counts(leaf) for leaf in unique.values()]
    words = [leaf for leaf in leaves.words if evaluator.knows_words(leaf)]
    starts = [NOTHING]
    for number, base in enumerate(evaluator.collection.position_bases[:-1]):
        own = (evaluator.spans(number, leaf) for leaf in known)
        spans = union_of_spans([*own, *(foreign_spans(number, leaf) for leaf in foreign)])
        if foreign:
            # A foreign leaf may match a single token that is the hit of a word already.
            segment = evaluator.view.segments[number]
            word = np.isin(spans.starts, segment.positions(_terms(segment, words)))
            spans = spans.only(~(word & (spans.ends == spans.starts + 1)))
        starts.append(spans.starts + base)
    return [evaluator.collection.counted(np.concatenate(starts))]


def _is_foreign(evaluator: Evaluator, leaf: wq.Query) -> bool:
    return bool(leaf.field() == evaluator.field) and not evaluator.knows_words(leaf)


def all_spans(evaluator: Evaluator, leaves: Leaves, number: int) -> NDArray[np.int64]:
    """Return every hit of one segment, int64 (n, 2), half open, by start, then end.

    Positions are those of the segment.
    """
    segment = evaluator.view.segments[number]
    words = [leaf for leaf in leaves.words if evaluator.knows_words(leaf)]
    positions = segment.positions(_terms(segment, words))
    known = [leaf for leaf in leaves.spans if evaluator.knows_spans(leaf)]
    longer = union_of_spans(evaluator.spans(number, leaf) for leaf in known)
    if not len(longer):
        return np.stack([positions, positions + 1], axis=1)
    if not len(positions):
        return np.stack([longer.starts, longer.ends], axis=1)
    # A phrase or near spans at least two tokens: it is never the span of a word.
    starts = np.concatenate([positions, longer.starts])
    ends = np.concatenate([positions + 1, longer.ends])
    order = np.lexsort((ends, starts))
    return np.stack([starts[order], ends[order]], axis=1)
