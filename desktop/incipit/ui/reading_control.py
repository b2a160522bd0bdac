"""From a row to the page: fetches text and hits off the UI thread, and walks the documents.

Knows the library, the bridge and the reading pane's contract; asks for other rows by signals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from incipit.errors import UserError
from incipit.models import CancelToken, Document, DocumentHits
from incipit.text.offsets import Place, place_of
from incipit.ui.bridge import Bridge
from incipit.ui.citation import with_citation
from incipit.ui.reading_pane import ReadingPane

if TYPE_CHECKING:
    from incipit.services.library import Library

#: A place in code points, or the first or last hit; without hits, where it was left.
Start = Literal["first_hit", "last_hit"] | int


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    document: Document
    text: str
    hits: DocumentHits
    start_at: Start


class ReadingControl(QObject):
    """Shows documents in the reading pane.

    ``opened`` carries the :class:`Document` that the pane now shows, ``moved`` its id and the
    place in it, in code points, that is now at the top of the pane, ``failed`` an exception.
    """

    opened = Signal(object)
    moved = Signal(int, int)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, pane: ReadingPane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._pane = pane
        self._library: Library | None = None
        self._wanted: int | None = None
        self._shown: Document | None = None
        self._shown_query = ""
        self._position_cp = 0
        pane.position_changed.connect(self._on_position_changed)
        pane.citation_wanted.connect(self._on_citation_wanted)

    @property
    def document(self) -> Document | None:
        """Return the document in the pane."""
        return self._shown

    @property
    def wanted_id(self) -> int | None:
        """Return the id of the document in the pane or on its way there."""
        return self._wanted

    @property
    def position_cp(self) -> int:
        """Return the place in the text, in code points, that is at the top of the pane."""
        return self._position_cp

    def attach(self, library: Library) -> None:
        """Read from ``library`` from now on."""
        self._library = library

    def detach(self) -> None:
        """Read from nowhere from now on."""
        self.close_document()
        self._library = None

    def open_document(self, document_id: int, query: str, start_at: Start = "first_hit") -> None:
        """Show a document with the hits of ``query``; the one already shown gets new hits only."""
        library = self._library
        if library is None:
            return
        same = self._shown is not None and self._shown.id == document_id == self._wanted
        if same and start_at == "first_hit" and query != self._shown_query:
            self._renew_hits(library, document_id, query)
            return
        if same and start_at == "first_hit":
            return
        self._wanted = document_id
        self._bridge.run(
            lambda cancel: _fetch(library, document_id, query, start_at, cancel),
            lambda page: self._show(page, query),
            failed=self.failed.emit,
            lane="reading",
        )

    def renew(self) -> None:
        """Show the document in the pane anew where its text or particulars have changed."""
        library, shown = self._library, self._shown
        if library is None or shown is None or self._wanted != shown.id:
            return
        self._ask_tags(library, shown)

        def done(now: Document) -> None:
            if now == shown or self._shown is not shown:
                return
            if now.text_id != shown.text_id:
                self.open_document(now.id, self._shown_query, self._position_cp)
                return
            self._shown = now
            self._pane.refresh_document(now)
            self._ask_edges(library, now)

        self._bridge.run(
            lambda _cancel: library.document(shown.id),
            done,
            failed=self._on_missed,
            lane="renewing",
        )

    def close_document(self) -> None:
        """Show no document."""
        self._bridge.cancel_lane("reading")
        self._wanted = None
        self._shown = None
        self._pane.clear()

    def _renew_hits(self, library: Library, document_id: int, query: str) -> None:
        seen_cp, text = self._pane.view.top_cp(), self._pane.view.text

        def show(hits: DocumentHits) -> None:
            self._shown_query = query
            self._pane.set_hits(hits.spans_cp, are_all=hits.are_all)
            self._complete(library, hits, query)

        self._bridge.run(
            lambda _cancel: _renewed_hits(library, document_id, query, seen_cp, text),
            show,
            failed=self.failed.emit,
            lane="reading",
        )

    def _complete(self, library: Library, hits: DocumentHits, query: str) -> None:
        """Find the hits of the whole text where those of a part are shown."""
        if hits.are_all:
            return
        text = self._pane.view.text
        self._bridge.run(
            lambda _cancel: library.hits(query, hits.document_id, text).spans_cp,
            self._pane.complete_hits,
            failed=self._on_missed,
            lane="reading",
        )

    def _show(self, page: _Page, query: str) -> None:
        self._shown = page.document
        self._shown_query = query
        self._position_cp = page.start_at if isinstance(page.start_at, int) else 0
        self._pane.show_document(
            page.document,
            page.text,
            page.hits.spans_cp,
            start_at=page.start_at,
            are_all=page.hits.are_all,
        )
        if self._library is not None:
            self._complete(self._library, page.hits, query)
            self._ask_edges(self._library, page.document)
            self._pane.set_tags(())
            self._ask_tags(self._library, page.document)
        self.opened.emit(page.document)

    def _ask_edges(self, library: Library, document: Document) -> None:
        """Find out how likely the edges of a slab are torn, and say so on the page."""
        if not document.is_slab:
            self._bridge.cancel_lane("edges")
            return
        text = self._pane.view.text

        def done(torn: tuple[float, float] | None) -> None:
            if torn is not None and self._shown is not None and self._shown.id == document.id:
                self._pane.set_edges(*torn)

        self._bridge.run(
            lambda _cancel: library.torn_edges(document.id, text),
            done,
            failed=self._on_missed,
            lane="edges",
        )

    def _ask_tags(self, library: Library, document: Document) -> None:
        def done(names: tuple[str, ...]) -> None:
            if self._shown is not None and self._shown.id == document.id:
                self._pane.set_tags(names)

        self._bridge.run(
            lambda _cancel: library.tags_of(document.id),
            done,
            failed=self._on_missed,
            lane="tags-of",
        )

    def _on_citation_wanted(self, document: Document, start_cp: int, end_cp: int) -> None:
        """Copy a part of the text on the page with title, file, line and character."""
        library, text = self._library, self._pane.view.text

        def copy(place: Place) -> None:
            QGuiApplication.clipboard().setText(
                with_citation(document, text[start_cp:end_cp], place)
            )

        def fail(problem: Exception) -> None:
            # The file of a document that was removed meanwhile is not known any more.
            copy(place_of(text, start_cp))
            self._on_missed(problem)

        if library is not None:
            self._bridge.run(
                lambda _cancel: library.place_in_file(document.id, text, start_cp),
                copy,
                failed=fail,
                lane="citing",
            )

    def _on_missed(self, problem: Exception) -> None:
        # A document that was removed meanwhile is dealt with by the list.
        if not (isinstance(problem, UserError) and problem.code == "gone"):
            self.failed.emit(problem)

    def _on_position_changed(self, document_id: int, position_cp: int) -> None:
        self._position_cp = position_cp
        self.moved.emit(document_id, position_cp)
        library = self._library
        if library is not None and not library.read_only:
            self._bridge.run(
                lambda _cancel: library.remember_position(document_id, position_cp),
                lambda _none: None,
                lane="position",
            )


def _fetch(
    library: Library, document_id: int, query: str, start_at: Start, cancel: CancelToken
) -> _Page:
    """Read a document, its text and its hits, or those around where it opens. Worker thread."""
    del cancel
    document = library.document(document_id)
    text = library.text(document_id)
    ends = {"first_hit": 0, "last_hit": len(text)}
    place_cp = start_at if isinstance(start_at, int) else ends[start_at]
    hits = library.hits_near(query, document_id, place_cp, text)
    if not (isinstance(start_at, int) or hits.are_all or len(hits.spans_cp)):
        hits = library.hits(query, document_id, text)
    if start_at == "first_hit" and not len(hits.spans_cp):
        start_at = library.reading_position(document_id) or 0
    return _Page(document, text, hits, start_at)


def _renewed_hits(
    library: Library, document_id: int, query: str, seen_cp: int, text: str
) -> DocumentHits:
    """Return the hits around what is seen where one follows it there, or all. Worker thread.

    ``text`` is the one on the page: to read a long one again would stop the window meanwhile.
    """
    hits = library.hits_near(query, document_id, seen_cp, text)
    if hits.are_all or (hits.spans_cp[:, 0] >= seen_cp).any():
        return hits
    return library.hits(query, document_id, text)
