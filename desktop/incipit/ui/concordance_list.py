"""The lines of the concordance in a table of fixed row height, a million as smooth as ten."""

from __future__ import annotations

from PySide6.QtCore import (
    QPoint,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from incipit.analysis.sorting import LineKey
from incipit.ui.concordance_delegate import ConcordanceDelegate
from incipit.ui.concordance_model import LINE_COLUMN, PLACE_COLUMN, ConcordanceModel
from incipit.ui.row_list import RowList
from incipit.ui.themes import Colours

#: Below this width the documents' titles give way to the lines.
_PLACE_FROM_PX = 460
_PLACE_SHARE = 0.27
_PLACE_MOST_PX = 260
#: Contexts are asked for in steps of so many characters, not anew for every pixel.
_WIDTH_STEP_CP = 40
_LEAST_WIDTH_CP = 80
_MOST_WIDTH_CP = 600


class ConcordanceList(RowList):
    """Shows a :class:`ConcordanceModel` and says what the user does with it.

    ``opened`` also carries the row that was clicked. ``sort_wanted`` carries a :class:`LineKey`
    whose word was clicked twice, or once with Alt, ``sort_moved`` -1 or 1 for another word to the
    left or right (Ctrl with the arrow). ``width_changed`` says that other contexts are needed,
    ``columns_moved`` where in the viewport the hits and the titles of documents begin now.
    """

    delegate: ConcordanceDelegate

    sort_wanted = Signal(object)
    sort_moved = Signal(int)
    copy_requested = Signal()
    menu_requested = Signal(QPoint, object)
    text_typed = Signal(str)
    width_changed = Signal()
    columns_moved = Signal(int, int)

    def __init__(
        self, model: ConcordanceModel, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, ConcordanceDelegate(colours), parent)
        self._lines = model
        self._width_cp = _LEAST_WIDTH_CP
        self.setAccessibleName(self.tr("Concordance"))
        self.setAccessibleDescription(self.tr("Every hit in its context, one line each"))
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def width_cp(self) -> int:
        """Return how many characters of context fill a line to each side."""
        return self._width_cp

    def set_keys(self, keys: tuple[LineKey, ...]) -> None:
        """Colour the words that the lines are sorted by."""
        self.delegate.set_keys(keys)
        self.viewport().update()

    def set_fixed_font(self, fixed: bool) -> None:
        """Write the lines in a font of one width, or in that of the window."""
        self.delegate.set_fixed(fixed)
        self.fit_rows()
        self._fit_columns()
        self.viewport().update()

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        ranges = (range(part.top(), part.bottom() + 1) for part in self.selected_ranges())
        return sorted(set().union(*ranges))

    def keyboardSearch(self, search: str) -> None:
        """Hand typed text on: the base class would visit every row of the model."""
        self.text_typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take copying and sorting; leave the rest to all lists."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.sort_moved.emit(-1 if key == Qt.Key.Key_Left else 1)
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
        place = self.menu_place(event)
        if place is not None:
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu_requested.emit(place, None if by_key else self.key_at(QPointF(event.pos())))

    def key_at(self, place: QPointF) -> LineKey | None:
        """Return which word of a line stands at a place of the viewport, or None."""
        index = self.indexAt(place.toPoint())
        line = self._lines.row_at(index.row()) if index.isValid() else None
        if line is None or index.column() != LINE_COLUMN:
            return None
        area = QRectF(self.visualRect(index))
        return self.delegate.layout_of(line).key_at(place.x() - self.delegate.hit_x(area))

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
