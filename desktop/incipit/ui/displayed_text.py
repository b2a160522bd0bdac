"""Which part of a text is in the document that Qt lays out, and where each character is there.

The one place where three counts meet: code points of the stored text (``cp``), positions of
the QTextDocument (UTF-16 units, one more for each end of a block) and blocks. Long lines are
shown as several blocks, and of a long text only a window of a few stretches is shown at a
time, so that a file of any size opens at once. Nothing here is computed for a whole long
text: a stretch is found by looking around its nominal start. Knows no widget.
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from incipit.text.offsets import Utf16Offsets
from incipit.text.paragraphs import display_blocks

# A text up to this is shown whole; 64 kB are laid out in about 12 ms.
WHOLE_LIMIT_CP = 64_000
# As much as the highest view of the smallest print holds; a jump lays out three.
STRETCH_CP = 12_000
# How far a stretch may reach past its nominal end to stop at the end of a line or a word.
_REACH_CP = 4_000
# Lines of common slabs (8,000 characters) stay in one piece; marking a hit lays its block out.
_BLOCK_CP = 9_000

# Characters that QTextDocument takes for structure or shows as nothing. Each is replaced for
# display by one that takes as many UTF-16 units, so that offsets do not move.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2029\ufdd0\ufdd1\ufffc\ud800-\udfff]")


class TextWindow:
    """Consecutive blocks of a text, as one QTextDocument holds them.

    ``start_cp`` and ``end_cp`` bound the part of the text. ``block_starts_cp`` (int64) has the
    first code point of each block and ``ends_line`` (bool) whether a line of the text ends
    with it. ``plain`` is what to put into the document: exactly the blocks, each but
    the last ended by a line feed.
    """

    def __init__(self, text: str, start_cp: int, end_cp: int) -> None:
        self.start_cp = start_cp
        self.end_cp = end_cp
        part = text[start_cp:end_cp]
        self._offsets = Utf16Offsets(part)
        # The last place that the document has: the line end that closes it is not in it.
        self._last_cp = end_cp - part.endswith("\n")
        starts = display_blocks(part, max_cp=_BLOCK_CP)
        pieces: list[str] = []
        ends_line: list[bool] = []
        bounds = [*starts.tolist(), len(part)]
        for start, end in pairwise(bounds):
            ends = end > start and part[end - 1] == "\n"
            pieces.append(part[start : end - ends])
            ends_line.append(ends)
        ends_line[-1] = True
        self.plain = showable("\n".join(pieces))
        self.ends_line = np.array(ends_line)
        self.block_starts_cp = starts + start_cp
        added = np.zeros(len(starts), dtype=np.int64)
        np.cumsum(~self.ends_line[:-1], out=added[1:])
        self._block_starts_u16 = self._offsets.to_utf16(starts)
        self._block_positions = self._block_starts_u16 + added

    @property
    def block_count(self) -> int:
        """Return the number of blocks."""
        return len(self.block_starts_cp)

    def block_of(self, cp: int) -> int:
        """Return the block that shows a code point (the nearest, where it is outside)."""
        return max(0, int(np.searchsorted(self.block_starts_cp, cp, side="right")) - 1)

    def block_span_cp(self, block: int) -> tuple[int, int]:
        """Return the code points of a block, the end of its line included."""
        start = int(self.block_starts_cp[block])
        if block + 1 < self.block_count:
            return start, int(self.block_starts_cp[block + 1])
        return start, self.end_cp

    def to_position(self, cp: int) -> int:
        """Return the position in the document of a code point (clamped to the window)."""
        inside = min(max(cp, self.start_cp), self._last_cp)
        block = self.block_of(inside)
        unit = int(self._offsets.to_utf16(np.array([inside - self.start_cp]))[0])
        return int(self._block_positions[block] + unit - self._block_starts_u16[block])

    def to_cp(self, position: int) -> int:
        """Return the code point at a position of the document."""
        block = max(0, int(np.searchsorted(self._block_positions, position, side="right")) - 1)
        unit = position - int(self._block_positions[block] - self._block_starts_u16[block])
        return self.start_cp + int(self._offsets.to_code_points(np.array([unit]))[0])

    def units_in_block(self, block: int, cps: ArrayLike) -> NDArray[np.int64]:
        """Return UTF-16 units from the start of ``block`` for code points in it."""
        inside = np.asarray(cps, dtype=np.int64) - self.start_cp
        units: NDArray[np.int64] = self._offsets.to_utf16(inside) - self._block_starts_u16[block]
        return units


class DisplayedText:
    """A text and the windows through which it is shown."""

    def __init__(
        self, text: str, *, whole_limit_cp: int = WHOLE_LIMIT_CP, stretch_cp: int = STRETCH_CP
    ) -> None:
        self.text = text
        self._stretch_cp = stretch_cp
        self.is_whole = len(text) <= whole_limit_cp
        self._bounds: dict[int, int] = {}
        count = 1 if self.is_whole else -(-len(text) // stretch_cp)
        while count > 1 and self._bound(count - 1) >= len(text):
            count -= 1
        self.stretch_count = count

    def __len__(self) -> int:
        return len(self.text)

    def stretch_of(self, cp: int) -> int:
        """Return the number of the stretch that holds a code point."""
        if self.is_whole:
            return 0
        stretch = min(max(cp, 0) // self._stretch_cp, self.stretch_count - 1)
        return stretch - 1 if cp < self._start_of(stretch) else stretch

    def bounds_around(self, cp: int) -> tuple[int, int]:
        """Return the part of the text that `window_around` shows."""
        first = max(0, min(self.stretch_of(cp) - 1, self.stretch_count - 3))
        return self._start_of(first), self._start_of(first + 3)

    def window_around(self, cp: int) -> TextWindow:
        """Return the window whose middle stretch, where it has three, holds ``cp``."""
        return TextWindow(self.text, *self.bounds_around(cp))

    def _start_of(self, stretch: int) -> int:
        return len(self.text) if stretch >= self.stretch_count else self._bound(stretch)

    def _bound(self, stretch: int) -> int:
        if stretch == 0:
            return 0
        found = self._bounds.get(stretch)
        if found is None:
            found = self._bounds[stretch] = _good_break(self.text, stretch * self._stretch_cp)
        return found


def _good_break(text: str, nominal: int) -> int:
    """Return where to part a text, at or after ``nominal``: after a line, a word, or there."""
    limit = min(nominal + _REACH_CP, len(text))
    line_end = text.find("\n", nominal - 1, limit)
    if line_end >= 0:
        return line_end + 1
    space = re.compile(r"\s").search(text, nominal - 1, limit)
    return space.end() if space else nominal


def showable(plain: str) -> str:
    """Return a text with stand-ins for the characters that Qt would take for structure."""
    return _UNSHOWABLE.sub(_stand_in, plain)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in (0x0B, 0x0C, 0x85):  # breaks of a page or a line: seen as a space
        return " "
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of a control character
    return "\u2421" if code == 0x7F else "\u2028" if code == 0x2029 else "\ufffd"
