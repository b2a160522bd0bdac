"""Many hashes in few bytes, for workers that are to know them again. No SQL."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

_MARK_BYTES = 4


class HashMarks:
    """The beginnings of many hashes: small enough to go with every batch, right but for a few.

    What passes for one of them and is not costs a second reading.
    """

    __slots__ = ("_marks",)

    def __init__(self, hashes: Iterable[bytes] = ()) -> None:
        self._marks = np.sort(np.fromiter(map(_mark, hashes), np.uint32))

    def __contains__(self, file_hash: bytes) -> bool:
        """Return whether ``file_hash`` may be one of the hashes."""
        mark = np.uint32(_mark(file_hash))
        at = int(np.searchsorted(self._marks, mark))
        return at < len(self._marks) and bool(self._marks[at] == mark)


def _mark(file_hash: bytes) -> int:
    return int.from_bytes(file_hash[:_MARK_BYTES], "big")
