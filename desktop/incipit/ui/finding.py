"""Finding a piece of text in one document, in slices, so that a large one freezes nothing.

Letters match in either case, any white space matches any, the several apostrophes, hyphens
and quotation marks match each other, and soft hyphens need not be typed.
"""

from __future__ import annotations

import re
import time
import unicodedata

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from incipit.ui.highlighting import NO_SPANS

MOST_MATCHES = 100_000
_SLICE_CP = 64_000
_TICK_S = 0.006
_TELL_S = 0.15
_ALIKE = ("'‘’ʼ＇", "-‐‑–", '"“”„‟«»＂')
_SOFT_HYPHEN = "\u00ad"


def pattern_of(needle: str, *, soft: bool = False) -> re.Pattern[str]:
    """Return the pattern by which ``needle`` (not empty) is found.

    A ``soft`` one passes over soft hyphens in the text, which takes longer.
    """
    between = f"{_SOFT_HYPHEN}*" if soft else ""
    if soft:
        needle = needle.replace(_SOFT_HYPHEN, "") or needle
    # The text is composed, whatever a keyboard or another program gives.
    parts = [
        between.join(map(_literal, word)) for word in unicodedata.normalize("NFC", needle).split()
    ]
    body = r"\s+".join(parts) if parts else re.escape(needle)
    return re.compile(body, re.IGNORECASE)


class TextFinder(QObject):
    """Finds in slices of the event loop.

    ``progressed`` carries, now and then, all spans so far (int64, shape (n, 2), code points)
    and whether the search has ended; the last one for a search says that it has.
    """

    progressed = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._pattern = self._soft_pattern = pattern_of("x")
        self._reach = 0
        self._place = 0
        self._parts: list[NDArray[np.int64]] = []
        self._count = 0
        self._told_at = 0.0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_tick)

    def find(self, text: str, needle: str) -> None:
        """Begin to find; the first slice is done at once. An empty needle finds nothing."""
        self.stop()
        self._text, self._place, self._parts, self._count = text, 0, [NO_SPANS], 0
        self._told_at = time.perf_counter() - _TELL_S
        if not needle.strip():
            self.progressed.emit(NO_SPANS, True)
            return
        self._pattern, self._soft_pattern = pattern_of(needle), pattern_of(needle, soft=True)
        # White space may be longer in the text than as typed.
        self._reach = 4 * len(needle) + 256
        self._timer.start()
        self._on_tick()

    def stop(self) -> None:
        """End the search in hand; nothing more is emitted for it."""
        self._timer.stop()

    @property
    def is_searching(self) -> bool:
        """Whether a search is in hand."""
        return self._timer.isActive()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        until = now + _TICK_S
        while now < until and not self._has_ended():
            self._find_slice()
            now = time.perf_counter()
        if self._has_ended():
            self._timer.stop()
        elif now < self._told_at + _TELL_S:
            return
        self._told_at = now
        self.progressed.emit(np.concatenate(self._parts), self._has_ended())

    def _has_ended(self) -> bool:
        return self._place >= len(self._text) or self._count >= MOST_MATCHES

    def _find_slice(self) -> None:
        end = min(self._place + _SLICE_CP, len(self._text))
        self._place, start = end, self._place
        spans: list[tuple[int, int]] = []
        is_soft = self._text.find(_SOFT_HYPHEN, start, end + self._reach) >= 0
        pattern = self._soft_pattern if is_soft else self._pattern
        for match in pattern.finditer(self._text, start, end + self._reach):
            if match.start() >= end or self._count + len(spans) >= MOST_MATCHES:
                break
            spans.append(match.span())
            self._place = max(end, match.end())
        if spans:
            self._parts.append(np.array(spans, dtype=np.int64))
            self._count += len(spans)


def _literal(letter: str) -> str:
    alike = next((letters for letters in _ALIKE if letter in letters), None)
    return re.escape(letter) if alike is None else f"[{re.escape(alike)}]"
