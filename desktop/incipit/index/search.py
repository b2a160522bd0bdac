"""The facade of searching: parse, search, hits in a text, completions, suggestions.

What `services` calls. Knows the columns and the query language, and learns from the store only
which documents a filter stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.errors import BugError
from incipit.index.collection import NOTHING, Collection
from incipit.index.evaluation import Evaluator
from incipit.index.evaluation_sets import Matched
from incipit.index.evaluation_text import TextColumns
from incipit.index.evaluation_view import CollectionView
from incipit.index.expansion_automaton import PatternTooBroad
from incipit.index.hits import all_spans, count_hits
from incipit.index.inversion import CONTENT
from incipit.index.language import ParsedQuery, literally, parse
from incipit.index.scoring import Bm25
from incipit.index.suggest import completions, document_frequency, phrase_offer, ways_on
from incipit.models import CancelToken, Filter, Suggestion, TokenColumns

__all__ = [
    "Matches",
    "ParsedQuery",
    "Snapshot",
    "completions",
    "document_frequency",
    "hits_in_terms",
    "literally",
    "parse",
    "search",
    "spans",
    "suggestions",
]

T = TypeVar("T")

#: Answers a filter with the sorted document ids that it stands for, int64.
KeysFor = Callable[[Filter], NDArray[np.int64]]


class Snapshot(Protocol):
    """The segments of an index at one moment."""

    @property
    def collection(self) -> Collection:
        """The columns of all segments."""


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """All documents that match, in the order of the index; parallel arrays.

    ``keys`` int64 are the store's document ids, ``scores`` float64 (BM25F), ``hits`` int64.
    ``notes`` are plain sentences about what took too long to be searched.
    """

    keys: NDArray[np.int64]
    scores: NDArray[np.float64]
    hits: NDArray[np.int64]
    notes: tuple[str, ...] = ()


def search(
    snapshot: Snapshot,
    parsed: ParsedQuery,
    *,
    keys_for: KeysFor,
    cancel: CancelToken | None = None,
) -> Matches:
    """Return the documents of ``snapshot`` that match; the empty query matches all.

    Raises:
        Cancelled: the cancel token was set; it is asked between steps of milliseconds.
        IndexUnusable: the index turns out to be damaged.
    """
    resolved = _Resolved(keys_for)

    def run(left_out: Mapping[wq.Query, str]) -> Matches:
        return _search(snapshot, parsed, resolved, cancel, left_out)

    return _leaving_out(run)


def spans(
    snapshot: Snapshot,
    parsed: ParsedQuery,
    *,
    keys_for: KeysFor,
    cancel: CancelToken | None = None,
) -> tuple[NDArray[np.int64], ...]:
    """Return the hits of all matching documents, for each segment of ``snapshot``.

    Positions of the segment, int64 (n, 2), half open, by start, then end: those that
    :func:`search` counts. A query of filters alone has none.

    Raises:
        Cancelled: the cancel token was set; it is asked between steps of milliseconds.
        IndexUnusable: the index turns out to be damaged.
    """
    collection = snapshot.collection
    if not parsed.has_hits:
        return tuple(np.empty((0, 2), np.int64) for _ in collection.segments)
    resolved = _Resolved(keys_for)

    def run(left_out: Mapping[wq.Query, str]) -> tuple[NDArray[np.int64], ...]:
        evaluator = _evaluator(CollectionView(collection, cancel, left_out=left_out), resolved)
        matches = np.zeros(collection.doc_count, bool)
        matches[evaluator.evaluate(parsed.query).docs] = True
        return tuple(
            _of_documents(all_spans(evaluator, parsed.leaves, number), columns, matches[base:])
            for number, (columns, base) in enumerate(
                zip(collection.segments, collection.doc_bases, strict=False)
            )
        )

    return _leaving_out(run)


def _of_documents(
    spans: NDArray[np.int64], columns: TokenColumns, wanted: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return those of the spans of a segment that stand in wanted documents."""
    if wanted[: columns.doc_count].all():
        return spans
    starts = np.ascontiguousarray(spans[:, 0])
    counts = np.diff(starts.searchsorted(columns.doc_starts))
    return spans[np.repeat(wanted[: columns.doc_count], counts)]


