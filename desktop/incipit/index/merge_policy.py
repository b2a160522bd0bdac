"""Which segments to merge: few enough for searching, seldom enough for importing.

Segments are grouped in tiers by size; when a tier is full, its smallest segments become one of
the next tier, so each token is rewritten about once a tier (a log-structured merge, O'Neil and
others 1996). A segment of which much is deleted is rewritten by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from incipit.index.layout import MAX_ROWS

#: Segments of one size before they are merged.
FAN_IN = 8

#: Tokens in a merged segment at most: about 1.4 GB of text.
MAX_MERGED_TOKENS = 1 << 28

#: Terms of the segments of one merge together at most. For each term of one of them a merge
#: holds its new number and its new code, 6 bytes: 50 MB where one has them all, beside some 80
#: that every merge takes. News of 65,536 rows has half a million terms, books of so many tokens
#: a few; where nearly every word is another one, segments stay apart.
MAX_MERGED_TERMS = 1 << 23

_SMALLEST_TIER_TOKENS = 1 << 17
_REWRITE_WHEN_DELETED = 1 / 3


@dataclass(frozen=True, slots=True)
class SegmentSize:
    """What a segment weighs: rows and tokens that stay, all its tokens and all its terms."""

    rows: int
    tokens: int
    all_tokens: int
    terms: int

    @property
    def tier(self) -> int:
        """Return the tier: each is ``FAN_IN`` times the size of the one below."""
        tier, limit = 0, _SMALLEST_TIER_TOKENS
        while self.tokens > limit:
            tier, limit = tier + 1, limit * FAN_IN
        return tier

    @property
    def is_worn(self) -> bool:
        """Return whether so much is deleted that rewriting pays."""
        return self.all_tokens - self.tokens > _REWRITE_WHEN_DELETED * self.all_tokens


def next_merge(sizes: Sequence[SegmentSize]) -> list[int]:
    """Return the numbers of the segments to merge next; empty where all is well."""
    tiers: dict[int, list[int]] = {}
    for number, size in enumerate(sizes):
        if size.is_worn:
            return [number]
        tiers.setdefault(size.tier, []).append(number)
    for _, members in sorted(tiers.items()):
        if len(members) >= FAN_IN:
            chosen = _fitting(members, sizes)
            if len(chosen) > 1:
                return chosen
    return []


def next_optimisation(sizes: Sequence[SegmentSize]) -> list[int]:
    """Return what to merge next on the way to as few segments as possible."""
    chosen = _fitting(range(len(sizes)), sizes)
    if len(chosen) > 1:
        return chosen
    worn = [n for n, size in enumerate(sizes) if size.tokens < size.all_tokens]
    return worn[:1]


def _fitting(members: Sequence[int], sizes: Sequence[SegmentSize]) -> list[int]:
    """Return the smallest members that fit into one segment together, in index order.

    Those that fit together with none of the larger ones are left out.
    """
    smallest = sorted(members, key=lambda n: sizes[n].tokens)
    for first in range(len(smallest)):
        chosen = _fitting_from(smallest[first:], sizes)
        if len(chosen) > 1:
            return sorted(chosen)
    return smallest[:1]


def _fitting_from(members: Sequence[int], sizes: Sequence[SegmentSize]) -> list[int]:
    """Return the first member and those that fit to it, one after the other."""
    chosen: list[int] = []
    rows = tokens = terms = 0
    for number in members:
        size = sizes[number]
        if chosen and (
            rows + size.rows > MAX_ROWS
            or tokens + size.tokens > MAX_MERGED_TOKENS
            or terms + size.terms > MAX_MERGED_TERMS
        ):
            continue
        rows, tokens, terms = rows + size.rows, tokens + size.tokens, terms + size.terms
        chosen.append(number)
    return chosen
