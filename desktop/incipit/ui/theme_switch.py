"""Which theme is shown: the one chosen, or the one the system has, followed as it changes."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStyleHints
from PySide6.QtWidgets import QApplication

from incipit.ui.style_sheet import style_sheet
from incipit.ui.themes import DARK, LIGHT, Colours, palette_of

ThemeChoice = Literal["system", "light", "dark"]


class ThemeSwitch(QObject):
    """Dresses the application in a theme and says when it changes.

    Until :meth:`dress` only its palette and style are there, and no style sheet.

    ``colours_changed`` carries the :class:`Colours` for what paints by itself. ``hints`` say
    what the system has; they are those of the application unless others are given.
    """

    colours_changed = Signal(object)

    def __init__(
        self, app: QApplication, choice: str = "system", hints: QStyleHints | None = None
    ) -> None:
        super().__init__(app)
        self._app = app
        self._hints = hints or app.styleHints()
        self._choice = choice
        self._colours = self._wanted()
        # Once: the sheet lies over the style, and is only ever replaced. Taking it off makes Qt
        # lose track of the widgets that wore it, and the next sheet visits them when they are gone.
        if not app.styleSheet():
            app.setStyle("Fusion")
        self._app.setPalette(palette_of(self._colours))
        self._hints.colorSchemeChanged.connect(self._on_system_changed)

    @property
    def colours(self) -> Colours:
        """Return the colours that are shown."""
        return self._colours

    @property
    def choice(self) -> str:
        """Return what was chosen: system, light or dark."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Show the theme ``choice``: system, light or dark."""
        self._choice = choice
        self._refresh()

    def dress(self) -> None:
        """Show the theme on all widgets that there are.

        While a window is put together every widget would be dressed again whenever what holds it
        is placed: a window is dressed when it is whole.
        """
        self._app.setPalette(palette_of(self._colours))
        self._app.setStyleSheet(style_sheet(self._colours))

    def _on_system_changed(self) -> None:
        if self._choice == "system":
            self._refresh()

    def _wanted(self) -> Colours:
        if self._choice == "system":
            scheme = self._hints.colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is not self._colours:
            self._colours = wanted
            self.dress()
            self.colours_changed.emit(wanted)
