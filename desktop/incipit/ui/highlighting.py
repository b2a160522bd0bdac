"""Which characters are lit, and the formats that light them in the blocks that are seen.

A text can have fifty thousand hits; formats are given only to blocks that come into view, and
only to layouts, so the document's own text and formats stay untouched.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from incipit.ui.displayed_text import TextWindow
from incipit.ui.themes import Colours

Span = tuple[int, int]
NO_SPANS: NDArray[np.int64] = np.empty((0, 2), np.int64)


class Light(IntEnum):
    """The kinds of light, weakest first: a stronger one covers a weaker."""

    FOUND = 0
    HIT = 1
    CURRENT = 2


class SpanList:
    """Half-open spans of code points, int64 of shape (n, 2), by start, then end.

    Spans may overlap, as the spans of a near search do.
    """

    def __init__(self, spans_cp: NDArray[np.int64] = NO_SPANS) -> None:
        self.spans = np.ascontiguousarray(spans_cp, dtype=np.int64).reshape(-1, 2)
        # Ends are not in order where spans overlap; how far any span so far reaches is.
        self._reach = np.maximum.accumulate(self.spans[:, 1])

    def __len__(self) -> int:
        return len(self.spans)

    def __getitem__(self, index: int) -> Span:
        return int(self.spans[index, 0]), int(self.spans[index, 1])

    def first_from(self, cp: int) -> int:
        """Return the index of the first span that starts at ``cp`` or later."""
        return int(np.searchsorted(self.spans[:, 0], cp, side="left"))

    def within(self, start_cp: int, end_cp: int) -> list[Span]:
        """Return what the spans cover of a range: parts in order that do not overlap."""
        low = int(np.searchsorted(self._reach, start_cp, side="right"))
        high = self.first_from(end_cp)
        parts: list[Span] = []
        for start, end in np.clip(self.spans[low:high], start_cp, end_cp).tolist():
            if start >= end:
                continue
            if parts and start < parts[-1][1]:
                parts[-1] = (parts[-1][0], max(parts[-1][1], end))
            else:
                parts.append((start, end))
        return parts


class HitHighlighter:
    """Gives formats to the blocks of one document, as they are asked for."""

    def __init__(self, document: QTextDocument, colours: Colours) -> None:
        self._document = document
        self._window: TextWindow | None = None
        self._hits = SpanList()
        self._found = SpanList()
        self._current: Span | None = None
        self._lit: set[int] = set()
        self._dressed: set[int] = set()  # blocks with formats, of these or of earlier hits
        self._formats = _formats(colours)

    def set_colours(self, colours: Colours) -> None:
        """Light in other colours from the next `light` on."""
        self._formats = _formats(colours)
        self._lit.clear()

    def set_window(self, window: TextWindow | None) -> None:
        """Say what the document shows now; none of its blocks is lit yet."""
        self._window = window
        self._lit.clear()
        self._dressed.clear()

    def set_hits(self, hits: SpanList, current: Span | None = None) -> None:
        """Take other hits, and which of them is the current one."""
        self._hits = hits
        self._current = current
        self._lit.clear()

    def set_found(self, found: SpanList) -> None:
        """Take other matches of find-in-document."""
        if len(found) or len(self._found):
            self._lit.clear()
        self._found = found

    def set_current(self, span: Span | None) -> None:
        """Make a span the current hit; the blocks of the old and the new want light again."""
        for changed in (self._current, span):
            if changed is not None and self._window is not None:
                first = self._window.block_of(changed[0])
                last = self._window.block_of(max(changed[0], changed[1] - 1))
                self._lit.difference_update(range(first, last + 1))
        self._current = span

    def light(self, first: int, last: int, *, laid_out: bool = True) -> None:
        """Give their formats to the blocks numbered ``first`` to ``last`` that lack them.

        Unless they are ``laid_out`` they are to be, with these formats: telling Qt of them
        would have it lay out all before the rest is known, and these blocks twice.
        """
        if self._window is None:
            return
        block = self._document.findBlockByNumber(first)
        for number in range(first, last + 1):
            if not block.isValid():
                break
            if number not in self._lit:
                self._light_block(block, number, laid_out=laid_out)
                self._lit.add(number)
            block = block.next()
        # What was lit before is not seen now, and is lit anew when it is.
        for number in self._dressed - self._lit:
            self._dress(self._document.findBlockByNumber(number), number, [], laid_out=laid_out)

    def _light_block(self, block: QTextBlock, number: int, *, laid_out: bool) -> None:
        window = self._window
        assert window is not None
        ranges: list[QTextLayout.FormatRange] = []
        for start, end, kind in self._lights(*window.block_span_cp(number)):
            first, after = window.units_in_block(number, (start, end)).tolist()
            lit = QTextLayout.FormatRange()
            lit.start, lit.length, lit.format = first, after - first, self._formats[kind]
            ranges.append(lit)
        self._dress(block, number, ranges, laid_out=laid_out)

    def _dress(
        self,
        block: QTextBlock,
        number: int,
        ranges: list[QTextLayout.FormatRange],
        *,
        laid_out: bool,
    ) -> None:
        if ranges or number in self._dressed:
            block.layout().setFormats(ranges)
            if laid_out:
                self._document.markContentsDirty(block.position(), block.length())
        (self._dressed.add if ranges else self._dressed.discard)(number)

    def _lights(self, start_cp: int, end_cp: int) -> list[tuple[int, int, Light]]:
        """Return what is lit of a range and how, in order, without overlaps."""
        lights = [(*span, Light.HIT) for span in self._hits.within(start_cp, end_cp)]
        found = [(*span, Light.FOUND) for span in self._found.within(start_cp, end_cp)]
        lights = _covered(found, lights)
        if self._current is not None:
            start, end = max(self._current[0], start_cp), min(self._current[1], end_cp)
            if start < end:
                lights = _covered(lights, [(start, end, Light.CURRENT)])
        return lights


def _covered(
    under: list[tuple[int, int, Light]], over: list[tuple[int, int, Light]]
) -> list[tuple[int, int, Light]]:
    """Return both lists in one, with what ``over`` covers cut out of ``under``."""
    if not under or not over:
        return under or over
    result = list(over)
    place = 0
    for start, end, kind in under:
        while place < len(over) and over[place][1] <= start:
            place += 1
        later, rest = place, start
        while later < len(over) and over[later][0] < end:
            if rest < over[later][0]:
                result.append((rest, over[later][0], kind))
            rest = over[later][1]
            later += 1
        if rest < end:
            result.append((rest, end, kind))
    return sorted(result)


def _formats(colours: Colours) -> dict[Light, QTextCharFormat]:
    found = QTextCharFormat()
    found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    found.setUnderlineColor(colours.accent)
    found.setForeground(colours.accent)
    hit = QTextCharFormat()
    hit.setBackground(colours.hit_background)
    hit.setForeground(colours.hit_text)
    current = QTextCharFormat()
    current.setBackground(colours.current_hit_background)
    current.setForeground(colours.current_hit_text)
    return {Light.FOUND: found, Light.HIT: hit, Light.CURRENT: current}
