"""A list of rows of one height: what the document list and the concordance have in common.

A QTableView with a fixed row height paints a million rows at once; a QListView takes seconds
(measured with PySide6 6.11), so a table it is.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from incipit.ui.themes import Colours

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints rows of one height, which the font gives."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._font = QFont()

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        self._colours = colours

    def set_font(self, font: QFont) -> None:
        """Write in ``font`` from now on."""
        self._font = QFont(font)

    def row_height(self) -> int:
        """Return the height of every row in pixels."""
        return round(QFontMetricsF(self._font).height())


class RowList(QTableView):
    """Shows rows that a :class:`RowDelegate` paints, and says what the user does with them.

    ``row_selected`` carries the row that the user came to, ``opened`` the row on which Enter was
    pressed, ``left_upward`` nothing: Up was pressed on the first row.
    """

    row_selected = Signal(int)
    opened = Signal(int)
    left_upward = Signal()

    def __init__(
        self, model: QAbstractItemModel, delegate: RowDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.delegate = delegate
        self._quiet = False
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit_rows()

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        self.delegate.set_colours(colours)
        self.viewport().update()

    def current_row(self) -> int:
        """Return the row the user is at, or -1."""
        return self.currentIndex().row()

    def go_to(self, row: int, *, announce: bool = True) -> None:
        """Select ``row`` alone and bring it into view; say so unless ``announce`` is false."""
        if not 0 <= row < self.model().rowCount():
            return
        index = self.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self._quiet = not announce
        try:
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        finally:
            self._quiet = False
        self.scrollTo(index)

    def select_nothing(self) -> None:
        """Take the selection away: what is read is not among the rows."""
        self._quiet = True
        try:
            self.selectionModel().clear()
        finally:
            self._quiet = False

    def selected_ranges(self) -> list[QItemSelectionRange]:
        """Return the ranges of selected rows, in the order in which they were selected."""
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def fit_rows(self) -> None:
        """Give every row the height that the font asks for."""
        self.delegate.set_font(self.font())
        height = self.delegate.row_height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def menu_place(self, event: QContextMenuEvent) -> QPoint | None:
        """Return where on the screen the menu goes: at the mouse, or at the current row."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        return event.globalPos() if self.indexAt(event.pos()).isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say which row the user came to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet and current.row() != previous.row():
            self.row_selected.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter, the ends, and Up on the first row; leave the rest to the table."""
        key = event.key()
        plain = is_plain(event)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() >= 0:
            self.opened.emit(self.current_row())
        elif key == Qt.Key.Key_Up and plain and self.current_row() <= 0:
            self.left_upward.emit()
        elif key == Qt.Key.Key_Home and plain:
            self.go_to(0)
        elif key == Qt.Key.Key_End and plain:
            self.go_to(self.model().rowCount() - 1)
        elif key == Qt.Key.Key_Home and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._select_up_to(0)
        elif key == Qt.Key.Key_End and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._select_up_to(self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _select_up_to(self, row: int) -> None:
        """Select from the current row up to another; a table knows the ends of a row only."""
        if self.current_row() < 0:
            return
        first, last = sorted((self.current_row(), row))
        model, flags = self.model(), QItemSelectionModel.SelectionFlag
        rows = QItemSelection(model.index(first, 0), model.index(last, 0))
        self.selectionModel().select(rows, flags.ClearAndSelect | flags.Rows)
        self.selectionModel().setCurrentIndex(model.index(row, 0), flags.NoUpdate)
        self.scrollTo(model.index(row, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        # The base class may change the font before this class is set up.
        if event.type() == QEvent.Type.FontChange and hasattr(self, "delegate"):
            self.fit_rows()


def is_plain(event: QKeyEvent) -> bool:
    """Return whether a key was pressed alone, on the keypad or elsewhere."""
    return event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )
