"""Keeps the concordance and the page in step: a line opens its hit, a hit selects its line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from incipit.models import Document
from incipit.ui.concordance_view import ConcordanceView
from incipit.ui.reading_control import ReadingControl
from incipit.ui.reading_pane import ReadingPane


class LineReading(QObject):
    """Joins the concordance with the reading pane and its control.

    ``opening`` is told the id of a document before it is opened for a line.
    """

    def __init__(
        self,
        concordance: ConcordanceView,
        reading: ReadingControl,
        pane: ReadingPane,
        opening: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._concordance = concordance
        self._reading = reading
        self._pane = pane
        self._opening = opening
        #: The document and the hit that are on their way to the page.
        self._awaited: tuple[int, int] | None = None
        concordance.line_opened.connect(self._on_line_opened)
        reading.opened.connect(self._on_opened)
        reading.failed.connect(self._on_failed)
        pane.hit_changed.connect(self._on_hit_changed)

    def _on_line_opened(self, document_id: int, hit: int) -> None:
        self._opening(document_id)
        shown = self._reading.document
        if shown is not None and shown.id == document_id == self._reading.wanted_id:
            self._awaited = None
            self._pane.show_hit(hit)
            return
        self._awaited = document_id, hit
        self._reading.open_document(document_id, self._concordance.control.request.query)

    def _on_opened(self, document: Document) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None and awaited[0] == document.id:
            self._pane.show_hit(awaited[1])

    def _on_failed(self, _problem: Exception) -> None:
        self._awaited = None

    def _on_hit_changed(self, hit: int, _total: int) -> None:
        shown = self._reading.document
        # While a line is on its way to the page, the page does not lead.
        if self._awaited is None and hit >= 0 and shown is not None:
            self._concordance.select_hit(shown.id, hit)
