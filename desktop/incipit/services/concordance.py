"""Every hit of a query in its context: found, ordered and thinned as numbers, read when shown.

Joins the index (where the hits are), the analyses (their order and counts) and the store (the
text of the few lines that somebody looks at). Any thread may call it.

The window imports the values of this module before it has painted: what reads the index and the
store is imported when it is used.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from incipit.analysis.alphabet import Alphabet
from incipit.analysis.lines import Lines, lines_of
from incipit.analysis.sorting import order_of
from incipit.analysis.thinning import Thinning, thinned
from incipit.errors import Cancelled, IndexUnusable, UserError
from incipit.models import CancelToken, Document, SortKey
from incipit.services.concordance_values import Concordance, ConcordanceRequest, KwicLine
from incipit.text.contexts import context
from incipit.text.tokens import Tokens, tokenise

if TYPE_CHECKING:
    from incipit.index import search as queries
    from incipit.index.snapshot import IndexSnapshot
    from incipit.services.searching import Searching
    from incipit.store.library_store import Store

#: How much text is kept with its tokens, so that the next page of lines need not read it anew.
_KEPT_CP = 4_000_000


class Concordances:
    """Makes concordances of one library and reads their lines."""

    def __init__(self, store: Store, searching: Searching) -> None:
        self._store = store
        self._searching = searching
        self._guard = threading.Lock()
        self._building = threading.Lock()
        self._alphabet: tuple[list[object], Alphabet] | None = None
        self._found: tuple[tuple[IndexSnapshot, str, int], Lines] | None = None
        self._texts = _Texts(store)

    def concordance(self, request: ConcordanceRequest, cancel: CancelToken) -> Concordance:
        """Return the lines of a query, in order.

        Raises: Cancelled; UserError for a thinning that cannot be carried out.
        """
        from incipit.index import search as queries

        started = time.perf_counter()
        thinning = request.thinning.checked()
        parsed = queries.parse(request.query)
        snapshot, incomplete = self._searching.snapshot_with_queue()
        if snapshot is None:
            return _nothing(request, started)
        try:
            with snapshot.guarded():
                lines = self._lines(snapshot, request.query, parsed, cancel)
                kept = self._kept(lines, thinning, cancel)
                order = self._order(snapshot, lines, kept, request, cancel)
        except IndexUnusable as problem:
            self._searching.condemn(problem.reason, snapshot.generation)
            return _nothing(request, started)
        rows = np.full(len(lines), -1, np.int64)
        rows[order] = np.arange(len(order))
        for array in (order, rows):
            array.flags.writeable = False
        return Concordance(
            request=request,
            lines=lines,
            order=order,
            rows=rows,
            elapsed_s=time.perf_counter() - started,
            has_hits=parsed.has_hits,
            understood=parsed.parts,
            notes=parsed.notes,
            incomplete=incomplete,
        )

    def read(
        self,
        concordance: Concordance,
        first: int,
        count: int,
        *,
        width_cp: int,
        cancel: CancelToken | None = None,
    ) -> tuple[KwicLine | None, ...]:
        """Return rows ``first`` to ``first + count`` with about ``width_cp`` to each side.

        None stands for a line whose document was removed or changed meanwhile.

        Raises: Cancelled.
        """
        numbers = concordance.order[first : first + count]
        documents = {
            document.id: document
            for document in self._store.documents(
                np.unique(concordance.lines.documents[numbers]).tolist()
            )
        }
        found: list[KwicLine | None] = [None] * len(numbers)
        # Document by document, so that each text is read once.
        for place in np.argsort(concordance.lines.documents[numbers], kind="stable").tolist():
            if cancel is not None and cancel.is_set():
                raise Cancelled
            line = int(numbers[place])
            document = documents.get(int(concordance.lines.documents[line]))
            if document is not None:
                found[place] = self._read_line(concordance.lines, line, document, width_cp)
        return tuple(found)

    def _read_line(
        self, lines: Lines, line: int, document: Document, width_cp: int
    ) -> KwicLine | None:
        known = self._texts.of(document)
        doc_start, doc_end = int(lines.doc_starts[line]), int(lines.doc_ends[line])
        if known is None or len(known[1].starts_cp) != doc_end - doc_start:
            return None
        text, tokens = known
        first, end = int(lines.starts[line]) - doc_start, int(lines.ends[line]) - doc_start
        return KwicLine(
            document,
            context(text, tokens, first, end, width_cp=width_cp, is_slab=document.is_slab),
            (int(tokens.starts_cp[first]), int(tokens.ends_cp[end - 1])),
            line - lines.first_beside(line),
            first,
            first / (doc_end - doc_start),
        )

    def _lines(
        self,
        snapshot: IndexSnapshot,
        query: str,
        parsed: queries.ParsedQuery,
        cancel: CancelToken,
    ) -> Lines:
        """Return all hits; those of the last query are kept, to be sorted in another way."""
        asked = snapshot, query, self._store.revision()
        with self._guard:
            known = self._found
        if known is not None and known[0] == asked:
            return known[1]
        gone = self._store.queued_deletions()
        from incipit.index import search as queries

        spans = queries.spans(snapshot, parsed, keys_for=self._store.ids_where, cancel=cancel)
        lines = lines_of(snapshot.segments, spans, without=gone, cancel=cancel)
        with self._guard:
            self._found = asked, lines
        return lines

    def _kept(
        self, lines: Lines, thinning: Thinning, cancel: CancelToken
    ) -> NDArray[np.int64] | None:
        """Return the numbers of the lines to show, or None for all."""
        if not thinning:
            return None
        folded = None
        if thinning.fold_copies:
            folded = self._store.folded(np.unique(lines.documents))
        return thinned(lines, thinning, folded=folded, cancel=cancel)

    def _order(
        self,
        snapshot: IndexSnapshot,
        lines: Lines,
        kept: NDArray[np.int64] | None,
        request: ConcordanceRequest,
        cancel: CancelToken,
    ) -> NDArray[np.int64]:
        order = order_of(
            lines if kept is None else lines.take(kept),
            request.keys,
            alphabet=lambda: self.alphabet(snapshot, cancel),
            document_ranks=lambda: self._store.ranks(SortKey.FOLDER),
            seed=request.thinning.seed,
        )
        return order if kept is None else kept[order]

    def alphabet(self, snapshot: IndexSnapshot, cancel: CancelToken) -> Alphabet:
        """Return the order of all words of a snapshot, made once for its segments.

        Raises: Cancelled.
        """
        # Deletions make new objects of segments, but of the same source with the same words.
        sources: list[object] = [columns.source for columns in snapshot.segments]
        # Whoever comes while it is being made waits for it, which is sooner than making another.
        with self._building:
            known = self._alphabet
            if known is not None and known[0] == sources:
                return known[1]
            made = Alphabet(snapshot.segments, cancel=cancel)
            self._alphabet = sources, made
        return made

    def prepare(self, cancel: CancelToken) -> None:
        """Make what sorting by words needs, so that it is there when somebody sorts.

        Raises: Cancelled.
        """
        snapshot = self._searching.snapshot()
        if snapshot is not None:
            try:
                with snapshot.guarded():
                    self.alphabet(snapshot, cancel)
            except IndexUnusable as problem:
                self._searching.condemn(problem.reason, snapshot.generation)


class _Texts:
    """The texts read last, with their tokens; for any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._guard = threading.Lock()
        self._known: OrderedDict[tuple[int, int], tuple[str, Tokens]] = OrderedDict()
        self._size_cp = 0

    def of(self, document: Document) -> tuple[str, Tokens] | None:
        """Return the text of a document and its tokens, or None where it is gone."""
        key = (document.id, document.text_id)
        with self._guard:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        try:
            text = self._store.text(document.id)
        except UserError:
            return None
        made = text, tokenise(text)
        with self._guard:
            if key not in self._known:
                self._known[key] = made
                self._size_cp += len(text)
            # The one just read stays, however long it is.
            while self._size_cp > _KEPT_CP and len(self._known) > 1:
                _, (old, _) = self._known.popitem(last=False)
                self._size_cp -= len(old)
        return made


def _nothing(request: ConcordanceRequest, started: float) -> Concordance:
    from incipit.services.searching import NOT_USABLE

    none = np.empty(0, np.int64)
    return Concordance(
        request=request,
        lines=lines_of([], []),
        order=none,
        rows=none,
        elapsed_s=time.perf_counter() - started,
        notes=(NOT_USABLE,),
        incomplete=True,
    )
