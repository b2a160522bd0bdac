"""Every colour of the program, light and dark, in one place.

Nothing else names a colour. ``text_pairs`` lists which colour is read on which, so that a test
can compute the contrast of each pair (WCAG 2.2, level AA: 4.5 for text, 3 for outlines).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, each named by what it is for.

    ``window`` is behind bars and panels, ``surface`` behind the list, ``background`` behind
    the text that is read. ``outline`` bounds what can be operated, ``border`` only parts areas.
    """

    name: str
    is_dark: bool
    window: QColor
    surface: QColor
    surface_hover: QColor
    background: QColor
    field: QColor
    text: QColor
    muted: QColor
    border: QColor
    outline: QColor
    accent: QColor
    accent_text: QColor
    selection_background: QColor
    selection_text: QColor
    selection_muted: QColor
    hit_background: QColor
    hit_text: QColor
    current_hit_background: QColor
    current_hit_text: QColor
    error: QColor
    error_background: QColor
    warning: QColor
    success: QColor
    sort_first: QColor
    sort_second: QColor
    sort_third: QColor

    def sort_inks(self) -> tuple[QColor, QColor, QColor]:
        """Return the colours of the words that lines are sorted by, the first key's first."""
        return self.sort_first, self.sort_second, self.sort_third

    def text_pairs(self) -> Iterator[tuple[str, QColor, QColor]]:
        """Yield what is read on what: a name, the colour in front and the one behind."""
        for behind in ("window", "surface", "surface_hover", "background", "field"):
            for front in ("text", "muted", "accent", "error", "warning", "success"):
                yield f"{front} on {behind}", getattr(self, front), getattr(self, behind)
        yield "accent_text on accent", self.accent_text, self.accent
        yield "selection", self.selection_text, self.selection_background
        yield "muted in selection", self.selection_muted, self.selection_background
        for behind in ("surface", "surface_hover", "selection_background"):
            for place, ink in enumerate(self.sort_inks(), 1):
                yield f"sort {place} on {behind}", ink, getattr(self, behind)
        yield "hit", self.hit_text, self.hit_background
        yield "current hit", self.current_hit_text, self.current_hit_background
        yield "text on error", self.text, self.error_background
        yield "error on error", self.error, self.error_background

    def outline_pairs(self) -> Iterator[tuple[str, QColor, QColor]]:
        """Yield the outlines and marks that must stand out from what is around them."""
        for behind in ("window", "surface", "background", "field"):
            yield f"outline on {behind}", self.outline, getattr(self, behind)
            yield f"accent on {behind}", self.accent, getattr(self, behind)
        yield "current hit on page", self.current_hit_background, self.background


def _colours(name: str, *, is_dark: bool, **values: str) -> Colours:
    return Colours(
        name=name, is_dark=is_dark, **{key: QColor(value) for key, value in values.items()}
    )


LIGHT = _colours(
    "light",
    is_dark=False,
    window="#f4f2ee",
    surface="#faf9f6",
    surface_hover="#f0ede7",
    background="#fffefb",
    field="#ffffff",
    text="#22252a",
    muted="#5d6168",
    border="#dfdbd3",
    outline="#8b877e",
    accent="#23557f",
    accent_text="#ffffff",
    selection_background="#d9e5ef",
    selection_text="#152a3c",
    selection_muted="#44596c",
    hit_background="#fbe6a2",
    hit_text="#2b2410",
    current_hit_background="#b4480f",
    current_hit_text="#ffffff",
    error="#a3231c",
    error_background="#fbe9e6",
    warning="#7a4f00",
    success="#24683c",
    sort_first="#a0250f",
    sort_second="#1f6236",
    sort_third="#6a3aa2",
)

DARK = _colours(
    "dark",
    is_dark=True,
    window="#1b1d21",
    surface="#202328",
    surface_hover="#292d33",
    background="#1e2125",
    field="#16181b",
    text="#dddad3",
    muted="#a2a5a9",
    border="#34383f",
    outline="#7b8089",
    accent="#8dbce4",
    accent_text="#10222f",
    selection_background="#2c4358",
    selection_text="#eef4f9",
    selection_muted="#b9cbda",
    hit_background="#574816",
    hit_text="#fbeec3",
    current_hit_background="#f0a040",
    current_hit_text="#1f1405",
    error="#f59a8e",
    error_background="#3a2422",
    warning="#e5bd6b",
    success="#8ccb9d",
    sort_first="#ffab8c",
    sort_second="#97d6a8",
    sort_third="#d3b8fa",
)


def contrast(front: QColor, behind: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dim = sorted((_luminance(front), _luminance(behind)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def palette_of(colours: Colours) -> QPalette:
    """Return the Qt palette of a theme, for what Qt draws by itself."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.field,
        QPalette.ColorRole.AlternateBase: colours.surface,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.accent_text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.accent_text,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Light: colours.surface_hover,
        QPalette.ColorRole.Midlight: colours.border,
        QPalette.ColorRole.Mid: colours.outline,
        QPalette.ColorRole.Dark: colours.outline,
        QPalette.ColorRole.Shadow: colours.border,
    }
    for role, colour in roles.items():
        palette.setColor(role, colour)
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colours.outline)
    return palette


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = colour.redF(), colour.greenF(), colour.blueF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
