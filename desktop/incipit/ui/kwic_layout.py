"""One line of the concordance laid out: its hit stands at a given place, whatever is around it.

The whole line is one layout, so that letters join and marks combine as they do in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from incipit.analysis.sorting import LineKey
from incipit.services.concordance_values import KwicLine
from incipit.text.contexts import Context
from incipit.ui.themes import Colours

#: The place of the hit's beginning, as a share of the width.
HIT_AT = 0.45
_WIDEST_PX = 100_000


class KwicLayout:
    """The layout of a line; for the UI thread. Offsets inside are UTF-16 units, as Qt counts."""

    def __init__(
        self, line: KwicLine, font: QFont, colours: Colours, keys: Sequence[LineKey] = ()
    ) -> None:
        context = line.context
        self._context = context
        left = units(context.left)
        self.hit_start, self.hit_end = left, left + units(context.hit)
        self._layout = QTextLayout(context.left + context.hit + context.right, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        # Left of the hit is left on the screen, in any script.
        option.setFlags(QTextOption.Flag.IncludeTrailingSpaces)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(False)
        self._layout.setFormats(list(self._formats(colours, keys)))
        self._layout.beginLayout()
        self._line = self._layout.createLine()
        self._line.setLineWidth(_WIDEST_PX)
        self._layout.endLayout()

    @property
    def height(self) -> float:
        """The height of the line in pixels."""
        return self._line.height()

    @property
    def width(self) -> float:
        """The width of the whole line in pixels."""
        return self._line.naturalTextWidth()

    def x_of_hit(self) -> float:
        """Return where in the line the hit begins, in pixels from its start."""
        return self._x(self.hit_start)

    def draw(self, painter: QPainter, hit_x: float, top: float) -> float:
        """Draw with the hit beginning at ``hit_x``; return where the line itself begins."""
        start = hit_x - self.x_of_hit()
        self._layout.draw(painter, QPointF(start, top))
        return start

    def key_at(self, x_from_hit: float) -> LineKey | None:
        """Return which word stands at a distance in pixels from the hit's beginning."""
        x = self.x_of_hit() + x_from_hit
        for key, start, end in self._words():
            low, high = sorted((self._x(start), self._x(end)))
            if low <= x < high:
                return key
        return None

    def word(self, key: LineKey) -> str:
        """Return the word at a place beside the hit; empty where the line has none."""
        text = self._layout.text().encode("utf-16-le", "surrogatepass")
        for other, start, end in self._words():
            if other is key:
                return text[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        return ""

    def _words(self) -> Iterator[tuple[LineKey, int, int]]:
        """Yield the hit and the words beside it that can be sorted by, with their places."""
        yield LineKey.HIT, self.hit_start, self.hit_end
        context = self._context
        for side, words, text, start in (
            ("L", context.left_words, context.left, 0),
            ("R", context.right_words, context.right, self.hit_end),
        ):
            for number, (first, last) in enumerate(words, 1):
                yield (
                    LineKey(f"{side}{number}"),
                    start + units(text[:first]),
                    start + units(text[:last]),
                )

    def _formats(
        self, colours: Colours, keys: Sequence[LineKey]
    ) -> Iterator[QTextLayout.FormatRange]:
        inks = dict(zip(keys, colours.sort_inks(), strict=False))
        for key, start, end in self._words():
            style = QTextCharFormat()
            if key is LineKey.HIT:
                style.setBackground(colours.hit_background)
                style.setForeground(colours.hit_text)
                if key in inks:
                    style.setFontUnderline(True)
                    style.setUnderlineColor(inks[key])
            elif key in inks:
                style.setForeground(inks[key])
                style.setFontWeight(QFont.Weight.DemiBold)
            else:
                continue
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = start, end - start, style
            yield found

    def _x(self, unit: int) -> float:
        # PySide6 returns the place and the unit that it was moved to.
        placed: object = self._line.cursorToX(unit)
        x = placed[0] if isinstance(placed, tuple) else placed
        assert isinstance(x, float | int)
        return float(x)


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def spoken(context: Context) -> str:
    """Return a line as one text."""
    return f"{context.left}{context.hit}{context.right}"


def with_alpha(colour: QColor, alpha: float) -> QColor:
    """Return a colour that lets through what is behind it."""
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
