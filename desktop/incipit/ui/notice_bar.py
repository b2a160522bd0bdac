"""A line that tells what happened and offers one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from incipit.ui.icons import icon
from incipit.ui.themes import Colours

_PASSING_MS = 12_000


class NoticeBar(QFrame):
    """Shows one notice at a time; a newer one takes its place."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._act: Callable[[], None] | None = None
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._button = QPushButton()
        self._button.setProperty("role", "link")
        self._button.clicked.connect(self._on_acted)
        self._close = QToolButton()
        self._close.setIconSize(QSize(16, 16))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.clicked.connect(self.dismiss)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.timeout.connect(self._on_passed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self.set_colours(colours)
        self.hide()

    def tell(
        self,
        text: str,
        *,
        action: str = "",
        act: Callable[[], None] | None = None,
        kind: Literal["plain", "error"] = "plain",
        passing: bool = False,
    ) -> None:
        """Show ``text``, and a button named ``action`` that calls ``act`` and ends the notice.

        A ``passing`` notice goes away by itself, unless the mouse or the focus is on it.
        """
        self._act = act
        self._label.setText(text)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._passing.stop()
        if passing:
            self._passing.start(_PASSING_MS)
        self.show()

    def text(self) -> str:
        """Return what is told, or nothing when nothing is."""
        return "" if self.isHidden() else self._label.text()

    def act(self) -> None:
        """Do what the notice offers, as a click on its button would."""
        self._button.click()

    def dismiss(self) -> None:
        """End the notice."""
        self._passing.stop()
        self._act = None
        self.hide()

    def set_colours(self, colours: Colours) -> None:
        """Draw the icon in ``colours``."""
        self._close.setIcon(icon("clear", colours.muted))

    def _on_acted(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def _on_passed(self) -> None:
        if self.underMouse() or self._button.hasFocus() or self._close.hasFocus():
            self._passing.start(_PASSING_MS)
        else:
            self.dismiss()
