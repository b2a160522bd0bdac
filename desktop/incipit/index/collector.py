"""A Whoosh collector that evaluates a query on whole columns, not document by document.

``searcher.search_with_collector(query, ColumnCollector())`` on a searcher over the columnar
codec. Query classes that are not evaluated on columns go through Whoosh's matchers, as does
everything where the searcher weighs documents by something else than BM25F.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.collectors import Collector
from whoosh.idsets import DocIdSet
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import Results, SearchContext, Searcher

from incipit.errors import BugError
from incipit.index.codec_documents import ColumnDocuments
from incipit.index.collection import NOTHING, Collection
from incipit.index.columns import SegmentColumns
from incipit.index.evaluation import Evaluator
from incipit.index.evaluation_sets import Matched
from incipit.index.evaluation_span_sets import NO_SPANS, Spans, union_of_spans
from incipit.index.evaluation_view import CollectionView
from incipit.index.hits import count_hits, positive_leaves
from incipit.index.inversion import CONTENT
from incipit.index.scoring import Bm25
from incipit.models import CancelToken, Filter

#: Documents to keep or leave out: a query, results, or a set or array of document numbers.
Chosen: TypeAlias = "wq.Query | Results | DocIdSet | set[int] | NDArray[np.int64]"

#: Columns, for each value that is wanted, of the table in which the best are looked for, and
#: the rows from which on that pays.
_COLUMNS = 8
_FEWEST_ROWS = 8


class ColumnCollector(Collector):
    """Collects all documents of a search, or the best ``limit`` of them, in order.

    ``order`` is "score" or "hits" (descending, then by document), or an array with a value for
    each document number of the searcher (ascending). ``allow`` and ``restrict`` keep and leave
    out documents. ``keys_for`` answers document filters. After the search ``docs`` (int64,
    numbers of the top searcher), ``scores`` and ``hits`` are parallel, in that order.

    It cannot be wrapped by Whoosh's other collectors, which ask for one document at a time.
    """

    def __init__(
        self,
        *,
        limit: int | None = None,
        order: str | NDArray[np.generic] = "score",
        allow: Chosen | None = None,
        restrict: Chosen | None = None,
        field: str = CONTENT,
        keys_for: Callable[[Filter], NDArray[np.int64]] | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        self._limit = limit
        self._order = order
        self._allow = allow
        self._restrict = restrict
        self._field = field
        self._keys_for = keys_for or _no_filters
        self._cancel = cancel
        self._total = 0
        self._all: NDArray[np.int64] = NOTHING
        self.docs: NDArray[np.int64] = NOTHING
        self.scores: NDArray[np.float64] = np.empty(0)
        self.hits: NDArray[np.int64] = NOTHING

    def run(self) -> None:
        """Evaluate the query on every segment.

        Raises:
            Cancelled: the cancel token was set.
        """
        try:
            self._run()
        finally:
            self.finish()

    def _run(self) -> None:
        searchers = [
            searcher
            for searcher, _ in self.top_searcher.leaf_searchers()
            if searcher.doc_count_all()
        ]
        columns = [_columns(searcher, self._field) for searcher in searchers]
        view = CollectionView(Collection(columns), self._cancel)
        model = _model_of(self.top_searcher, self._field)
        fallback = _Matchers(searchers, self.context, view)
        evaluator = Evaluator(
            view,
            self._field,
            model=model or Bm25(),
            keys_for=self._keys_for,
            fallback=fallback.match,
            current=self.context.needs_current,
        )
        if model is None:
            matched = _living(fallback.match(self.q), view)
        else:
            matched = evaluator.evaluate(self.q)
        hits = count_hits(
            evaluator, positive_leaves(self.q), matched.docs, foreign_spans=fallback.spans
        )
        kept = self._chosen(matched.docs)
        self._arrange(matched.docs[kept], matched.scores[kept], hits[kept])

    def _chosen(self, docs: NDArray[np.int64]) -> NDArray[np.bool_]:
        kept = np.ones(len(docs), bool)
        for chosen, wanted in ((self._allow, True), (self._restrict, False)):
            if chosen is not None:
                kept &= np.isin(docs, self._numbers(chosen)) == wanted
        return kept

    def _numbers(self, chosen: Chosen) -> NDArray[np.int64]:
        if isinstance(chosen, np.ndarray):
            return chosen
        if isinstance(chosen, wq.Query):
            inner = ColumnCollector(field=self._field, keys_for=self._keys_for, cancel=self._cancel)
            self.top_searcher.search_with_collector(chosen, inner)
            return inner.docs
        docs = chosen.docs() if isinstance(chosen, Results) else chosen
        return np.fromiter(docs, np.int64)

    def _arrange(
        self,
        docs: NDArray[np.int64],
        scores: NDArray[np.float64],
        hits: NDArray[np.int64],
    ) -> None:
        self._total = len(docs)
        self._all = docs
        if isinstance(self._order, np.ndarray):
            values = self._order[docs]
        elif self._order in ("score", "hits"):
            values = -scores if self._order == "score" else -hits
        else:
            raise BugError(f"no order of results is called {self._order}")
        order = best_first(values, self._limit)
        self.docs, self.scores, self.hits = docs[order], scores[order], hits[order]

    def computes_count(self) -> bool:
        """Return True: every match is counted, whatever the limit."""
        return True

    def count(self) -> int:
        """Return the number of documents that match."""
        return self._total

    def all_ids(self) -> Iterator[int]:
        """Return the numbers of all documents that match, ascending."""
        return iter(self._all.tolist())

    def results(self) -> Results:
        """Return the documents in order as Whoosh's results, with their scores."""
        items = list(zip(self.scores.tolist(), self.docs.tolist(), strict=True))
        return self._results(items, docset=set(self._all.tolist()))


