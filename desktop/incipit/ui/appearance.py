"""How the page is set: typeface, size and measure, as the reader chose them.

Owns the choice and what follows from it in fonts and pixels; knows no widget and no colour.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtGui import QFont, QFontMetricsF

ZOOM_STEPS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400)

# Faces made for reading on a screen first; the last ones are on every Linux desktop.
_FAMILIES = {
    "serif": (
        "Charter",
        "Iowan Old Style",
        "Sitka Text",
        "Source Serif 4",
        "Noto Serif",
        "Georgia",
        "Cambria",
        "Liberation Serif",
        "DejaVu Serif",
    ),
    "sans": (
        "Segoe UI",
        "SF Pro Text",
        "Inter",
        "Source Sans 3",
        "Noto Sans",
        "Helvetica Neue",
        "Liberation Sans",
        "DejaVu Sans",
    ),
}
# Read text is set larger than the labels of controls, which are glanced at.
_READING_TO_SYSTEM = 1.28
# English prose in its usual proportions of letters and spaces: its mean advance is what a
# measure of so many characters means (the mean of the alphabet is a tenth too wide).
_SAMPLE = (
    "Whether I shall turn out to be the hero of my own life, or whether that station will be "
    "held by anybody else, these pages must show. To begin my life with the beginning of my life, "
    "I record that I was born (as I have been informed and believe) on a Friday"
)
# What a ragged right edge leaves free on average, in characters.
_RAGGED_CHARS = 3


@dataclass(frozen=True, slots=True)
class ReadingAppearance:
    """The reader's choice: ``measure_chars`` is the mean number of characters of a full line."""

    font: Literal["serif", "sans"] = "serif"
    zoom_percent: int = 100
    measure_chars: int = 70

    def zoomed(self, steps: int) -> ReadingAppearance:
        """Return this appearance ``steps`` larger (smaller where negative), within limits."""
        if steps > 0:
            place = bisect_right(ZOOM_STEPS, self.zoom_percent) + steps - 1
        else:
            place = bisect_left(ZOOM_STEPS, self.zoom_percent) + steps
        place = min(max(place, 0), len(ZOOM_STEPS) - 1)
        return replace(self, zoom_percent=ZOOM_STEPS[place])

    def unzoomed(self) -> ReadingAppearance:
        """Return this appearance at 100 percent."""
        return replace(self, zoom_percent=100)


def reading_font(appearance: ReadingAppearance, system_font: QFont) -> QFont:
    """Return the font of the page: its size follows the system's, then the zoom."""
    font = QFont(system_font)
    font.setFamilies(list(_FAMILIES[appearance.font]))
    font.setStyleHint(
        QFont.StyleHint.Serif if appearance.font == "serif" else QFont.StyleHint.SansSerif
    )
    scale = _READING_TO_SYSTEM * appearance.zoom_percent / 100
    if system_font.pointSizeF() > 0:
        font.setPointSizeF(system_font.pointSizeF() * scale)
    else:
        font.setPixelSize(max(1, round(system_font.pixelSize() * scale)))
    # Whole-pixel advances make small text uneven.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def measure_px(font: QFont, measure_chars: int) -> float:
    """Return the width of a line of about ``measure_chars`` characters of prose, in pixels."""
    return (
        QFontMetricsF(font).horizontalAdvance(_SAMPLE)
        / len(_SAMPLE)
        * (measure_chars + _RAGGED_CHARS)
    )
