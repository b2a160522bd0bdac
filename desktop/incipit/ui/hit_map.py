"""The scroll bar of the reading pane, with a mark for each hit of the whole text.

Draws itself, so that marks and handle share one geometry on every platform. A click on a mark
goes to its hit; elsewhere the bar behaves as a scroll bar. Positions are fractions of the
whole, 0 to 1, in the order of the hits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from incipit.ui.themes import Colours

WIDTH_PX = 16
_HANDLE_LEAST_PX = 32
_MARK_HEIGHT_PX = 2
# How far beside a mark a click still means it.
_CATCH_PX = 4
_INSET_PX = 4


class HitScrollBar(QScrollBar):
    """A vertical scroll bar with clickable marks."""

    hit_clicked = Signal(int)

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._colours = colours
        self._fractions: NDArray[np.float64] = np.empty(0)
        self._rows: list[int] = []
        self._current = -1
        self._grabbed_at: float | None = None
        self._hovered = False
        self.setFixedWidth(WIDTH_PX)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName(self.tr("Position in the text"))

    def set_colours(self, colours: Colours) -> None:
        """Draw in the colours of another theme."""
        self._colours = colours
        self.update()

    def set_marks(self, fractions: NDArray[np.float64]) -> None:
        """Show a mark at each of the fractions (0 to 1), which are in the order of the hits."""
        self._fractions = np.clip(fractions, 0.0, 1.0)
        self._find_rows()

    def set_current(self, index: int) -> None:
        """Draw one mark stronger; -1 for none."""
        if index != self._current:
            self._current = index
            self.update()

    def mark_y(self, index: int) -> float:
        """Return where the middle of a mark is drawn, in pixels from the top."""
        return float(self._fractions[index]) * self._room() + 1

    def mark_at(self, y: float) -> int:
        """Return the hit whose mark is nearest to ``y`` within reach of a click, or -1."""
        after = int(np.searchsorted(self._fractions, (y - 1) / self._room()))
        near = [index for index in (after - 1, after) if 0 <= index < len(self._fractions)]
        nearest = min(near, key=lambda index: abs(self.mark_y(index) - y), default=-1)
        return nearest if nearest >= 0 and abs(self.mark_y(nearest) - y) <= _CATCH_PX else -1

    def handle_rect(self) -> QRectF:
        """Return the handle; empty where everything is in view."""
        whole = self.maximum() - self.minimum() + self.pageStep()
        if self.maximum() <= self.minimum() or whole <= 0:
            return QRectF()
        length = max(_HANDLE_LEAST_PX, self.height() * self.pageStep() / whole)
        share = (self.sliderPosition() - self.minimum()) / (self.maximum() - self.minimum())
        return QRectF(0, share * (self.height() - length), self.width(), length)

    def sizeHint(self) -> QSize:
        """Ask for the fixed width."""
        return QSize(WIDTH_PX, 4 * _HANDLE_LEAST_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove, the handle and over it the marks."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colours.background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        handle = self.handle_rect().adjusted(_INSET_PX, 2, -_INSET_PX, -2)
        if handle.height() > 0:
            colour = QColor(self._colours.outline)
            colour.setAlphaF(0.95 if self.isSliderDown() or self._hovered else 0.6)
            painter.setBrush(colour)
            radius = handle.width() / 2
            painter.drawRoundedRect(handle, radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_marks(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle, go to the hit of a mark, or go to the place clicked."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        y = event.position().y()
        handle = self.handle_rect()
        hit = self.mark_at(y)
        if handle.contains(QPointF(handle.center().x(), y)) and hit < 0:
            self._grabbed_at = y - handle.top()
            self.setSliderDown(True)
        elif hit >= 0:
            self.hit_clicked.emit(hit)
        elif handle.height() > 0:
            self._grabbed_at = handle.height() / 2
            self.setSliderDown(True)
            self._drag_to(y)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle; over a mark, show that it can be clicked."""
        y = event.position().y()
        if self._grabbed_at is not None:
            self._drag_to(y)
        elif self.mark_at(y) >= 0:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the handle."""
        self._grabbed_at = None
        self.setSliderDown(False)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the marks anew."""
        super().resizeEvent(event)
        self._find_rows()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Draw the handle stronger under the mouse."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Draw the handle quietly again."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def _room(self) -> int:
        return max(1, self.height() - _MARK_HEIGHT_PX)

    def _find_rows(self) -> None:
        """Find the rows of pixels with marks, once: there are more hits than pixels."""
        rows = np.rint(self._fractions * self._room()).astype(np.int64)
        self._rows = rows[np.diff(rows, prepend=-1) > 0].tolist()
        self.update()

    def _drag_to(self, y: float) -> None:
        assert self._grabbed_at is not None
        room = self.height() - self.handle_rect().height()
        share = (y - self._grabbed_at) / room if room > 0 else 0.0
        span = self.maximum() - self.minimum()
        self.setSliderPosition(self.minimum() + round(min(max(share, 0.0), 1.0) * span))

    def _paint_marks(self, painter: QPainter) -> None:
        left, width = 2, self.width() - 4
        painter.setBrush(_mark_colour(self._colours))
        for row in self._rows:
            painter.drawRect(left, row, width, _MARK_HEIGHT_PX)
        if 0 <= self._current < len(self._fractions):
            painter.setBrush(self._colours.current_hit_background)
            row = round(self.mark_y(self._current)) - 1
            painter.drawRect(0, row - 1, self.width(), _MARK_HEIGHT_PX + 2)


def _mark_colour(colours: Colours) -> QColor:
    """Return a colour between a hit and the current one, which stands out from the page."""
    first, second = colours.hit_background, colours.current_hit_background
    return QColor(
        (first.red() + second.red()) // 2,
        (first.green() + second.green()) // 2,
        (first.blue() + second.blue()) // 2,
    )
