"""A frame around the page that shows when the page has the focus of the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from incipit.ui.themes import Colours

_WIDTH_PX = 2
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class PageFrame(QWidget):
    """Holds the page and what stands beside it; ``page`` is the widget that takes the focus."""

    def __init__(
        self, page: QWidget, beside: QWidget, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._colours = colours
        self._page = page
        self.is_lit = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_WIDTH_PX, _WIDTH_PX, _WIDTH_PX, _WIDTH_PX)
        layout.setSpacing(0)
        layout.addWidget(page, 1)
        layout.addWidget(beside, 0)
        page.installEventFilter(self)

    def set_colours(self, colours: Colours) -> None:
        """Draw in the colours of another theme."""
        self._colours = colours
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus of the page; a click needs no frame to show where it went."""
        if watched is self._page and isinstance(event, QFocusEvent):
            self.is_lit = event.gotFocus() and event.reason() in _BY_KEYBOARD
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, in the colour of the page while the focus is elsewhere."""
        painter = QPainter(self)
        colour = self._colours.accent if self.is_lit else self._colours.background
        pen = QPen(colour, _WIDTH_PX)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        inset = _WIDTH_PX // 2
        painter.drawRect(self.rect().adjusted(inset, inset, -inset, -inset))
