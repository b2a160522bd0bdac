"""Sets of spans, and which of them can matter: what nears are computed with.

A span is half open, in positions of a segment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from incipit.index.collection import NOTHING


class Need(Enum):
    """Which spans of an operand can matter."""

    ALL = "all"
    LATEST = "the latest start for each end"
    EARLIEST = "the earliest end for each start"
    MINIMAL = "those that contain no other"


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Distinct spans by start, then end: int64 arrays of equal length, ``ends`` exclusive."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    def only(self, kept: NDArray[np.bool_]) -> Spans:
        """Return the spans where ``kept``."""
        return Spans(self.starts[kept], self.ends[kept])


NO_SPANS = Spans(NOTHING, NOTHING)


def union_of_spans(spans: Iterable[Spans]) -> Spans:
    """Return the distinct spans of several results."""
    return reduced(joined(spans), Need.ALL)


def joined(spans: Iterable[Spans]) -> Spans:
    """Return the spans of several results, one after the other."""
    parts = [part for part in spans if len(part)]
    if len(parts) <= 1:
        return parts[0] if parts else NO_SPANS
    return Spans(
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
    )


def reduced(spans: Spans, need: Need) -> Spans:
    """Return distinct spans by start, then end, without those that ``need`` does not ask for."""
    starts, ends = spans.starts, spans.ends
    if len(starts) <= 1:
        return spans
    if need is Need.LATEST:
        if not ascend(ends, starts):
            order = np.lexsort((starts, ends))
            starts, ends = starts[order], ends[order]
        last = np.append(ends[1:] != ends[:-1], True)
        starts, ends = starts[last], ends[last]
    if not ascend(starts, ends):
        order = np.lexsort((ends, starts))
        starts, ends = starts[order], ends[order]
    new = np.append(True, starts[1:] != starts[:-1])
    if need not in (Need.EARLIEST, Need.MINIMAL):
        new[1:] |= ends[1:] != ends[:-1]
    starts, ends = starts[new], ends[new]
    if need is Need.MINIMAL and len(starts) > 1:
        least_after = np.minimum.accumulate(ends[:0:-1])[::-1]
        kept = np.append(ends[:-1] < least_after, True)
        starts, ends = starts[kept], ends[kept]
    return Spans(starts, ends)


def ascend(first: NDArray[np.int64], second: NDArray[np.int64] | None = None) -> bool:
    """Return whether pairs are in ascending order by the first, then the second."""
    steps = np.diff(first)
    if steps.size and steps.min() < 0:
        return False
    return second is None or bool(np.all((steps > 0) | (np.diff(second) >= 0)))
