"""A hit in its context, as a line of a concordance shows it: left of it, itself, right of it.

Spelling and punctuation are those of the text; only white space and what cannot be seen on a
line become single spaces. Pure functions of a text and its tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from incipit.text.tokens import Tokens

#: Words to each side whose places are told.
REACH = 5

_UNEVEN = re.compile(r"[^\S ]|[\x00-\x1f]| {2}")
_SPACE = re.compile(r"[\s\x00-\x1f]+")

#: A piece of a line: start and end in code points.
_Span = tuple[int, int]


class Edge(StrEnum):
    """What is at the outer end of a context."""

    NONE = "none"
    DOCUMENT = "document"
    TORN = "torn"


@dataclass(frozen=True, slots=True)
class Context:
    """A hit with what stands around it, on one line: ``left + hit + right``.

    ``left_words`` and ``right_words`` are the words next to the hit, the nearest first, at most
    `REACH`, as half-open spans of code points in ``left`` and ``right``. An edge is where the
    document begins or ends within the context; in a slab its outermost word may be torn there.
    """

    left: str
    hit: str
    right: str
    left_words: tuple[_Span, ...] = ()
    right_words: tuple[_Span, ...] = ()
    left_edge: Edge = Edge.NONE
    right_edge: Edge = Edge.NONE


def context(
    text: str, tokens: Tokens, first: int, end: int, *, width_cp: int, is_slab: bool = False
) -> Context:
    """Return the tokens from ``first`` up to ``end`` with about ``width_cp`` to each side.

    ``tokens`` are those of ``text``. A context is cut between words where it has any.
    """
    starts, ends = tokens.starts_cp, tokens.ends_cp
    hit_start, hit_end = int(starts[first]), int(ends[end - 1])
    left_from = _left_cut(tokens, first, hit_start, width_cp)
    right_to = _right_cut(tokens, end, hit_end, width_cp, len(text))
    before = range(first - 1, max(first - 1 - REACH, -1), -1)
    after = range(end, min(end + REACH, len(starts)))
    left, left_words = _on_a_line(
        text[left_from:hit_start],
        [(int(starts[n]) - left_from, int(ends[n]) - left_from) for n in before],
    )
    right, right_words = _on_a_line(
        text[hit_end:right_to],
        [(int(starts[n]) - hit_end, int(ends[n]) - hit_end) for n in after],
    )
    edge = Edge.TORN if is_slab else Edge.DOCUMENT
    reaches_start = left_from <= (int(starts[0]) if first else hit_start)
    reaches_end = right_to >= (int(ends[-1]) if end < len(starts) else hit_end)
    return Context(
        left,
        _on_a_line(text[hit_start:hit_end], [])[0],
        right,
        left_words,
        right_words,
        edge if reaches_start else Edge.NONE,
        edge if reaches_end else Edge.NONE,
    )


def _left_cut(tokens: Tokens, first: int, hit_start: int, width_cp: int) -> int:
    """Return where the left context begins: not inside a word, where another follows."""
    wanted = hit_start - width_cp
    if wanted <= 0:
        return 0
    inside = int(tokens.starts_cp.searchsorted(wanted, side="left")) - 1
    if 0 <= inside < first - 1 and tokens.ends_cp[inside] > wanted:
        return int(tokens.ends_cp[inside])
    return wanted


def _right_cut(tokens: Tokens, end: int, hit_end: int, width_cp: int, length: int) -> int:
    """Return where the right context ends: not inside a word, where another stands before."""
    wanted = hit_end + width_cp
    if wanted >= length:
        return length
    inside = int(tokens.ends_cp.searchsorted(wanted, side="right"))
    if end < inside < len(tokens.starts_cp) and tokens.starts_cp[inside] < wanted:
        return int(tokens.starts_cp[inside])
    return wanted


def _on_a_line(piece: str, words: list[_Span]) -> tuple[str, tuple[_Span, ...]]:
    """Return a piece of text with single spaces, and those words that are whole in it."""
    whole = [(start, end) for start, end in words if start >= 0 and end <= len(piece)]
    if _UNEVEN.search(piece) is None:
        return piece, tuple(whole)
    line: list[str] = []
    moved: list[int] = []
    done = length = 0
    for gap in _SPACE.finditer(piece):
        kept = piece[done : gap.start()]
        moved += range(length, length + len(kept))
        moved += [length + len(kept)] * (gap.end() - gap.start())
        line += (kept, " ")
        length += len(kept) + 1
        done = gap.end()
    moved += range(length, length + len(piece) - done + 1)
    return "".join((*line, piece[done:])), tuple((moved[a], moved[b]) for a, b in whole)
