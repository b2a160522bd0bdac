"""The lines of the concordance in a table of fixed row height, a million as smooth as ten."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from incipit.analysis.sorting import LineKey
from incipit.ui.concordance_delegate import ConcordanceDelegate
from incipit.ui.concordance_model import LINE_COLUMN, PLACE_COLUMN, ConcordanceModel
from incipit.ui.themes import Colours

_Index = QModelIndex | QPersistentModelIndex
#: Below this width the documents' titles give way to the lines.
_PLACE_FROM_PX = 460
_PLACE_SHARE = 0.27
_PLACE_MOST_PX = 260
#: Contexts are asked for in steps of so many characters, not anew for every pixel.
_WIDTH_STEP_CP = 40
_LEAST_WIDTH_CP = 80
_MOST_WIDTH_CP = 600


class ConcordanceList(QTableView):
    """Shows a :class:`ConcordanceModel` and says what the user does with it.

    ``line_selected`` carries the row that the user came to, ``opened`` the row that was clicked
    or on which Enter was pressed. ``sort_wanted`` carries a :class:`LineKey` whose word was
    clicked twice, or once with Alt, ``sort_moved`` -1 or 1 for another word to the left or right
    (Ctrl with the arrow). ``width_changed`` says that other contexts are needed, ``columns_moved``
    where in the viewport the hits and the titles of documents begin now.
    """

    line_selected = Signal(int)
    opened = Signal(int)
    sort_wanted = Signal(object)
    sort_moved = Signal(int)
    copy_requested = Signal()
    menu_requested = Signal(QPoint, object)
    text_typed = Signal(str)
    left_upward = Signal()
    width_changed = Signal()
    columns_moved = Signal(int, int)

    def __init__(
        self, model: ConcordanceModel, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = model
        self.delegate = ConcordanceDelegate(colours, self)
        self._quiet = False
        self._fixed = False
        self._width_cp = _LEAST_WIDTH_CP
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        self._set_up()
        self._fit_rows()

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Concordance"))
        self.setAccessibleDescription(self.tr("Every hit in its context, one line each"))
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
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def width_cp(self) -> int:
        """Return how many characters of context fill a line to each side."""
        return self._width_cp

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        self.delegate.set_colours(colours)
        self.viewport().update()

    def set_keys(self, keys: tuple[LineKey, ...]) -> None:
        """Colour the words that the lines are sorted by."""
        self.delegate.set_keys(keys)
        self.viewport().update()

    def set_fixed_font(self, fixed: bool) -> None:
        """Write the lines in a font of one width, or in that of the window."""
        self._fixed = fixed
        self._fit_rows()
        self._fit_columns()
        self.viewport().update()

    def current_row(self) -> int:
        """Return the row the user is at, or -1."""
        return self.currentIndex().row()

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        selection = self.selectionModel().selection()
        parts = (selection.at(place) for place in range(selection.count()))
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def go_to(self, row: int, *, announce: bool = True) -> None:
        """Select ``row`` alone and bring it into view; say so unless ``announce`` is false."""
        if not 0 <= row < self._lines.rowCount():
            return
        index = self._lines.index(row, LINE_COLUMN)
        flags = QItemSelectionModel.SelectionFlag
        self._quiet = not announce
        try:
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        finally:
            self._quiet = False
        self.scrollTo(index)

    def select_nothing(self) -> None:
        """Take the selection away: what is read is not among the lines."""
        self._quiet = True
        try:
            self.selectionModel().clear()
        finally:
            self._quiet = False

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Say which row the user came to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet and current.row() != previous.row():
            self.line_selected.emit(current.row())

    def keyboardSearch(self, search: str) -> None:
        """Hand typed text on: the base class would visit every row of the model."""
        self.text_typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter, the ends, copying and sorting; leave the rest to the table."""
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if control:
                self.sort_moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() >= 0:
            self.opened.emit(self.current_row())
        elif key == Qt.Key.Key_Up and not control and self.current_row() <= 0:
            self.left_upward.emit()
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(self._lines.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Sort by the word under Alt and click; otherwise select."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            key = self.key_at(event.position())
            if key is not None:
                self.sort_wanted.emit(key)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Sort by the word that was clicked twice."""
        key = self.key_at(event.position())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() is Qt.MouseButton.LeftButton and key is not None:
            self.sort_wanted.emit(key)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the line that was clicked, also where it was the current one already."""
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        index = self.indexAt(event.position().toPoint())
        if plain and event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.opened.emit(index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the line and of the word at the mouse."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_requested.emit(self.viewport().mapToGlobal(place), None)
        elif self.indexAt(event.pos()).isValid():
            key = self.key_at(QPointF(event.pos()))
            self.menu_requested.emit(event.globalPos(), key)

    def key_at(self, place: QPointF) -> LineKey | None:
        """Return which word of a line stands at a place of the viewport, or None."""
        index = self.indexAt(place.toPoint())
        line = self._lines.row_at(index.row()) if index.isValid() else None
        if line is None or index.column() != LINE_COLUMN:
            return None
        area = QRectF(self.visualRect(index))
        return self.delegate.layout_of(line).key_at(place.x() - self.delegate.hit_x(area))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        # The base class may change the font before this class is set up.
        if event.type() == QEvent.Type.FontChange and hasattr(self, "delegate"):
            self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the lines all the width that the titles leave."""
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(self.delegate.row_height())
        self._fit_columns()

    def _fit_columns(self) -> None:
        width = self.viewport().width()
        place = min(round(width * _PLACE_SHARE), _PLACE_MOST_PX) if width > _PLACE_FROM_PX else 0
        self.setColumnHidden(PLACE_COLUMN, place == 0)
        self.setColumnWidth(LINE_COLUMN, width - place)
        self.setColumnWidth(PLACE_COLUMN, place)
        hit_x = self.delegate.hit_x(QRectF(0, 0, width - place, 0))
        self.columns_moved.emit(round(hit_x), width - place)
        wanted = self.delegate.characters_beside(width - place)
        steps = -(-wanted // _WIDTH_STEP_CP) * _WIDTH_STEP_CP
        bounded = max(_LEAST_WIDTH_CP, min(steps, _MOST_WIDTH_CP))
        # What is read already is wide enough for a narrower window.
        if bounded > self._width_cp:
            self._width_cp = bounded
            self.width_changed.emit()

    def _fit_rows(self) -> None:
        self.delegate.set_font(self.font(), fixed=self._fixed)
        height = self.delegate.row_height()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
