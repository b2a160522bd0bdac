"""Selected rows of a table: as many as there are, in as little time as they have ranges."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import overload


class RowRanges(Sequence[int]):
    """The rows of some ranges, ascending, each once.

    A row by itself for each of hundreds of thousands would hold the window up.
    """

    def __init__(self, ranges: Iterable[range]) -> None:
        self.ranges: list[range] = []
        for one in sorted(ranges, key=lambda part: part.start):
            if self.ranges and one.start <= self.ranges[-1].stop:
                last = self.ranges.pop()
                self.ranges.append(range(last.start, max(last.stop, one.stop)))
            else:
                self.ranges.append(one)
        self._ends = list(accumulate(map(len, self.ranges)))

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        """Return one row, or a list of several."""
        places = range(len(self))
        if isinstance(index, slice):
            return [self[at] for at in places[index]]
        at = places[index]
        part = bisect_right(self._ends, at)
        return self.ranges[part][at - (self._ends[part - 1] if part else 0)]

    def __iter__(self) -> Iterator[int]:
        """Yield the rows."""
        return chain.from_iterable(self.ranges)
