"""Vectorised evaluation of a Whoosh query tree on the token columns of all segments.

Owns what each class of query means on arrays: a term is a slice of postings, OR adds scores
into an array, AND restricts, phrases and nears come from `evaluation_spans`. The documents and
scores are those of Whoosh's own matchers (with exact document lengths). A class that is not
known here is handed to Whoosh's matchers through ``fallback``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index.collection import NOTHING
from incipit.index.evaluation_sets import (
    NO_MATCH,
    Matched,
    is_among,
    places_in,
    restricted,
)
from incipit.index.evaluation_span_sets import Need, Spans
from incipit.index.evaluation_spans import NEARS, SpanFinder, distinct_words, has_spans
from incipit.index.evaluation_view import CollectionView, Counts
from incipit.index.evaluation_words import Expansion, expanded
from incipit.index.expansion import WORD_LEAVES, is_expandable, text_of
from incipit.index.query_nodes import DocumentFilter
from incipit.index.scoring import Bm25
from incipit.models import Filter

#: Evaluates one query that is not known here; deleted documents may be among the result.
Fallback = Callable[[wq.Query], Matched]


class Evaluator:
    """Evaluates queries on a collection; for one search in one thread.

    ``field`` is the text field of the columns. ``keys_for`` answers a filter with the sorted
    keys of its documents. ``current`` is the ``needs_current`` of Whoosh's search context.
    """

    def __init__(
        self,
        view: CollectionView,
        field: str,
        *,
        model: Bm25,
        keys_for: Callable[[Filter], NDArray[np.int64]],
        fallback: Fallback,
        current: bool = False,
    ) -> None:
        self.view = view
        self.collection = view.collection
        self.field = field
        self._model = model
        self._keys_for = keys_for
        self._fallback = fallback
        self._current = current
        self._finders = [SpanFinder(segment) for segment in view.segments]
        self._spans: dict[wq.Query, list[Spans]] = {}
        self._span_counts: dict[wq.Query, Counts] = {}
        self._expansions: dict[wq.Query, Expansion] = {}

    def evaluate(self, query: wq.Query) -> Matched:
        """Return the living documents that match, with their scores."""
        matched = self._match(query, None)
        live = self.collection.live
        return matched if live is None else matched.only(live[matched.docs])

    def spans(self, number: int, leaf: wq.Query) -> Spans:
        """Return the minimal spans of a phrase or a near in one segment, in its positions."""
        return self._all_spans(leaf)[number]

    def _all_spans(self, leaf: wq.Query) -> list[Spans]:
        known = self._spans.get(leaf)
        if known is None:
            known = [finder.find(leaf, Need.MINIMAL) for finder in self._finders]
            self._spans[leaf] = known
        return known

    def span_counts(self, leaf: wq.Query) -> Counts:
        """Return the documents of a phrase or a near, and how many spans each has."""
        known = self._span_counts.get(leaf)
        if known is None:
            known = self._span_counts[leaf] = self._count_spans(leaf)
        return known

    def _count_spans(self, leaf: wq.Query) -> Counts:
        words = distinct_words(leaf)
        if words is not None and len(words) == 2 and leaf not in self._spans:
            ready = self.view.pair_postings(*words)
            if ready is not None:
                return ready
        bases = zip(self._all_spans(leaf), self.collection.position_bases, strict=False)
        starts = [spans.starts + base for spans, base in bases if len(spans)]
        return self.collection.counted(np.concatenate([NOTHING, *starts]))

    def word_counts(self, leaf: wq.Query) -> Counts:
        """Return the documents of a word or pattern, and how many tokens of it each has."""
        if type(leaf) is wq.Term:
            return self.view.postings(text_of(leaf))
        return self._expansion(leaf).counts

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
        self.view.check()
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

    def _match_term(
        self, query: wq.Term, within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        return self._match_text(text_of(query), within).boosted(query.boost)

    def _match_text(self, word: str, within: NDArray[np.int64] | None) -> Matched:
        docs, frequencies = self._read(word, within)
        if not len(docs):
            return NO_MATCH
        idf = self.collection.idf(self.view.document_frequency(word))
        norms = self.collection.norms(self._model)
        return Matched(docs, self._model.scores(idf, frequencies, norms[docs]))

    def _read(self, word: str, within: NDArray[np.int64] | None) -> Counts:
        counts = None if within is None else self.view.counts_within((word,), within)
        if within is not None and counts is not None:
            found = np.flatnonzero(counts[0])
            return within[found], counts[0][found]
        docs, frequencies = self.view.postings(word)
        kept = places_in(docs, within)
        return (docs, frequencies) if kept is None else (docs[kept], frequencies[kept])

    def _match_pattern(
        self, query: wq.Query, within: NDArray[np.int64] | None, current: bool
    ) -> Matched:
        if _is_every(query):
            return self._match_every(wq.Every(self.field, boost=query.boost), within, current)
        expansion = self._expansion(query)
        scores = expansion.scores * query.boost
        if getattr(query, "constantscore", False):
            scores = expansion.unscored(scores, self.collection, current=current)
        return restricted(Matched(expansion.counts[0], scores), within)

    def _expansion(self, leaf: wq.Query) -> Expansion:
        known = self._expansions.get(leaf)
        if known is None:
            known = self._expansions[leaf] = expanded(self.view, leaf, self._model)
        return known

    # Phrases and nears ------------------------------------------------------------------------

    def _match_spans(
        self, query: wq.Query, within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        docs = self.span_counts(query)[0]
        kept = places_in(docs, within)
        return self._score_spans(query, docs if kept is None else docs[kept])

    def _score_spans(self, query: wq.Query, docs: NDArray[np.int64]) -> Matched:
        """Return ``docs``, which all match, with the scores of the words of ``query``."""
        kind = type(query)
        scores = np.zeros(len(docs))
        if not len(docs):
            return Matched(docs, scores)
        if kind is wq.Phrase:
            scores = self._score_words(query.words, docs)
        else:
            for part in (query.a, query.b) if kind in NEARS else query.qs:
                scores += self._match(part, docs, current=True).scores
        return Matched(docs, scores).boosted(getattr(query, "boost", 1.0))

    def _score_words(self, words: Sequence[str], docs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the sums of the scores of words that stand in all of ``docs``."""
        counts = self.view.counts_within(words, docs)
        if counts is not None:
            idf = [[self.collection.idf(self.view.document_frequency(word))] for word in words]
            norms = self.collection.norms(self._model)[docs]
            total: NDArray[np.float64] = self._model.scores(np.array(idf), counts, norms).sum(0)
            return total
        return sum((self._match_text(word, docs).scores for word in words), np.zeros(len(docs)))

    # Combinations -------------------------------------------------------------------------------

    def _match_or(self, query: wq.Or, within: NDArray[np.int64] | None, current: bool) -> Matched:
        subqueries = query.subqueries
        if len(subqueries) <= 1:
            # Whoosh leaves out the boost of a combination of one.
            return self._match(subqueries[0], within, current) if subqueries else NO_MATCH
        scores = np.zeros(self.collection.doc_count)
        found = np.zeros(len(scores), bool)
        for part in subqueries:
            matched = self._match(part, within, current)
            found[matched.docs] = True
            scores[matched.docs] += matched.scores
        docs = np.flatnonzero(found)
        return Matched(docs, scores[docs]).boosted(query.boost)

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
        return result.boosted(query.boost)

    def _size(self, query: wq.Query) -> int:
        """Return a guess at how many documents match, to begin with the fewest."""
        if type(query) is wq.Term and self.knows_words(query):
            return self.view.document_frequency(text_of(query))
        if type(query) is DocumentFilter:
            return 0
        return self.collection.token_count + (type(query) is wq.Not)

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
            docs = docs[self.collection.lengths[docs] > 0]
        return Matched(docs, np.full(len(docs), float(query.boost or 1.0)))

    def _match_filter(
        self, query: DocumentFilter, within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        wanted = self._keys_for(query.filter)
        docs = self._all() if within is None else within
        docs = docs[is_among(self.collection.doc_keys[docs], wanted)]
        return Matched(docs, np.zeros(len(docs)))

    def _match_nothing(
        self, _query: wq.Query, _within: NDArray[np.int64] | None, _current: bool
    ) -> Matched:
        return NO_MATCH

    def _all(self) -> NDArray[np.int64]:
        return np.arange(self.collection.doc_count)


_SPANNING = frozenset({wq.Phrase, ws.SpanNear2}) | NEARS
_WORD_RULES = {
    wq.Term: Evaluator._match_term,
    **dict.fromkeys(WORD_LEAVES - {wq.Term}, Evaluator._match_pattern),
}
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
