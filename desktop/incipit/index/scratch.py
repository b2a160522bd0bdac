"""Numbers that are too many for memory, in a temporary file until they are wanted again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from incipit.errors import BugError


class ScratchFile:
    """A file without a name that goes with its closing, also where the process is killed.

    Use it as a context manager, in one thread.

    Raises:
        OSError: ``folder`` cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        self._end = 0

    def column(self, dtype: DTypeLike, most: int) -> ScratchColumn:
        """Return a new column with room for ``most`` items."""
        column = ScratchColumn(self, np.dtype(dtype), self._end, most)
        self._end += column.room_bytes
        return column

    def write(self, offset: int, data: memoryview) -> None:
        """Write bytes at a place. Raises: OSError, where the disk is full."""
        self._file.seek(offset)
        self._file.write(data)

    def read_into(self, offset: int, data: memoryview) -> None:
        """Fill ``data`` with the bytes from a place on."""
        self._file.seek(offset)
        if self._file.readinto(data) != len(data):
            raise BugError("a scratch file is shorter than what was written")

    def __enter__(self) -> ScratchFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


class ScratchColumn:
    """A column of a scratch file: grows at its end, is read in parts."""

    def __init__(self, file: ScratchFile, dtype: np.dtype[Any], offset: int, most: int) -> None:
        self.dtype = dtype
        self.size = 0
        self.room_bytes = most * dtype.itemsize
        self._file = file
        self._offset = offset

    def append(self, values: NDArray[Any]) -> None:
        """Add ``values``, turned into the column's dtype. Raises: OSError."""
        data = np.ascontiguousarray(values, self.dtype).view(np.uint8).data
        start = self.size * self.dtype.itemsize
        if start + len(data) > self.room_bytes:
            raise BugError("a scratch column is longer than announced")
        self._file.write(self._offset + start, data)
        self.size += values.size

    def read(self, start: int = 0, end: int | None = None) -> NDArray[Any]:
        """Return the items from ``start`` up to ``end``, or to the last one."""
        values = np.empty((self.size if end is None else end) - start, self.dtype)
        if values.size:
            offset = self._offset + start * self.dtype.itemsize
            self._file.read_into(offset, values.view(np.uint8).data)
        return values
