"""A strip with a mark wherever hits stand: in the corpus, or inside its documents.

Drawn with QPainter; the more hits, the higher and the darker the mark. A mark is clickable, and
with the focus on the strip the arrows go from mark to mark and Enter takes one.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from incipit.analysis.dispersion import Strip
from incipit.ui import wording
from incipit.ui.kwic_layout import with_alpha
from incipit.ui.themes import Colours

#: The stretches that are counted; a strip is seldom wider than this many pixels.
BINS = 600
_HEIGHT_PX = 22
#: How far beside a mark a click still means it.
_CATCH_PX = 4
_LEAST_SHARE = 0.35


class DispersionStrip(QWidget):
    """Draws a :class:`Strip`. ``line_chosen`` carries the first line of the mark chosen."""

    line_chosen = Signal(int)

    def __init__(self, name: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._strip: Strip | None = None
        self._current = -1
        self._most = 1
        self._marks: QPixmap | None = None
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours`` from now on."""
        self._colours = colours
        self._marks = None
        self.update()

    def set_strip(self, strip: Strip | None) -> None:
        """Draw ``strip``, or an empty one."""
        self._strip = strip
        self._current = -1
        self._marks = None
        self._most = 1 if strip is None else max(int(strip.counts.max(initial=0)), 1)
        marks = self.marks()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if marks else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription(self._said())
        self.update()

    def marks(self) -> list[int]:
        """Return the stretches that have hits."""
        return [] if self._strip is None else np.flatnonzero(self._strip.counts).tolist()

    def mark_at(self, x: float) -> int:
        """Return the stretch with hits nearest to ``x``, within reach of a click, or -1."""
        marks = self.marks()
        nearest = min(marks, key=lambda bin_: abs(self._x(bin_) - x), default=-1)
        return nearest if nearest >= 0 and abs(self._x(nearest) - x) <= _CATCH_PX else -1

    def sizeHint(self) -> QSize:
        """Ask for a fixed height and whatever width there is."""
        return QSize(200, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Ask for a little at least."""
        return QSize(60, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the marks, and the one that is current stronger."""
        if self._marks is None or self._marks.deviceIndependentSize() != self.size().toSizeF():
            self._marks = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._marks)
        if self._current >= 0:
            painter.fillRect(self._bar(self._current)[0], self._colours.current_hit_background)
        painter.setPen(self._colours.accent if self.hasFocus() else self._colours.border)
        painter.drawRect(self._area())

    def _drawn(self) -> QPixmap:
        """Draw the ground and a bar for each stretch with hits, once for every repaint."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap((self.size().toSizeF() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._colours.window)
        painter = QPainter(picture)
        painter.fillRect(self._area(), self._colours.field)
        for mark in self.marks():
            bar, share = self._bar(mark)
            painter.fillRect(bar, with_alpha(self._colours.accent, share))
        painter.end()
        return picture

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)

    def _bar(self, mark: int) -> tuple[QRectF, float]:
        """Return the bar of a stretch, and how high it is, 0 to 1."""
        assert self._strip is not None
        area = self._area()
        width = max(self.width() / len(self._strip.counts), 1.0)
        share = _LEAST_SHARE + (1 - _LEAST_SHARE) * int(self._strip.counts[mark]) / self._most
        height = (area.height() - 1) * share
        return QRectF(self._x(mark) - width / 2, area.bottom() - height, width, height), share

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark that was clicked."""
        mark = self.mark_at(event.position().x())
        if mark >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._choose(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from mark to mark, and choose one."""
        marks = self.marks()
        if not marks or event.key() not in _KEYS:
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Home):
            before = [mark for mark in marks if mark < self._current]
            first = event.key() == Qt.Key.Key_Home or not before
            self._current = marks[0] if first else before[-1]
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_End):
            after = [mark for mark in marks if mark > self._current]
            last = event.key() == Qt.Key.Key_End or not after
            self._current = marks[-1] if last else after[0]
        elif self._current >= 0:
            self._choose(self._current)
        self.setAccessibleDescription(self._said())
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say under the mouse how many hits a mark stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._told(self.mark_at(event.pos().x())), self)
            return True
        return super().event(event)

    def _choose(self, mark: int) -> None:
        assert self._strip is not None
        self._current = mark
        self.update()
        self.line_chosen.emit(int(self._strip.first_lines[mark]))

    def _told(self, mark: int) -> str:
        if self._strip is None or mark < 0:
            return self._name
        percent = round(mark * 100 / len(self._strip.counts))
        hits = wording.hits(int(self._strip.counts[mark]))
        return self.tr("{name}: {hits} at {percent} %").format(
            name=self._name, hits=hits, percent=percent
        )

    def _said(self) -> str:
        if self._strip is None:
            return ""
        if self._current >= 0:
            return self._told(self._current)
        return self.tr("{n} of {of} stretches have hits").format(
            n=len(self.marks()), of=len(self._strip.counts)
        )

    def _x(self, bin_: int) -> float:
        assert self._strip is not None
        return (bin_ + 0.5) * self.width() / len(self._strip.counts)


_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
)
