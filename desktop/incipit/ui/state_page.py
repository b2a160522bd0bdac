"""What stands where results would: an icon, what is so, what to do, and buttons to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from incipit.ui.icons import pixmap
from incipit.ui.themes import Colours

_ICON_PX = 48
_WIDEST_PX = 460


@dataclass(frozen=True, slots=True)
class Way:
    """A button on a state page: ``key`` is what :attr:`StatePage.chosen` will carry."""

    key: str
    label: str
    primary: bool = False
    link: bool = False


class StatePage(QWidget):
    """Shows an empty, loading or error state in words. ``chosen`` carries a way's key."""

    chosen = Signal(str)

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._icon_name = "book"
        self._shown: tuple[str, str, str, tuple[Way, ...]] | None = None
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = _centred()
        self._body = _centred()
        self._body.setProperty("role", "muted")
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        self._ways.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # The words stand in a column of their own: a wrapped label in a wide layout would run
        # as wide as the window.
        column = QWidget()
        column.setMaximumWidth(_WIDEST_PX)
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 24, 24, 24)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._title)
        layout.addWidget(self._body, 0)
        layout.addSpacing(8)
        layout.addLayout(self._ways)
        layout.addStretch(3)
        self._enlarge()

    def show_state(
        self, icon_name: str, title: str, body: str = "", ways: Sequence[Way] = ()
    ) -> None:
        """Show a state; ``ways`` become buttons in their order, which stay while they are."""
        shown = (icon_name, title, body, tuple(ways))
        if shown == self._shown:
            return
        self._shown = shown
        self._icon_name = icon_name
        self._title.setText(title)
        self._body.setText(body)
        self._body.setVisible(bool(body))
        self.setAccessibleName(title)
        self.setAccessibleDescription(body)
        self._show_ways(ways)
        self.set_colours(self._colours)

    def title(self) -> str:
        """Return the words of the state."""
        return self._title.text()

    def ways(self) -> tuple[QPushButton, ...]:
        """Return the buttons, in order."""
        items = [self._ways.itemAt(place) for place in range(self._ways.count())]
        return tuple(item.widget() for item in items if item is not None)  # type: ignore[misc] # only buttons are put there

    def set_colours(self, colours: Colours) -> None:
        """Draw the icon in ``colours``."""
        self._colours = colours
        colour = colours.error if self._icon_name == "error" else colours.muted
        self._icon.setPixmap(pixmap(self._icon_name, colour, _ICON_PX, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_title"):
            self._enlarge()

    def _show_ways(self, ways: Sequence[Way]) -> None:
        while (item := self._ways.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.hide()
                button.deleteLater()
        for way in ways:
            button = QPushButton(way.label)
            role = "primary" if way.primary else "link" if way.link else "plain"
            button.setProperty("role", role)
            button.clicked.connect(lambda _checked=False, key=way.key: self.chosen.emit(key))
            self._ways.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _enlarge(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)


def _centred() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
