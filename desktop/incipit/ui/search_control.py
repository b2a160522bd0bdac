"""From what is typed to what is listed: runs searches off the UI thread, the latest one wins.

Knows the library and the bridge, and no widget: it announces outcomes, and whoever composes
the window shows them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from incipit.models import CancelToken, Completion, ResultRow, SearchRequest, SearchResult, SortKey
from incipit.ui.bridge import Bridge
from incipit.ui.paged_model import PAGE_ROWS

if TYPE_CHECKING:
    from incipit.services.library import Library

#: While documents arrive the list is refreshed at most this often.
_REFRESH_MS = 1500
#: A search that takes longer than this is said to be under way.
_SLOW_MS = 250
_COMPLETIONS = 6
#: The window is there by then.
_AHEAD_MS = 1500
#: A search that stands this long was meant, also when nobody pressed Enter.
_MEANT_MS = 2500


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A result with what is needed to show it at once.

    ``rows`` stand from row ``first`` on. ``selected_row`` is where the document that was to be
    kept stands now (None without one), ``top_row`` the one that was at the top of the view.
    ``is_new`` is set where the query is another than before.
    """

    result: SearchResult
    first: int
    rows: tuple[ResultRow, ...]
    selected_row: int | None
    top_row: int | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Keep:
    """What is to stay where it is when a list is replaced: document ids, or None.

    ``stays`` keeps the selected document open also where the query is another.
    """

    selected_id: int | None = None
    top_id: int | None = None
    stays: bool = False


