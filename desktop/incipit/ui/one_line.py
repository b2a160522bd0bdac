"""A line of small widgets that never wraps: what does not fit is hidden, from the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 6


class OneLine(QWidget):
    """Places ``left`` widgets from the left and ``right`` ones at the right end.

    A widget takes part while :meth:`set_wanted` says so; one that is wanted and has no room
    is hidden until there is. Left goes before right, and earlier before later.
    """

    def __init__(
        self, left: Sequence[QWidget], right: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._left = tuple(left)
        self._right = tuple(right)
        self._wanted: set[QWidget] = set()
        for widget in (*left, *right):
            widget.setParent(self)
            widget.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_wanted(self, wanted: Sequence[QWidget]) -> None:
        """Show the widgets in ``wanted``, as far as there is room, and hide the others."""
        self._wanted = set(wanted)
        self._place()

    def sizeHint(self) -> QSize:
        """Return the height of the highest widget, wanted or not, so that nothing jumps."""
        heights = [widget.sizeHint().height() for widget in (*self._left, *self._right)]
        return QSize(100, max(heights, default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the same height; any width will do."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _place(self) -> None:
        start, room = 0, self.width()
        for widget in (*self._left, *self._right):
            if widget not in self._wanted:
                widget.hide()
        for widget in filter(self._wanted.__contains__, self._left):
            width = min(widget.sizeHint().width(), max(widget.minimumWidth(), room - start))
            if width >= widget.minimumSizeHint().width() and start + width <= room:
                self._put(widget, start, width)
                start += width + _GAP
            else:
                widget.hide()
        shown = []
        used = 0
        for widget in filter(self._wanted.__contains__, self._right):
            width = widget.sizeHint().width()
            if start + used + width + _GAP <= room:
                shown.append((widget, width))
                used += width + _GAP
            else:
                widget.hide()
        place = room - used + _GAP
        for widget, width in shown:
            self._put(widget, place, width)
            place += width + _GAP

    def _put(self, widget: QWidget, left: int, width: int) -> None:
        height = min(widget.sizeHint().height(), self.height())
        widget.setGeometry(left, (self.height() - height) // 2, width, height)
        widget.show()
