"""The hits of the text on the page as far as they are known, and which is the current one.

Of a long text those around the place that is read are known first, all of them a little later.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from incipit.ui.highlighting import NO_SPANS, Span, SpanList


class KnownHits:
    """Spans of code points, int64 of shape (n, 2), by start, then end.

    ``index`` is the current hit counted from 0, or -1. Unless ``are_all``, the spans are those
    of a part of the text. ``awaited`` is the number, among all, of a hit that was to be gone to
    before it was known, or None.
    """

    def __init__(
        self, spans_cp: NDArray[np.int64] = NO_SPANS, index: int = -1, *, are_all: bool = True
    ) -> None:
        self.spans = SpanList(spans_cp)
        self.index = index
        self.are_all = are_all
        self.awaited: int | None = None

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def current(self) -> Span | None:
        """The span of the current hit, or None."""
        return self.spans[self.index] if self.index >= 0 else None

    def start_at_end(self, *, last: bool) -> None:
        """Make the first or the last hit the current one, where there is any."""
        self.index = len(self) - 1 if last else min(0, len(self) - 1)

    def start_from(self, cp: int) -> None:
        """Make the first hit from a place on the current one; after the last of all, that.

        Where others may follow, the last of a part is not the nearest.
        """
        found = self.spans.first_from(cp)
        self.index = found if found < len(self) else len(self) - 1 if self.are_all else -1

    def index_after(self, top_cp: int) -> int:
        """Return the hit after the current one; without one, the first from a place on."""
        return self.index + 1 if self.index >= 0 else self.spans.first_from(top_cp)

    def index_before(self, top_cp: int) -> int:
        """Return the hit before the current one; without one, the last before a place."""
        return (self.index if self.index >= 0 else self.spans.first_from(top_cp)) - 1

    def completed(self, spans_cp: NDArray[np.int64]) -> KnownHits:
        """Return all hits, of which these were a part; the current one stays the current one."""
        every = KnownHits(spans_cp)
        every.awaited = self.awaited
        if self.current is not None:
            same = (every.spans.spans == self.current).all(axis=1)
            every.index = int(same.argmax()) if same.any() else -1
        return every
