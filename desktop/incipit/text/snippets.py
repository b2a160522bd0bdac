"""Pieces of a text for a list: around its hits, or from its beginning.

A snippet is one line: white space of every kind becomes one space, and an ellipsis stands
where the text goes on. Pure functions of a text and the spans of its hits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from incipit.models import Snippet
from incipit.text.slabs import opening_start

ELLIPSIS = "…"

#: Hits looked at for the best place. Later ones are seldom in a better place, and a text may
#: have a million.
_HITS_CONSIDERED = 2_000

#: The share of the room that stands before the first hit.
_LEAD = 0.3


#: Characters looked at first to see whether the text goes on.
_LOOK_CP = 100


def snippet(text: str, spans_cp: NDArray[np.int64], *, width_cp: int = 160) -> Snippet:
    """Return the piece of ``text`` that shows most hits, the earliest of several.

    ``spans_cp`` is int64 of shape (n, 2), by start; without spans the piece is the opening.
    The piece has about ``width_cp`` code points at most; overlapping hits are one mark.
    """
    if not len(spans_cp):
        return opening(text, width_cp=width_cp)
    spans = spans_cp[:_HITS_CONSIDERED]
    starts, ends = spans[:, 0], np.maximum.accumulate(spans[:, 1])
    shown = np.searchsorted(ends, starts + width_cp, side="right") - np.arange(len(starts))
    best = int(shown.argmax())
    first = int(starts[best])
    last = int(ends[best + max(int(shown[best]), 1) - 1])
    room = max(width_cp - (last - first), 0)
    start = _word_start(text, max(0, first - int(room * _LEAD)), first)
    end = _word_end(text, min(len(text), start + width_cp), min(last, start + width_cp))
    return _one_line(text, start, end, spans_cp)


def opening(text: str, *, width_cp: int = 160, is_slab: bool = False) -> Snippet:
    """Return the first ``width_cp`` code points, of a slab those after its torn word."""
    start = opening_start(text) if is_slab else 0
    end = _word_end(text, min(len(text), start + width_cp), start)
    return _one_line(text, start, end, np.empty((0, 2), np.int64), cut_before=not is_slab)


def _word_start(text: str, start: int, latest: int) -> int:
    """Return the first start of a word from ``start``, at most ``latest``."""
    if start == 0 or text[start - 1].isspace():
        return start
    for at in range(start, latest):
        if text[at].isspace():
            return at + 1
    while start < latest and unicodedata.category(text[start])[0] == "M":
        start += 1
    return start


def _word_end(text: str, end: int, earliest: int) -> int:
    """Return the last end of a word up to ``end``, at least ``earliest``."""
    if end == len(text) or text[end].isspace():
        return end
    for at in range(end - 1, earliest - 1, -1):
        if text[at].isspace():
            return at
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return end


def _one_line(
    text: str,
    start: int,
    end: int,
    spans_cp: NDArray[np.int64],
    *,
    cut_before: bool = True,
) -> Snippet:
    before = ELLIPSIS if cut_before and _has_words(text, 0, start) else ""
    piece = text[start:end]
    moved: Sequence[int]
    if piece.isprintable() and "  " not in piece and piece.strip() == piece:
        line, moved = before + piece, range(len(before), len(before) + len(piece) + 1)
    else:
        line, moved = _spaced(before, piece)
    marks = _marks(spans_cp, start, end, moved, len(line))
    return Snippet(line + (ELLIPSIS if _has_words(text, end, len(text)) else ""), marks)


def _has_words(text: str, start: int, end: int) -> bool:
    """Return whether anything but white space stands in a part of the text."""
    # The text may be long, and is next to never empty at the cut.
    return bool(text[start : min(end, start + _LOOK_CP)].strip() or text[start:end].strip())


def _spaced(before: str, piece: str) -> tuple[str, list[int]]:
    """Return a piece as one line, behind ``before``, and where each character went."""
    line = list(before)
    moved = []
    for char in piece:
        moved.append(len(line))
        if not (char.isspace() or char < " "):
            line.append(char)
        elif line and line[-1] != " ":
            line.append(" ")
    moved.append(len(line))
    if line and line[-1] == " ":
        line.pop()
    return "".join(line), moved


def _marks(
    spans_cp: NDArray[np.int64], start: int, end: int, moved: Sequence[int], length: int
) -> tuple[tuple[int, int], ...]:
    marks: list[tuple[int, int]] = []
    # Spans are by start; those that begin before ``end`` and end after ``start`` are seen.
    begun = spans_cp[: int(np.searchsorted(spans_cp[:, 0], end))]
    for first, last in begun[begun[:, 1] > start].tolist():
        mark = (
            moved[max(first, start) - start],
            min(moved[min(last, end) - start], length),
        )
        if marks and mark[0] < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(mark[1], marks[-1][1]))
        elif mark[0] < mark[1]:
            marks.append(mark)
    return tuple(marks)