def best_first(values: NDArray[np.generic], limit: int | None) -> NDArray[np.int64]:
    """Return the places of the ``limit`` smallest values (None: of all), the smallest first.

    Equal values keep their order, also where the limit cuts through them.
    """
    if limit is None or limit >= len(values):
        return np.argsort(values, kind="stable")
    if limit <= 0:
        return NOTHING
    near = _near_the_best(values, limit)
    some = values[near]
    bound = np.partition(some, limit - 1)[limit - 1]
    sure = np.flatnonzero(some < bound)
    ties = np.flatnonzero(some == bound)[: limit - len(sure)]
    places: NDArray[np.int64] = near[np.sort(np.concatenate([sure, ties]))]
    return places[np.argsort(values[places], kind="stable")]


def _near_the_best(values: NDArray[np.generic], limit: int) -> NDArray[np.int64]:
    """Return places, ascending, among which are those of the ``limit`` smallest values.

    Those of all values up to a bound: where as many columns of a table have a minimum up to it,
    it is one. To find it takes a step through the values, and not an order of them.
    """
    width = limit * _COLUMNS
    rows = len(values) // width
    if rows < _FEWEST_ROWS:
        return np.arange(len(values))
    minima = values[: rows * width].reshape(rows, width).min(axis=0)
    return np.flatnonzero(values <= np.partition(minima, limit - 1)[limit - 1])


class _Matchers:
    """Evaluates by Whoosh's matchers what columns do not know, one segment after the other."""

    def __init__(
        self, searchers: Sequence[Searcher], context: SearchContext, view: CollectionView
    ) -> None:
        self._searchers = searchers
        self._context = context
        self._view = view

    def match(self, query: wq.Query) -> Matched:
        """Return the documents and scores of a query."""
        docs: list[int] = []
        scores: list[float] = []
        bases = self._view.collection.doc_bases
        for searcher, base in zip(self._searchers, bases, strict=False):
            for matcher in self._steps(searcher, query, self._context):
                docs.append(matcher.id() + base)
                scores.append(matcher.score())
        return Matched(np.array(docs, np.int64), np.array(scores, np.float64))

    def spans(self, number: int, query: wq.Query) -> Spans:
        """Return the spans of a query in one segment, as far as its matchers tell them."""
        found: list[tuple[int, int]] = []
        starts = self._view.segments[number].columns.doc_starts
        context = self._context.set(needs_current=True)
        for matcher in self._steps(self._searchers[number], query, context):
            if not matcher.supports("positions"):
                return NO_SPANS
            base = int(starts[matcher.id()])
            found.extend((base + span.start, base + span.end + 1) for span in matcher.spans())
        pairs = np.array(found, np.int64).reshape(-1, 2)
        return union_of_spans([Spans(pairs[:, 0], pairs[:, 1])])

    def _steps(
        self, searcher: Searcher, query: wq.Query, context: SearchContext
    ) -> Iterator[Matcher]:
        try:
            matcher = query.matcher(searcher, context)
        except TermNotFound:
            return
        while matcher.is_active():
            self._view.check()
            yield matcher
            matcher.next()


def _columns(searcher: Searcher, field: str) -> SegmentColumns:
    """Return the columns under a searcher of one segment."""
    reader: IndexReader = searcher.reader()
    documents = getattr(reader, "_perdoc", None)
    if not isinstance(documents, ColumnDocuments):
        raise BugError("the searcher is not over the columnar codec")
    return documents.columns(field)


def _model_of(searcher: Searcher, field: str) -> Bm25 | None:
    """Return the parameters of BM25F where the searcher weighs by it."""
    weighting = searcher.weighting
    if type(weighting) is not BM25F:
        return None
    return Bm25(weighting._field_B.get(field, weighting.B), weighting.K1)


def _living(matched: Matched, view: CollectionView) -> Matched:
    live = view.collection.live
    return matched if live is None else matched.only(live[matched.docs])


def _no_filters(_condition: Filter) -> NDArray[np.int64]:
    raise BugError("a query with document filters needs someone who knows the documents")
