"""A line of text that gives way: what does not fit is elided, and told by a tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Shows plain text on one line, elided at the end or in the middle where there is no room."""

    def __init__(
        self,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        *,
        least_chars: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self._least_chars = least_chars
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show a text; line breaks in it become spaces."""
        super().setText(" ".join(text.split()))
        self._tell()

    def shown_text(self) -> str:
        """Return what of the text is drawn."""
        return self.fontMetrics().elidedText(self.text(), self._elide, self.width())

    def minimumSizeHint(self) -> QSize:
        """Ask for a few characters only."""
        least = self.fontMetrics().averageCharWidth() * self._least_chars
        return QSize(min(least, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text in a tool tip where it is elided."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the elided text in the colour of the style."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), align, self.shown_text())

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")
