"""Vectorised evaluation of a Whoosh query tree on the token columns of one segment.

Owns what each class of query means on arrays: a term is a slice of postings, OR adds scores
into an array, AND restricts, phrases and nears come from `evaluation_spans`. The documents and
scores are those of Whoosh's own matchers (with exact document lengths). A class that is not
known here is handed to Whoosh's matchers through ``fallback``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index.evaluation_segment import SegmentView
from incipit.index.evaluation_sets import (
    NO_MATCH,
    Matched,
    is_among,
    places_in,
    restricted,
)
from incipit.index.evaluation_spans import NEARS, Need, SpanFinder, Spans, has_spans
from incipit.index.expansion import is_expandable
from incipit.index.query_nodes import DocumentFilter
from incipit.index.scoring import Bm25, Collection
from incipit.models import Filter

#: From these numbers on Whoosh scores an unscored expansion by its words (query/compound.py).
_WHOOSH_MAX_CLAUSES = 1024
_WHOOSH_SMALL_INDEX = 5000


#: Evaluates one query that is not known here; deleted documents may be among the result.
Fallback = Callable[[wq.Query], Matched]


class Evaluator:
    """Evaluates queries on one segment; for one search in one thread.

    ``field`` is the text field of the columns. ``keys_for`` answers a filter with the sorted
    keys of its documents. ``current`` is the ``needs_current`` of Whoosh's search context.
    """

    def __init__(
        self,
        segment: SegmentView,
        field: str,
        *,
        collection: Collection,
        model: Bm25,
        keys_for: Callable[[Filter], NDArray[np.int64]],
        fallback: Fallback,
        current: bool = False,
    ) -> None:
        self.segment = segment
        self.field = field
        self._collection = collection
        self._model = model
        self._keys_for = keys_for
        self._fallback = fallback
        self._current = current
        self._spans = SpanFinder(segment)
        self._span_cache: dict[wq.Query, Spans] = {}

    def evaluate(self, query: wq.Query) -> Matched:
        """Return the living documents that match, with their scores."""
        matched = self._match(query, None)
        live = self.segment.columns.live
        return matched if live is None else matched.only(live[matched.docs])

    def spans(self, leaf: wq.Query) -> Spans:
        """Return the minimal spans of a phrase or a near."""
        known = self._span_cache.get(leaf)
        if known is None:
            known = self._span_cache[leaf] = self._spans.find(leaf, Need.MINIMAL)
        return known

    def knows_spans(self, leaf: wq.Query) -> bool:
        """Return whether ``leaf`` is a phrase or near on the text field, in a known form."""
        return has_spans(leaf) and _fields(leaf) == {self.field}

    def knows_words(self, leaf: wq.Query) -> bool:
        """Return whether ``leaf`` is a word or pattern on the text field, in a known form."""
        return is_expandable(leaf) and leaf.fieldname == self.field

    def _match(
        self, query: wq.Query, within: NDArray[np.int64] | None, current: bool | None = None
    ) -> Matched:
        """Return the documents of ``query``, only those ``within`` where that is given."""
        self.segment.check()
        current = self._current if current is None else current
        rule = _RULES.get(type(query))
        if rule is None or not self._is_known(query):
            return restricted(self._fallback(query), within)
        return rule(self, query, within, current)

    def _is_known(self, query: wq.Query) -> bool:
        kind = type(query)
        if kind in _SPANNING:
            return self.knows_spans(query)
        if kind is wq.Or:
            return not query.scale
        if kind is wq.Every:
            return query.fieldname in (None, self.field)
        if kind in _WORD_RULES:
            return self.knows_words(query)
        return True

    # Words ----------------------------------------------------------------------------------

    def _match_word(
        self, query: wq.Query, within: NDArray[np.int64] | None, current: bool
    ) -> Matched:
        if _is_every(query):
            return self._match_every(wq.Every(self.field, boost=query.boost), within, current)
        matched = self._match_terms(query, within)
        constant = getattr(query, "constantscore", False)
        if constant and self._is_unscored(len(self.segment.terms(query)), current):
            return Matched(matched.docs, np.ones(len(matched.docs)))
        return Matched(matched.docs, matched.scores * query.boost)

    def _is_unscored(self, words: int, current: bool) -> bool:
        """Return whether Whoosh gives 1 to each document of an expansion (Or._matcher)."""
        if words <= 1:
            return False
        small = self.segment.columns.doc_count <= _WHOOSH_SMALL_INDEX and words != 2
        return words >= _WHOOSH_MAX_CLAUSES or (small and not current)

    def _match_terms(self, leaf: wq.Query, within: NDArray[np.int64] | None) -> Matched:
        """Return the documents of any of the terms of a leaf, with the sum of their scores."""
        terms = self.segment.terms(leaf)
        if not len(terms):
            return NO_MATCH
        idf = self._collection.idf(self.segment, leaf)
        if len(terms) == 1:
            docs, frequencies = self.segment.postings(int(terms[0]))
            kept = places_in(docs, within)
            if kept is not None:
                docs, frequencies = docs[kept], frequencies[kept]
            return Matched(docs, self._score(idf[0], docs, frequencies))
        weights = np.zeros(self.segment.columns.term_count)
        weights[terms] = idf
        scores = np.zeros(self.segment.columns.doc_count)
        found = np.zeros(len(scores), bool)
        for some, docs, frequencies in self.segment.postings_of(terms):
            found[docs] = True
            added = self._score(weights[some], docs, frequencies)
            scores += np.bincount(docs, added, minlength=len(scores))
        matched = np.flatnonzero(found)
        return restricted(Matched(matched, scores[matched]), within)

    def _score(
        self,
        idf: NDArray[np.float64] | float,
        docs: NDArray[np.int64],
        frequencies: NDArray[np.int64],
    ) -> NDArray[np.float64]:
        return self._model.scores(idf, frequencies, self._norms[docs])

    @cached_property
    def _norms(self) -> NDArray[np.float64]:
        return self._model.norms(self.segment.lengths, self._collection.average_length)

    # Phrases and nears ------------------------------------------------------------------------

    def _match_spans(
        self, query: wq.Query, within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        docs = np.flatnonzero(self.segment.counts_of(self.spans(query).starts))
        kept = places_in(docs, within)
        return self._score_spans(query, docs if kept is None else docs[kept])

    def _score_spans(self, query: wq.Query, docs: NDArray[np.int64]) -> Matched:
        """Return ``docs``, which all match, with the scores of the words of ``query``."""
        kind = type(query)
        if kind is wq.Phrase:
            parts: list[wq.Query] = [wq.Term(query.fieldname, word) for word in query.words]
        elif kind in NEARS:
            parts = [query.a, query.b]
        else:
            parts = list(query.qs)
        scores = np.zeros(len(docs))
        for part in parts:
            if len(docs):
                scores += self._match(part, docs, current=True).scores
        return Matched(docs, scores * getattr(query, "boost", 1.0))

    # Combinations -------------------------------------------------------------------------------

    def _match_or(self, query: wq.Or, within: NDArray[np.int64] | None, current: bool) -> Matched:
        subqueries = query.subqueries
        if len(subqueries) <= 1:
            # Whoosh leaves out the boost of a combination of one.
            return self._match(subqueries[0], within, current) if subqueries else NO_MATCH
        scores = np.zeros(self.segment.columns.doc_count)
        found = np.zeros(len(scores), bool)
        for part in subqueries:
            matched = self._match(part, within, current)
            found[matched.docs] = True
            scores[matched.docs] += matched.scores
        docs = np.flatnonzero(found)
        return Matched(docs, scores[docs] * query.boost)

    def _match_and(self, query: wq.And, within: NDArray[np.int64] | None, current: bool) -> Matched:
        subqueries = query.subqueries
        if len(subqueries) <= 1:
            return self._match(subqueries[0], within, current) if subqueries else NO_MATCH
        result: Matched | None = None
        for part in sorted(subqueries, key=self._size):
            matched = self._match(part, within, current)
            if result is not None:
                earlier = places_in(result.docs, matched.docs)
                matched = Matched(matched.docs, matched.scores + result.scores[earlier])
            result = matched
            within = matched.docs
            if not len(within):
                return NO_MATCH
        assert result is not None
        return Matched(result.docs, result.scores * query.boost)

    def _size(self, query: wq.Query) -> int:
        """Return a guess at how many documents match, to begin with the fewest."""
        if type(query) is wq.Term and self.knows_words(query):
            return self.segment.frequency(self.segment.terms(query))
        if type(query) is DocumentFilter:
            return 0
        return self.segment.columns.token_count + (type(query) is wq.Not)

    def _match_not(self, query: wq.Not, within: NDArray[np.int64] | None, current: bool) -> Matched:
        docs = self._all() if within is None else within
        excluded = places_in(docs, self._match(query.query, within, current).docs)
        docs = np.delete(docs, excluded) if excluded is not None else docs
        # Whoosh gives 1 to what does not match, whatever the boost.
        return Matched(docs, np.ones(len(docs)))

    def _match_and_not(
        self, query: wq.AndNot, within: NDArray[np.int64] | None, current: bool
    ) -> Matched:
        matched = self._match(query.a, within, current)
        excluded = places_in(matched.docs, self._match(query.b, matched.docs, False).docs)
        assert excluded is not None
        return Matched(np.delete(matched.docs, excluded), np.delete(matched.scores, excluded))

    def _match_and_maybe(
        self, query: wq.AndMaybe, within: NDArray[np.int64] | None, current: bool
    ) -> Matched:
        matched = self._match(query.a, within, current)
        more = self._match(query.b, matched.docs, current)
        scores = matched.scores.copy()
        scores[places_in(matched.docs, more.docs)] += more.scores
        return Matched(matched.docs, scores)

    def _match_require(
        self, query: wq.Require, within: NDArray[np.int64] | None, current: bool
    ) -> Matched:
        matched = self._match(query.a, within, current)
        return restricted(matched, self._match(query.b, matched.docs, False).docs)

    def _match_constant(
        self, query: wq.ConstantScoreQuery, within: NDArray[np.int64] | None, current: bool
    ) -> Matched:
        matched = self._match(query.child, within, current)
        if current:
            return matched
        return Matched(matched.docs, np.full(len(matched.docs), float(query.score)))

    def _match_every(
        self, query: wq.Every, within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        docs = self._all() if within is None else within
        if query.fieldname is not None:
            docs = docs[self.segment.lengths[docs] > 0]
        return Matched(docs, np.full(len(docs), float(query.boost or 1.0)))

    def _match_filter(
        self, query: DocumentFilter, within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        wanted = self._keys_for(query.filter)
        docs = self._all() if within is None else within
        docs = docs[is_among(self.segment.columns.doc_keys[docs], wanted)]
        return Matched(docs, np.zeros(len(docs)))

    def _match_nothing(
        self, _query: wq.Query, _within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        return NO_MATCH

    def _all(self) -> NDArray[np.int64]:
        return np.arange(self.segment.columns.doc_count)


_SPANNING = frozenset({wq.Phrase, ws.SpanNear2}) | NEARS
_WORD_RULES = dict.fromkeys(
    (wq.Term, wq.Prefix, wq.Wildcard, wq.Regex, wq.FuzzyTerm, wq.Variations), Evaluator._match_word
)
_RULES = {
    **_WORD_RULES,
    **dict.fromkeys(_SPANNING, Evaluator._match_spans),
    wq.Or: Evaluator._match_or,
    wq.And: Evaluator._match_and,
    wq.Not: Evaluator._match_not,
    wq.AndNot: Evaluator._match_and_not,
    wq.AndMaybe: Evaluator._match_and_maybe,
    wq.Require: Evaluator._match_require,
    wq.ConstantScoreQuery: Evaluator._match_constant,
    wq.Every: Evaluator._match_every,
    DocumentFilter: Evaluator._match_filter,
    type(wq.NullQuery): Evaluator._match_nothing,
}


def _is_every(query: wq.Query) -> bool:
    every = {wq.Prefix: "", wq.Wildcard: "*", wq.Regex: ".*"}
    return bool(every.get(type(query)) == query.text)


def _fields(query: wq.Query) -> set[str | None]:
    """Return the fields of the words of a phrase or near."""
    kind = type(query)
    if kind in NEARS:
        return _fields(query.a) | _fields(query.b)
    if kind is ws.SpanNear2:
        return set().union(*map(_fields, query.qs))
    if kind is wq.Or:
        return set().union(*map(_fields, query.subqueries))
    return {query.fieldname}
