"""Where on the laid-out page characters stand: heights in pixels of the document, code points.

Asks a QTextDocument that holds one window of a text; changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextDocument

from incipit.ui.displayed_text import TextWindow


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line as laid out: its code points (half open), its top and its height in pixels."""

    start_cp: int
    end_cp: int
    top_px: float
    height_px: float


class PageGeometry:
    """Answers for one document; ``window`` is what the document holds."""

    def __init__(self, document: QTextDocument, window: TextWindow) -> None:
        self._document = document
        self.window = window

    def finish_layout(self) -> None:
        """Lay out to the end what Qt would lay out when it has time."""
        self._document.documentLayout().blockBoundingRect(self._document.lastBlock())

    def block_at(self, y: float) -> int:
        """Return the number of the block at a height."""
        return self._document.findBlock(self._position_at(y)).blockNumber()

    def line_at(self, y: float) -> PageLine:
        """Return the line at a height, or the one nearest to it."""
        position = self._position_at(y)
        block = self._document.findBlock(position)
        layout = block.layout()
        line = layout.lineForTextPosition(position - block.position())
        if not line.isValid():
            cp = self.window.to_cp(block.position())
            return PageLine(cp, cp, layout.position().y(), 1.0)
        start = block.position() + line.textStart()
        return PageLine(
            self.window.to_cp(start),
            self.window.to_cp(start + line.textLength()),
            layout.position().y() + line.y(),
            max(1.0, line.height()),
        )

    def cp_at(self, y: float) -> int:
        """Return about which code point stands at a height, moving evenly through lines."""
        line = self.line_at(y)
        share = min(max((y - line.top_px) / line.height_px, 0.0), 1.0)
        return line.start_cp + round(share * (line.end_cp - line.start_cp))

    def top_of(self, cp: int) -> float:
        """Return the top of the line that holds a code point of the window."""
        position = self.window.to_position(cp)
        block = self._document.findBlock(position)
        layout = block.layout()
        line = layout.lineForTextPosition(position - block.position())
        return layout.position().y() + (line.y() if line.isValid() else 0.0)

    def fractions(self, cps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return at which part of the document's height, 0 to 1, code points stand, about."""
        layout, block = self._document.documentLayout(), self._document.begin()
        tops: list[float] = []
        bottom = 0.0
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            tops.append(rect.top())
            bottom = rect.bottom()
            block = block.next()
        places = [*self.window.block_starts_cp.tolist(), self.window.end_cp]
        height = max(1.0, self._document.size().height())
        return np.asarray(np.interp(cps, places, [*tops, bottom]) / height, dtype=np.float64)

    def _position_at(self, y: float) -> int:
        layout = self._document.documentLayout()
        middle = layout.documentSize().width() / 2
        return max(0, layout.hitTest(QPointF(middle, y), Qt.HitTestAccuracy.FuzzyHit))
