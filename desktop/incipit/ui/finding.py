"""Finding a piece of text in one document, in slices, so that a large one freezes nothing.

Letters match in either case, any white space matches any, and the several apostrophes and
hyphens match each other.
"""

from __future__ import annotations

import re
import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

MOST_MATCHES = 100_000
_SLICE_CP = 128_000
_TICK_S = 0.006
_APOSTROPHES = "'‘’ʼ＇"
_HYPHENS = "-‐‑–"


def pattern_of(needle: str) -> re.Pattern[str]:
    """Return the pattern by which ``needle`` (not empty) is found."""
    parts = [_literal(word) for word in needle.split()]
    body = r"\s+".join(parts) if parts else re.escape(needle)
    return re.compile(body, re.IGNORECASE)


class TextFinder(QObject):
    """Finds in slices of the event loop.

    ``progressed`` carries all spans so far (int64, shape (n, 2), code points) and whether the
    search has ended; the last one for a search says that it has.
    """

    progressed = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._pattern = pattern_of("x")
        self._reach = 0
        self._place = 0
        self._spans: list[tuple[int, int]] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_tick)

    def find(self, text: str, needle: str) -> None:
        """Begin to find; the first slice is done at once. An empty needle finds nothing."""
        self.stop()
        self._text, self._place, self._spans = text, 0, []
        if not needle.strip():
            self.progressed.emit(np.empty((0, 2), np.int64), True)
            return
        self._pattern = pattern_of(needle)
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
        until = time.perf_counter() + _TICK_S
        while self._place < len(self._text) and len(self._spans) < MOST_MATCHES:
            self._find_slice()
            if time.perf_counter() > until:
                break
        ended = self._place >= len(self._text) or len(self._spans) >= MOST_MATCHES
        if ended:
            self._timer.stop()
        self.progressed.emit(self._found(), ended)

    def _find_slice(self) -> None:
        end = min(self._place + _SLICE_CP, len(self._text))
        self._place, start = end, self._place
        for match in self._pattern.finditer(self._text, start, end + self._reach):
            if match.start() >= end or len(self._spans) >= MOST_MATCHES:
                break
            self._spans.append(match.span())
            self._place = max(end, match.end())

    def _found(self) -> NDArray[np.int64]:
        return np.array(self._spans, dtype=np.int64).reshape(-1, 2)


def _literal(word: str) -> str:
    return "".join(
        f"[{re.escape(_APOSTROPHES)}]"
        if letter in _APOSTROPHES
        else f"[{re.escape(_HYPHENS)}]"
        if letter in _HYPHENS
        else re.escape(letter)
        for letter in word
    )
