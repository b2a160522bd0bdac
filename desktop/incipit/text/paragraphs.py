"""Where a text may be parted for display, without moving any offset.

Lines stay lines; a line too long to be laid out as one paragraph is parted at word ends.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

#: Layout of one paragraph takes time that grows with its length; this much is unnoticeable.
MAX_BLOCK_CP = 4_000

#: A part is at least this share of the limit, where no word ends sooner.
_LEAST_SHARE = 2

_JOINER = "\u200d"


def display_blocks(text: str, max_cp: int = MAX_BLOCK_CP) -> NDArray[np.int64]:
    """Return the starts of the blocks of ``text``, int64, ascending, the first always 0.

    Block i runs up to start i + 1 and holds its line's end where it has one; blocks joined
    are the text. A line end at the very end begins no block. Lines longer than ``max_cp``
    are parted after a space, or, where there is none, between two characters that do not
    combine.
    """
    starts: list[int] = [0]
    line_start = 0
    while True:
        line_end = text.find("\n", line_start) + 1 or len(text)
        while line_end - line_start > max_cp:
            line_start = _part(text, line_start, max_cp)
            starts.append(line_start)
        if line_end >= len(text):
            return np.array(starts, dtype=np.int64)
        line_start = line_end
        starts.append(line_start)


def _part(text: str, start: int, max_cp: int) -> int:
    limit = start + max_cp
    space = text.rfind(" ", start + max_cp // _LEAST_SHARE, limit) + 1
    if space:
        return space
    at = limit
    while at > start + 1 and _combines(text[at - 1], text[at]):
        at -= 1
    return at if at > start + 1 else limit


def _combines(before: str, char: str) -> bool:
    return _JOINER in (before, char) or unicodedata.category(char)[0] == "M"
