"""The word at a place of a text, as a reader means it when pointing at it."""

from __future__ import annotations

import re

# Runs of word characters, joined by what stands inside words: S-400, isn’t, U.S., 24/7.
_WORD = re.compile(
    r"\w+(?:(?:[-'’ʼ‑.]|(?<=\d)[/,:](?=\d))\w+)*(?:(?<=\b\w\.\w)\.)?",
)
# Longer than any word: how far to look around the place.
_AROUND_CP = 200


def word_span_at(text: str, cp: int) -> tuple[int, int] | None:
    """Return the half-open span, in code points, of the word that covers or ends at ``cp``."""
    start = max(0, cp - _AROUND_CP)
    while start > 0 and start > cp - 2 * _AROUND_CP and not text[start - 1].isspace():
        start -= 1
    for match in _WORD.finditer(text, start, min(len(text), cp + _AROUND_CP)):
        if match.start() <= cp <= match.end():
            return match.span()
        if match.start() > cp:
            break
    return None
