"""The document list: a table of one column with rows of one height, a million as smooth as ten.

A QTableView with a fixed row height paints a million rows at once; a QListView takes seconds
(measured with PySide6 6.11), so a table it is.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from incipit.ui.document_actions import url_of
from incipit.ui.document_delegate import DocumentDelegate
from incipit.ui.document_model import DocumentModel
from incipit.ui.themes import Colours

#: More files than this are not dragged out at once.
_MOST_DRAGGED = 200

#: After a longer pause another title is typed.
TYPING_PAUSE_MS = 1000

_Index = QModelIndex | QPersistentModelIndex


class DocumentList(QTableView):
    """Shows a :class:`DocumentModel` and says what the user does with it.

    ``document_selected`` carries the row that the user came to, ``opened`` the row on which
    Enter was pressed or that was double clicked; ``title_typed`` the beginning of a title, all
    that was typed without a pause, and ``typing_ended`` nothing, at that pause;
    ``menu_requested`` a place on the screen.
    """

    document_selected = Signal(int)
    opened = Signal(int)
    removal_requested = Signal()
    title_typed = Signal(str)
    typing_ended = Signal()
    left_upward = Signal()
    menu_requested = Signal(QPoint)
    selection_changed = Signal(int)

    def __init__(
        self, model: DocumentModel, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._documents = model
        self._delegate = DocumentDelegate(colours, self)
        self._quiet = False
        self._typed = ""
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.end_typing)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._set_up()
        self._fit_rows()
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Documents"))
        self.setAccessibleDescription(self.tr("The documents that match what is searched"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        self._delegate.set_colours(colours)
        self.viewport().update()

    def current_row(self) -> int:
        """Return the row the user is at, or -1."""
        return self.currentIndex().row()

    def top_row(self) -> int:
        """Return the first row in view, or -1."""
        return self.rowAt(0)

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return sum(part.height() for part in self._selected_ranges())

    def selected_ids(self) -> NDArray[np.int64]:
        """Return the document ids of all selected rows, in order of selection ranges."""
        return self._documents.ids_at(
            [(part.top(), part.bottom() + 1) for part in self._selected_ranges()]
        )

    def dragged(self) -> QMimeData | None:
        """Return the files of the selected documents, or of the current one if they are many.

        Also where a selected row was not in view yet, so that nobody knows its file. None
        where there is nothing to drag.
        """
        ranges = [(part.top(), part.bottom() + 1) for part in self._selected_ranges()]
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

    def go_to(self, row: int, *, announce: bool = True) -> None:
        """Select ``row`` alone and bring it into view; say so unless ``announce`` is false."""
        if not 0 <= row < self._documents.rowCount():
            return
        index = self._documents.index(row, 0)
        self._quiet = not announce
        try:
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        finally:
            self._quiet = False
        self.scrollTo(index)

    def leave(self) -> None:
        """Select no row: what is read is not in the list."""
        self._quiet = True
        try:
            self.selectionModel().clear()
        finally:
            self._quiet = False

    def put_at_top(self, row: int) -> None:
        """Scroll so that ``row`` is the first in view, as far as the list is long enough."""
        if 0 <= row < self._documents.rowCount():
            self.scrollTo(self._documents.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Say which row the user came to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self.document_selected.emit(current.row())

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
        """Take Enter, Delete, and Up on the first row; leave the rest to the table."""
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        last = self._documents.rowCount() - 1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() >= 0:
            self.opened.emit(self.current_row())
        elif key == Qt.Key.Key_Delete:
            self.removal_requested.emit()
        elif key == Qt.Key.Key_Up and plain and self.current_row() <= 0:
            self.left_upward.emit()
        elif key == Qt.Key.Key_Home and plain:
            self.go_to(0)
        elif key == Qt.Key.Key_End and plain:
            self.go_to(last)
        elif key == Qt.Key.Key_Space and plain and self._typed:
            # Else it would choose the row.
            self.keyboardSearch(" ")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected rows, at the mouse or at the current row."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_requested.emit(self.viewport().mapToGlobal(place))
        elif self.indexAt(event.pos()).isValid():
            self.menu_requested.emit(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        # The base class may change the font before this class is set up.
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in view when the list becomes shorter."""
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(self._delegate.row_height() // 2)

    def _selected_ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def _fit_rows(self) -> None:
        self._delegate.set_font(self.font())
        height = self._delegate.row_height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
