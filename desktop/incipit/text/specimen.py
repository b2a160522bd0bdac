"""The places of a text by which a reader sees whether its encoding is right."""

from __future__ import annotations

import re

#: What an encoding can get wrong: anything beyond ASCII, and control characters.
_TELLING = re.compile(r"[^\t\n\x20-\x7e]+")

#: How much is shown to each side of a telling place, in code points.
_AROUND_CP = 60


def specimen(text: str, limit_cp: int = 2_000) -> str:
    """Return the telling places of ``text``, each on a line, about ``limit_cp`` of them.

    Those are the characters beyond ASCII with some words around them. A text without any is
    shown from its beginning.
    """
    ranges: list[tuple[int, int]] = []
    length, end = 0, 0
    for match in _TELLING.finditer(text):
        if match.start() < end:
            continue
        start = max(_word_start(text, max(match.start() - _AROUND_CP, 0)), end)
        end = _word_end(text, min(match.end() + _AROUND_CP, start + limit_cp, len(text)))
        # What is near enough to be shown anyway makes one piece.
        if ranges and start <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
        length += end - start
        if length >= limit_cp:
            break
    if not ranges:
        return text[:limit_cp]
    return "\n".join(" ".join(text[start:end].split()) for start, end in ranges)


def _word_start(text: str, at: int) -> int:
    """Return the start of the word that ``at`` stands in, unless it is far."""
    lowest = max(at - _AROUND_CP, 0)
    found = max(text.rfind(" ", lowest, at), text.rfind("\n", lowest, at))
    return found + 1 if found >= 0 else at


def _word_end(text: str, at: int) -> int:
    """Return the end of the word that ``at`` stands in, unless it is far."""
    found = text.find(" ", at, at + _AROUND_CP)
    return found if found >= 0 else at
