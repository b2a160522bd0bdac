"""The document list: a table of one column with rows of one height, a million as smooth as ten."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QItemSelection,
    QMimeData,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from incipit.ui.document_actions import url_of
from incipit.ui.document_delegate import DocumentDelegate
from incipit.ui.document_model import DocumentModel
from incipit.ui.row_list import RowList, is_plain
from incipit.ui.themes import Colours

#: More files than this are not dragged out at once.
_MOST_DRAGGED = 200

#: After a longer pause another title is typed.
TYPING_PAUSE_MS = 1000


class DocumentList(RowList):
    """Shows a :class:`DocumentModel` and says what the user does with it.

    ``opened`` also carries the row that was double clicked; ``title_typed`` the beginning of a
    title, all that was typed without a pause, and ``typing_ended`` nothing, at that pause;
    ``menu_requested`` a place on the screen.
    """

    removal_requested = Signal()
    title_typed = Signal(str)
    typing_ended = Signal()
    menu_requested = Signal(QPoint)
    selection_changed = Signal(int)

    def __init__(
        self, model: DocumentModel, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, DocumentDelegate(colours), parent)
        self._documents = model
        self._typed = ""
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.end_typing)
        self.setAccessibleName(self.tr("Documents"))
        self.setAccessibleDescription(self.tr("The documents that match what is searched"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def top_row(self) -> int:
        """Return the first row in view, or -1."""
        return self.rowAt(0)

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return sum(part.height() for part in self.selected_ranges())

    def selected_ids(self) -> NDArray[np.int64]:
        """Return the document ids of all selected rows, in order of selection ranges."""
        return self._documents.ids_at(
            [(part.top(), part.bottom() + 1) for part in self.selected_ranges()]
        )

    def dragged(self) -> QMimeData | None:
        """Return the files of the selected documents, or of the current one if they are many.

        Also where a selected row was not in view yet, so that nobody knows its file. None
        where there is nothing to drag.
        """
        ranges = [(part.top(), part.bottom() + 1) for part in self.selected_ranges()]
        few = sum(last - first for first, last in ranges) <= _MOST_DRAGGED
        numbers = [row for first, last in ranges for row in range(first, last)] if few else []
        rows = [self._documents.row_at(row) for row in numbers]
        if not rows or None in rows:
            rows = [self._documents.row_at(self.current_row())] if self.current_row() >= 0 else []
        urls = [url_of(Path(row.document.path)) for row in rows if row is not None]
        if not urls:
            return None
        data = QMimeData()
        data.setUrls(urls)
        return data

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag files out of the window; whoever takes them gets copies."""
        del actions
        data = self.dragged()
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def put_at_top(self, row: int) -> None:
        """Scroll so that ``row`` is the first in view, as far as the list is long enough."""
        if 0 <= row < self._documents.rowCount():
            self.scrollTo(self._documents.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say how many rows are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit(self.selected_count())

    def keyboardSearch(self, search: str) -> None:
        """Hand on the title being typed: the base class would visit every row of the model."""
        self._typed += search
        self._pause.start()
        self.title_typed.emit(self._typed)

    def end_typing(self) -> None:
        """Take what is typed next for another title."""
        self._pause.stop()
        self._typed = ""
        self.typing_ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Delete, and a space in a title; leave the rest to all lists."""
        key = event.key()
        if key == Qt.Key.Key_Delete:
            self.removal_requested.emit()
        elif key == Qt.Key.Key_Space and is_plain(event) and self._typed:
            # Else it would choose the row.
            self.keyboardSearch(" ")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected rows, at the mouse or at the current row."""
        place = self.menu_place(event)
        if place is not None:
            self.menu_requested.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in view when the list becomes shorter."""
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(self.delegate.row_height() // 2)
