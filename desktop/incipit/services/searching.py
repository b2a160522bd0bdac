"""From a query to documents in order, rows to show and hits in a text.

Owns the reader side of a library: the snapshot of the index, renewed when a commit has come,
and the order of results. What a query means is the index's business, what a document is the
store's.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from incipit.errors import IndexUnusable
from incipit.index import search as queries
from incipit.index.folder import IndexFolder
from incipit.index.snapshot import IndexSnapshot
from incipit.models import (
    CancelToken,
    Completion,
    DocumentHits,
    ResultRow,
    SearchRequest,
    SearchResult,
    Snippet,
    SortKey,
    Suggestion,
)
from incipit.store.library_store import Store
from incipit.text.pieces import between_tokens
from incipit.text.snippets import snippet
from incipit.text.tokens import tokenise_in_parts

#: How often the library may change while index and queue are looked at.
_LOOKS = 3

Value = TypeVar("Value", bound=np.generic)

#: Said of every search while there is no index that can be used.
NOT_USABLE = "Nothing can be found until the index has been rebuilt."

#: About two lines of the document list.
SNIPPET_CP = 180
#: How much of a long text is looked through first, for its snippet and around a place.
_LOOKED_THROUGH_CP = 1 << 18
#: A little more is read, so that a snippet at the end of that shows that the text goes on.
_READ_FIRST_CP = _LOOKED_THROUGH_CP + 1000


class Searching:
    """Answers queries on one library; any thread may call it.

    Where the index is missing or damaged, searches find nothing, say so, and set
    :attr:`damage`; it is cleared when a sound index is opened. ``on_damage`` is called each
    time that happens, from the thread that noticed.
    """

    def __init__(self, store: Store, index_place: Path) -> None:
        self._store = store
        self._index_place = index_place
        self._guard = threading.Lock()
        self._folder: IndexFolder | None = None
        self._snapshot: IndexSnapshot | None = None
        self._condemned: tuple[int, int] | None = None
        self.damage: str | None = None
        self.on_damage: Callable[[str], None] = lambda _reason: None

    def search(self, request: SearchRequest, cancel: CancelToken) -> SearchResult:
        """Return all documents that match ``request``, in its order.

        Raises: Cancelled.
        """
        started = time.perf_counter()
        if not request.query.strip():
            return self._everything(request, started)
        parsed = queries.parse(request.query)
        snapshot, incomplete = self.snapshot_with_queue()
        if snapshot is None:
            return self._nothing(request, started)
        try:
            with snapshot.guarded():
                matches = queries.search(
                    snapshot, parsed, keys_for=self._store.ids_where, cancel=cancel
                )
        except IndexUnusable as problem:
            self.condemn(problem.reason, snapshot.generation)
            return self._nothing(request, started)
        keys, scores, hits = matches.keys, matches.scores, matches.hits
        there = ~np.isin(keys, self._store.queued_deletions())
        if not there.all():
            keys, scores, hits = keys[there], scores[there], hits[there]
        total_hits = int(hits.sum())
        order = self._order(request, keys, scores, hits)
        if request.fold_duplicates:
            order = order[np.isin(keys[order], self._store.folded(keys[order]))]
        return SearchResult(
            request=request,
            document_ids=_frozen(keys[order]),
            scores=_frozen(scores[order]),
            hits=_frozen(hits[order]),
            total_hits=total_hits,
            elapsed_s=time.perf_counter() - started,
            understood=parsed.parts,
            notes=(*parsed.notes, *matches.notes),
            incomplete=incomplete,
        )

    def rows(self, result: SearchResult, first: int, count: int) -> tuple[ResultRow, ...]:
        """Return ``count`` rows of ``result`` from ``first`` on; gone documents are left out."""
        ids = result.document_ids[first : first + count]
        hits = result.hits[first : first + count]
        documents = self._store.documents(ids.tolist())
        hits_of = dict(zip(ids.tolist(), hits.tolist(), strict=True))
        parsed = queries.parse(result.request.query)
        rows = []
        for document in documents:
            number = hits_of[document.id]
            shown = self._snippet(parsed, document.id) if number else None
            rows.append(ResultRow(document, number, shown))
        return tuple(rows)

    def _snippet(self, parsed: queries.ParsedQuery, document_id: int) -> Snippet:
        """Return a piece of a text with hits; a long text is read as far as the first of them.

        Raises: UserError (``gone``).
        """
        text = self._store.text_beginning(document_id, _READ_FIRST_CP)
        start, end = _part_around(text, 0)
        spans = _spans(parsed, text[start:end])
        if len(spans) or end == len(text):
            return snippet(text, spans, width_cp=SNIPPET_CP)
        before = ""
        for piece in between_tokens(self._store.text_pieces(document_id)):
            part = before + piece
            spans = _spans(parsed, part)
            if len(spans):
                return snippet(part, spans, width_cp=SNIPPET_CP)
            before = _last_words(part)
        return snippet(text, spans, width_cp=SNIPPET_CP)

    def row_titled(self, result: SearchResult, beginning: str, first: int) -> int | None:
        """Return the next row from ``first`` on, or else from the top, whose title begins so."""
        titled = np.isin(result.document_ids, self._store.ids_titled(beginning))
        rows = np.flatnonzero(titled)
        if not len(rows):
            return None
        at = int(rows.searchsorted(first))
        return int(rows[at if at < len(rows) else 0])

    def hits(self, query: str, document_id: int, text: str | None = None) -> DocumentHits:
        """Return the hits of ``query`` in the text of a document, which may be given."""
        parsed = queries.parse(query)
        text = self._store.text(document_id) if text is None else text
        return DocumentHits(document_id, _frozen(_spans(parsed, text)))

    def hits_near(
        self, query: str, document_id: int, place_cp: int, text: str | None = None
    ) -> DocumentHits:
        """Return the hits of ``query`` around a place of a text: of a long one sooner than all."""
        parsed = queries.parse(query)
        text = self._store.text(document_id) if text is None else text
        start, end = _part_around(text, place_cp) if parsed.has_hits else (0, len(text))
        spans = _spans(parsed, text[start:end]) + start
        return DocumentHits(document_id, _frozen(spans), are_all=end - start == len(text))

    def completions(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        """Return the most frequent words of the corpus that begin with ``prefix``."""
        snapshot = self.snapshot()
        if snapshot is None:
            return ()
        try:
            with snapshot.guarded():
                gone = self._store.queued_deletions()
                return queries.completions(snapshot, prefix, limit, gone=gone)
        except IndexUnusable as problem:
            self.condemn(problem.reason, snapshot.generation)
            return ()

    def suggestions(
        self, query: str, *, has_results: bool, cancel: CancelToken | None = None
    ) -> tuple[Suggestion, ...]:
        """Return ways on from ``query``: spellings, split and joined forms, words alone.

        Raises: Cancelled.
        """
        snapshot = self.snapshot()
        if snapshot is None:
            return ()
        try:
            with snapshot.guarded():
                return queries.suggestions(
                    snapshot,
                    queries.parse(query),
                    keys_for=self._store.ids_where,
                    cancel=cancel,
                    has_results=has_results,
                )
        except IndexUnusable as problem:
            self.condemn(problem.reason, snapshot.generation)
            return ()

    def snapshot(self) -> IndexSnapshot | None:
        """Return the index as of its latest commit, or None and why in ``damage``.

        A snapshot may be used by several threads and stays whole when a newer one replaces it.
        """
        with self._guard:
            noticed = self.damage is None
            try:
                latest = self._latest()
                self.damage = None
            except IndexUnusable as problem:
                self._folder = self._snapshot = latest = None
                self.damage = problem.reason
        if noticed and self.damage is not None:
            self.on_damage(self.damage)
        return latest

    def snapshot_with_queue(self) -> tuple[IndexSnapshot | None, bool]:
        """Return the index as `snapshot` does, and whether documents waited for it at that moment.

        Asked afterwards, the queue may be empty though the index was: another process that makes
        it anew can have ended meanwhile.
        """
        for _ in range(_LOOKS):
            revision = self._store.revision()
            waiting = self._store.queue_counts().to_index > 0
            latest = self.snapshot()
            if self._store.revision() == revision:
                return latest, waiting
        return latest, True

    def condemn(self, reason: str, generation: int) -> bool:
        """Never use the index as of ``generation`` again: it was read, and is damaged.

        Returns False where there is another by now, which may have been made anew: that one is
        opened next, and not condemned for what is no longer.
        """
        with self._guard:
            mark = self._mark()
            self._folder = self._snapshot = None
            if mark[1] != generation:
                return False
            noticed = self.damage is None
            self._condemned = mark
            self.damage = reason
        if noticed:
            self.on_damage(reason)
        return True

    @property
    def condemned(self) -> bool:
        """Return whether the index opens, but is known to be damaged."""
        with self._guard:
            return self._condemned is not None and self._condemned == self._mark()

    def _latest(self) -> IndexSnapshot:
        if self._condemned is not None:
            if self._condemned == self._mark():
                raise IndexUnusable(self.damage or "it is damaged")
            self._condemned = None
        if self._folder is None:
            self._folder = IndexFolder.open(self._index_place, identity=self._store.identity)
        if self._snapshot is None or self._snapshot.generation != self._folder.generation():
            self._snapshot = self._folder.snapshot()
        return self._snapshot

    def _mark(self) -> tuple[int, int]:
        """Return what changes when the index is made anew."""
        try:
            folder = self._index_place.stat().st_ino
        except OSError:
            folder = 0
        return folder, IndexFolder(self._index_place, self._store.identity).generation()

    def close(self) -> None:
        """Let go of the index's files."""
        with self._guard:
            self._folder = self._snapshot = None

    def _everything(self, request: SearchRequest, started: float) -> SearchResult:
        sort = SortKey.NAME if request.sort in _NEED_HITS else request.sort
        descending = request.descending and request.sort not in _NEED_HITS
        ids = self._store.ids_in_order(sort, descending=descending)
        if request.fold_duplicates:
            ids = self._store.folded(ids)
        return SearchResult(
            request=request,
            document_ids=_frozen(ids),
            scores=_frozen(np.zeros(len(ids))),
            hits=_frozen(np.zeros(len(ids), np.int64)),
            total_hits=0,
            elapsed_s=time.perf_counter() - started,
        )

    def _nothing(self, request: SearchRequest, started: float) -> SearchResult:
        none = np.empty(0, np.int64)
        return SearchResult(
            request=request,
            document_ids=_frozen(none),
            scores=_frozen(np.empty(0)),
            hits=_frozen(none.copy()),
            total_hits=0,
            elapsed_s=time.perf_counter() - started,
            notes=(NOT_USABLE,),
            incomplete=True,
        )

    def _order(
        self,
        request: SearchRequest,
        keys: NDArray[np.int64],
        scores: NDArray[np.float64],
        hits: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Return the order of the matches; ties by score, then by document id."""
        if request.sort is SortKey.RELEVANCE:
            first: NDArray[np.float64] | NDArray[np.int64] = scores
        elif request.sort is SortKey.HITS:
            first = hits
        else:
            first = _ranks_of(self._store.ranks(request.sort), keys)
        falling = request.descending or request.sort is SortKey.RELEVANCE
        return np.lexsort((keys, -scores, -first if falling else first))


_NEED_HITS = (SortKey.RELEVANCE, SortKey.HITS)


def _spans(parsed: queries.ParsedQuery, text: str) -> NDArray[np.int64]:
    """Return the spans of the hits in ``text``, int64 (n, 2), in code points."""
    if not parsed.has_hits:
        return np.empty((0, 2), np.int64)
    starts, ends = [np.empty(0, np.int64)], [np.empty(0, np.int64)]

    def terms() -> Iterator[list[str]]:
        for tokens in tokenise_in_parts(text):
            starts.append(tokens.starts_cp)
            ends.append(tokens.ends_cp)
            yield tokens.terms

    ranges = queries.hits_in_terms(parsed, terms())
    first, last = ranges[:, 0], ranges[:, 1] - 1
    return np.column_stack((np.concatenate(starts)[first], np.concatenate(ends)[last]))


def _last_words(text: str) -> str:
    """Return the end of a part, for hits that reach into the next."""
    end = text[-SNIPPET_CP * 4 :]
    return end[max(end.find(" "), 0) :]


def _part_around(text: str, place_cp: int) -> tuple[int, int]:
    """Return the bounds of a part of a long ``text`` around a place; of a short one, all.

    A hit of the text that lies in the part is one of the part, and the other way round.
    """
    first = max(0, min(place_cp - _LOOKED_THROUGH_CP // 2, len(text) - _LOOKED_THROUGH_CP))
    last = min(first + _LOOKED_THROUGH_CP, len(text))
    # White space ends every token, so that none is cut.
    start = text.find(" ", first, last) if first else 0
    end = text.rfind(" ", first, last) if last < len(text) else last
    return (start, end) if 0 <= start < end else (first, first)


def _ranks_of(ranks: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rank of each key; -1 for one that the library does not know (any more)."""
    known = keys < len(ranks)
    found = np.full(len(keys), -1, np.int64)
    found[known] = ranks[keys[known]]
    return found


def _frozen(array: NDArray[Value]) -> NDArray[Value]:
    array.flags.writeable = False
    return array


def row_of(result: SearchResult, document_id: int) -> int | None:
    """Return the row at which a document stands in ``result``, or None."""
    found = np.flatnonzero(result.document_ids == document_id)
    return int(found[0]) if len(found) else None
