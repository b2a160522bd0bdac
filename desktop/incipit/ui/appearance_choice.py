"""The choices of the View menu, carried out on page and theme."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from incipit.services.settings import Settings
from incipit.ui.appearance import ReadingAppearance
from incipit.ui.menus import Menus
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.theme_switch import ThemeSwitch


def appearance_of(settings: Settings) -> ReadingAppearance:
    """Return how the page is set according to ``settings``."""
    return ReadingAppearance(
        "sans" if settings.reading_font == "sans" else "serif",
        settings.zoom_percent,
        settings.measure_chars,
    )


class AppearanceChoice(QObject):
    """Joins the menu with the page and the theme.

    ``changed`` comes when the user has chosen; :meth:`applied_to` then gives the settings.
    """

    changed = Signal()

    def __init__(
        self, menus: Menus, pane: ReadingPane, theme: ThemeSwitch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._theme = theme
        menus.show_choices(
            theme=theme.choice,
            font=pane.appearance.font,
            measure_chars=pane.appearance.measure_chars,
        )
        menus.theme_chosen.connect(self._on_theme_chosen)
        menus.font_chosen.connect(lambda font: self._set(font=font))
        menus.measure_chosen.connect(lambda chars: self._set(measure_chars=chars))
        pane.zoom_changed.connect(lambda _percent: self.changed.emit())

    def applied_to(self, settings: Settings) -> Settings:
        """Return ``settings`` with what is chosen now."""
        appearance = self._pane.appearance
        return replace(
            settings,
            theme=self._theme.choice,
            reading_font=appearance.font,
            zoom_percent=appearance.zoom_percent,
            measure_chars=appearance.measure_chars,
        )

    def _on_theme_chosen(self, choice: str) -> None:
        self._theme.choose(choice)
        self.changed.emit()

    def _set(self, **changes: object) -> None:
        made = replace(self._pane.appearance, **changes)  # type: ignore[arg-type] # its fields
        self._pane.set_appearance(made)
        self.changed.emit()