def hits_in_terms(parsed: ParsedQuery, parts: Iterable[Sequence[str]]) -> NDArray[np.int64]:
    """Return the hits in a text given by its terms: token ranges, int64 (n, 2), half open.

    By start, then end. As many as :func:`search` counts in a document with this text. The terms
    may come in parts; what spans two of them is found too.
    """
    if not parsed.has_hits:
        return np.empty((0, 2), np.int64)
    collection = Collection([TextColumns(parts)])

    def run(left_out: Mapping[wq.Query, str]) -> NDArray[np.int64]:
        view = CollectionView(collection, left_out=left_out)
        return all_spans(_evaluator(view, _no_keys), parsed.leaves, 0)

    return _leaving_out(run)


def _search(
    snapshot: Snapshot,
    parsed: ParsedQuery,
    keys_for: KeysFor,
    cancel: CancelToken | None,
    left_out: Mapping[wq.Query, str],
) -> Matches:
    query = wq.Every() if parsed.query is None else parsed.query
    view = CollectionView(snapshot.collection, cancel, left_out=left_out)
    evaluator = _evaluator(view, keys_for)
    matched = evaluator.evaluate(query)
    return Matches(
        snapshot.collection.doc_keys[matched.docs],
        matched.scores if parsed.has_hits else np.zeros(len(matched.docs)),
        count_hits(evaluator, parsed.leaves, matched.docs),
        tuple(dict.fromkeys(left_out.values())),
    )


def _leaving_out(run: Callable[[Mapping[wq.Query, str]], T]) -> T:
    """Return what ``run`` returns, run again without each pattern that takes too long.

    Whole, so that a pattern is searched in all segments or in none.
    """
    left_out: dict[wq.Query, str] = {}
    while True:
        try:
            return run(left_out)
        except PatternTooBroad as problem:
            if problem.leaf is None or problem.leaf in left_out:
                raise
            left_out[problem.leaf] = str(problem)


def suggestions(
    snapshot: Snapshot,
    parsed: ParsedQuery,
    *,
    keys_for: KeysFor,
    cancel: CancelToken | None = None,
    has_results: bool = False,
) -> tuple[Suggestion, ...]:
    """Return ways on from a query, the most useful first, each with its documents.

    With results that is at most the phrase for single letters and numbers (``s 400``);
    without, also other spellings, split and joined words, and each word alone.

    Raises:
        Cancelled: the cancel token was set.
    """

    def count(query: str) -> int:
        return len(search(snapshot, parse(query), keys_for=keys_for, cancel=cancel).keys)

    offer = phrase_offer(parsed, count)
    offers = () if offer is None else (offer,)
    return offers if has_results else (*offers, *ways_on(snapshot, parsed, count))


def _evaluator(view: CollectionView, keys_for: KeysFor) -> Evaluator:
    return Evaluator(view, CONTENT, model=Bm25(), keys_for=keys_for, fallback=_unknown)


class _Resolved:
    """The keys of each filter of one search, asked for once."""

    def __init__(self, keys_for: KeysFor) -> None:
        self._keys_for = keys_for
        self._known: dict[Filter, NDArray[np.int64]] = {}

    def __call__(self, condition: Filter) -> NDArray[np.int64]:
        keys = self._known.get(condition)
        if keys is None:
            keys = self._known[condition] = self._keys_for(condition)
        return keys


def _no_keys(_condition: Filter) -> NDArray[np.int64]:
    return NOTHING


def _unknown(query: wq.Query) -> Matched:
    raise BugError(f"the query language made a query that is not evaluated here: {query!r}")
