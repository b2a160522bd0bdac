"""Work cut into pieces, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def pieces_by_weight(
    weights: NDArray[np.int64], limit: int, most: int | None = None
) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges over ``weights`` that weigh up to ``limit``, or hold one item.

    A range holds at most ``most`` items, where that is given.
    """
    ends = np.cumsum(weights)
    first, before = 0, 0
    while first < weights.size:
        end = max(int(np.searchsorted(ends, before + limit, "right")), first + 1)
        if most is not None:
            end = min(end, first + most)
        yield first, end
        first, before = end, int(ends[end - 1])