class SearchControl(QObject):
    """Holds the question of the moment and announces its outcome.

    ``found`` carries an :class:`Outcome`, ``failed`` an exception, ``slow`` nothing.
    """

    found = Signal(object)
    failed = Signal(object)
    slow = Signal()
    completed = Signal(str, object)
    suggested = Signal(str, object)
    rows_came = Signal(int, int, object)
    rows_failed = Signal(int)

    def __init__(
        self, bridge: Bridge, keep: Callable[[], Keep], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._keep = keep
        self._library: Library | None = None
        self._request = SearchRequest()
        self._answered: str | None = None
        self._refreshed = float("-inf")
        self._refresh_soon = QTimer(self)
        self._refresh_soon.setSingleShot(True)
        self._refresh_soon.timeout.connect(self.refresh)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self.slow)
        self._meant = QTimer(self)
        self._meant.setSingleShot(True)
        self._meant.setInterval(_MEANT_MS)
        self._meant.timeout.connect(lambda: self.remember(self._request.query))
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(_AHEAD_MS)
        self._ahead.timeout.connect(self._prepare_orders)

    @property
    def request(self) -> SearchRequest:
        """Return the question of the moment."""
        return self._request

    def attach(self, library: Library, request: SearchRequest) -> None:
        """Ask ``library`` from now on, ``request`` first."""
        self._library = library
        self._request = request
        self._answered = None
        self._ahead.start()

    def detach(self) -> None:
        """Ask nobody from now on."""
        self._library = None
        self._refresh_soon.stop()
        self._slow.stop()
        self._meant.stop()
        self._ahead.stop()
        for lane in ("search", "rows", "completions", "suggestions", "orders"):
            self._bridge.cancel_lane(lane)

    def query_for(self, words: str) -> str:
        """Return the query that finds ``words`` of a text as they stand."""
        return words if self._library is None else self._library.query_for(words)

    def search(self, query: str) -> None:
        """Search ``query`` in the order of the moment."""
        self._request = replace(self._request, query=query)
        self._run(Keep())

    def search_from(self, query: str) -> None:
        """Search ``query``, as was meant; the document that is open stays where it is found."""
        self._request = replace(self._request, query=query)
        self._run(Keep(self._keep().selected_id, stays=True))
        self.remember(query)

    def reorder(self, sort: SortKey, *, descending: bool) -> None:
        """Show the same documents in another order."""
        self._request = replace(self._request, sort=sort, descending=descending)
        self._run(replace(self._keep(), top_id=None))

    def fold(self, fold_duplicates: bool) -> None:
        """Show one row for equal texts, or a row for each document."""
        self._request = replace(self._request, fold_duplicates=fold_duplicates)
        self._run(self._keep())

    def refresh(self, keep: Keep | None = None) -> None:
        """Ask the same again, keeping what is selected and in view where it is."""
        self._refresh_soon.stop()
        self._refreshed = time.monotonic()
        self._run(keep or self._keep())

    def refresh_soon(self) -> None:
        """Ask the same again, at once or a moment after the last time; many calls are one."""
        if not self._refresh_soon.isActive():
            since_ms = min(_REFRESH_MS, (time.monotonic() - self._refreshed) * 1000)
            self._refresh_soon.start(round(_REFRESH_MS - since_ms))

    def load_rows(self, generation: int, result: SearchResult, first: int, count: int) -> None:
        """Fetch a page of rows of ``result``; ``rows_came`` or ``rows_failed`` follows."""
        library = self._library
        if library is None:
            return

        def fail(problem: Exception) -> None:
            self.rows_failed.emit(generation)
            self._bridge.failed.emit(problem)

        self._bridge.run(
            lambda _cancel: library.rows(result, first, count),
            lambda rows: self.rows_came.emit(generation, first, rows),
            failed=fail,
        )

    def complete(self, prefix: str) -> None:
        """Look for words that begin with ``prefix``; ``completed`` follows."""
        library = self._library
        if library is None:
            return

        def done(completions: tuple[Completion, ...]) -> None:
            self.completed.emit(prefix, completions)

        self._bridge.run(
            lambda _cancel: library.completions(prefix, _COMPLETIONS), done, lane="completions"
        )

    def suggest(self, *, has_results: bool) -> None:
        """Look for ways on from the query; ``suggested`` follows.

        With results that is at most the phrase that was perhaps meant.
        """
        library, query = self._library, self._request.query
        if library is not None:
            self._bridge.run(
                lambda cancel: library.suggestions(query, has_results=has_results, cancel=cancel),
                lambda suggestions: self.suggested.emit(query, suggestions),
                lane="suggestions",
            )

    def remember(self, query: str) -> None:
        """Keep ``query`` among the recent searches."""
        self._meant.stop()
        library = self._library
        if library is not None and query.strip():
            self._bridge.run(lambda _cancel: library.remember_search(query), lambda _none: None)

    def _prepare_orders(self) -> None:
        """Read every order ahead: of a million documents each takes a third of a second."""
        library = self._library
        if library is not None:
            self._bridge.run(library.prepare_orders, lambda _none: None, lane="orders")

    def _run(self, keep: Keep) -> None:
        library, request = self._library, self._request
        if library is None:
            return
        is_new = request.query != self._answered

        def work(cancel: CancelToken) -> Outcome:
            return _ask(library, request, keep, cancel, is_new=is_new)

        self._slow.start()
        self._meant.stop()
        self._bridge.cancel_lane("suggestions")
        self._bridge.run(work, self._on_found, failed=self._on_failed, lane="search")

    def _on_found(self, outcome: Outcome) -> None:
        self._slow.stop()
        self._answered = outcome.result.request.query
        if outcome.is_new and len(outcome.result.document_ids):
            self._meant.start()
        self.found.emit(outcome)

    def _on_failed(self, problem: Exception) -> None:
        self._slow.stop()
        self.failed.emit(problem)


def _ask(
    library: Library, request: SearchRequest, keep: Keep, cancel: CancelToken, *, is_new: bool
) -> Outcome:
    """Search, and fetch the rows that will be in view. Worker thread."""
    result = library.search(request, cancel)

    def place(document_id: int | None) -> int | None:
        return None if document_id is None else library.row_of(result, document_id)

    selected, top = place(keep.selected_id), place(keep.top_id)
    in_view = top if top is not None else selected or 0
    first = max(0, in_view // PAGE_ROWS * PAGE_ROWS)
    rows = library.rows(result, first, PAGE_ROWS) if len(result.document_ids) else ()
    is_new = is_new and not (keep.stays and selected is not None)
    return Outcome(result, first, rows, selected, top, is_new)
