"""Where the user has read, to go back to and forward again, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from incipit.models import Document
from incipit.ui.reading_control import ReadingControl

_MOST = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A document that was open, and the place in code points that was at the top of the page."""

    document_id: int
    position_cp: int | None = None


class ReadingHistory(QObject):
    """Keeps the documents that were open in the order in which they were read.

    ``back`` and ``forward`` are the actions for it; ``wanted`` carries the :class:`Visit` to
    return to.
    """

    wanted = Signal(object)

    def __init__(self, reading: ReadingControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits: list[Visit] = []
        self._at = -1
        self._awaited: int | None = None
        self.back = self._action(self.tr("&Back"), -1, "Alt+Left", "Back")
        self.forward = self._action(self.tr("&Forward"), 1, "Alt+Right", "Forward")
        reading.opened.connect(self._on_opened)
        reading.moved.connect(self._on_moved)
        reading.failed.connect(self._on_failed)

    def clear(self) -> None:
        """Forget where the user has read."""
        self._visits.clear()
        self._at = -1
        self._awaited = None
        self._enable()

    def _action(self, words: str, step: int, *keys: str) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setEnabled(False)
        action.triggered.connect(lambda _checked=False: self._go(step))
        return action

    def _go(self, step: int) -> None:
        at = self._at + step
        if 0 <= at < len(self._visits):
            self._at = at
            self._awaited = self._visits[at].document_id
            self._enable()
            self.wanted.emit(self._visits[at])

    def _on_opened(self, document: Document) -> None:
        awaited, self._awaited = self._awaited, None
        here = self._visits[self._at].document_id if self._visits else None
        if document.id in (awaited, here):
            return
        # What was ahead is left behind where another way is taken.
        self._visits = [*self._visits[: self._at + 1], Visit(document.id)][-_MOST:]
        self._at = len(self._visits) - 1
        self._enable()

    def _on_moved(self, document_id: int, position_cp: int) -> None:
        if self._visits and self._visits[self._at].document_id == document_id:
            here = replace(self._visits[self._at], position_cp=position_cp)
            self._visits[self._at] = here

    def _on_failed(self, _problem: Exception) -> None:
        """Leave out what cannot be opened any more."""
        if self._awaited is not None:
            gone, self._awaited = self._awaited, None
            before = self._visits[: self._at]
            self._visits = [visit for visit in self._visits if visit.document_id != gone]
            self._at = sum(visit.document_id != gone for visit in before) - 1
            self._at = max(self._at, 0) if self._visits else -1
            self._enable()

    def _enable(self) -> None:
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at + 1 < len(self._visits))
