"""One file of named, typed columns: a checked header, then the columns, read by memory map.

Owns the bytes on disk and nothing of what the columns mean. The header names every column
with its dtype, length, place and checksum, and the size of the whole file; it carries a
checksum of its own. Opening compares all of that with the file, so that a truncated or foreign
file is refused before it is mapped (reading past the end of a mapped file kills the process);
:meth:`ColumnFile.verify` reads everything and compares the checksums of the columns.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from incipit.errors import BugError, Cancelled, IndexUnusable
from incipit.models import CancelToken

#: Changes whenever an older program could misread a newer file, or the other way round.
FORMAT_VERSION = 2

_MAGIC = b"incipit\n"
_PREFIX = struct.Struct("<8sIII")  # magic, format version, length and CRC-32 of the header
_ALIGNMENT = 64
_DTYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i8"})
_CHECK_BYTES = 1 << 22
_LIMITS: tuple[tuple[np.dtype[Any], int], ...] = (
    (np.dtype("|u1"), (1 << 8) - 1),
    (np.dtype("<u2"), (1 << 16) - 1),
    (np.dtype("<u4"), (1 << 32) - 1),
)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """What is known of a column before it is written: ``count`` items of ``dtype``."""

    name: str
    dtype: np.dtype[Any]
    count: int


@dataclass(frozen=True, slots=True)
class _Placed:
    spec: ColumnSpec
    offset: int
    crc: int = 0

    @property
    def size_bytes(self) -> int:
        return self.spec.count * self.spec.dtype.itemsize


class ColumnFileWriter:
    """Writes a column file whose columns may grow side by side.

    All lengths are given at the start; :meth:`write` appends to a column, in any order between
    columns. The file is worth nothing before :meth:`finish`, which writes the header last and
    waits until the disk has everything.
    """

    def __init__(
        self, path: Path, specs: Iterable[ColumnSpec], facts: Mapping[str, int | str]
    ) -> None:
        self._path = path
        self._facts = dict(facts)
        self._columns = _place([(spec, 0) for spec in specs], self._facts)
        self._crcs = dict.fromkeys(self._columns, 0)
        self._written = dict.fromkeys(self._columns, 0)
        self._file = path.open("xb")

    def write(self, name: str, values: NDArray[Any]) -> None:
        """Append ``values`` to a column; they must have its dtype exactly."""
        placed = self._columns[name]
        if values.dtype != placed.spec.dtype:
            raise BugError(f"column {name} takes {placed.spec.dtype}, not {values.dtype}")
        data = np.ascontiguousarray(values).view(np.uint8).data
        if self._written[name] + len(data) > placed.size_bytes:
            raise BugError(f"column {name} is longer than announced")
        self._file.seek(placed.offset + self._written[name])
        self._file.write(data)
        self._written[name] += len(data)
        self._crcs[name] = zlib.crc32(data, self._crcs[name])

    def finish(self) -> int:
        """Write the header, wait for the disk, close; return the size of the file in bytes."""
        short = [name for name, p in self._columns.items() if self._written[name] != p.size_bytes]
        if short:
            raise BugError(f"columns shorter than announced: {', '.join(short)}")
        specs = [(placed.spec, self._crcs[name]) for name, placed in self._columns.items()]
        columns = _place(specs, self._facts)
        header = _header(columns, self._facts)
        size = _size(columns, len(header))
        self._file.seek(0)
        self._file.write(header)
        self._file.truncate(size)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return size

    def discard(self) -> None:
        """Close and remove the unfinished file."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def write_columns(
    path: Path, columns: Mapping[str, NDArray[Any]], facts: Mapping[str, int | str]
) -> int:
    """Write whole columns at once; return the size of the file. Leaves nothing on an error."""
    specs = [ColumnSpec(name, values.dtype, values.size) for name, values in columns.items()]
    writer = ColumnFileWriter(path, specs, facts)
    try:
        for name, values in columns.items():
            writer.write(name, values)
        return writer.finish()
    except BaseException:
        writer.discard()
        raise


class ColumnFile:
    """A column file opened for reading; arrays handed out keep the map alive."""

    def __init__(
        self, path: Path, data: mmap.mmap, columns: dict[str, _Placed], facts: dict[str, Any]
    ) -> None:
        self.path = path
        self.facts: Mapping[str, Any] = MappingProxyType(facts)
        self._data = data
        self._columns = columns

    @classmethod
    def open(cls, path: Path) -> ColumnFile:
        """Open and check everything but the contents of the columns.

        Raises:
            IndexUnusable: the file is truncated, changed in its header, foreign or of another
                format.
            OSError: the file is missing or cannot be read.
        """
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            columns, facts = _read_header(file, path.name, size)
            data = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)
        return cls(path, data, columns, facts)

    @property
    def size_bytes(self) -> int:
        """Return the size of the file."""
        return len(self._data)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column as a read-only array on the map.

        Raises:
            IndexUnusable: there is no such column.
        """
        placed = self._columns.get(name)
        if placed is None:
            raise IndexUnusable(f"{self.path.name} has no column {name}")
        if placed.spec.count == 0:  # A map has no place for nothing.
            return np.frombuffer(b"", placed.spec.dtype)
        return np.frombuffer(self._data, placed.spec.dtype, placed.spec.count, placed.offset)

    def release(self) -> None:
        """Let the system take back the memory of pages read so far; arrays stay valid."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._data.madvise(mmap.MADV_DONTNEED)

    def verify(self, cancel: CancelToken | None = None) -> list[str]:
        """Read everything; return a sentence for each column that is not as it was written.

        Raises:
            Cancelled: the token was set.
        """
        damages = []
        view = memoryview(self._data)
        for name, placed in self._columns.items():
            crc = 0
            end = placed.offset + placed.size_bytes
            for start in range(placed.offset, end, _CHECK_BYTES):
                if cancel is not None and cancel.is_set():
                    raise Cancelled
                crc = zlib.crc32(view[start : min(start + _CHECK_BYTES, end)], crc)
            self.release()
            if crc != placed.crc:
                damages.append(f"{self.path.name}: column {name} has changed")
        view.release()
        return damages


def narrow(largest: int) -> np.dtype[Any]:
    """Return the narrowest unsigned dtype that holds ``largest``."""
    for dtype, limit in _LIMITS:
        if largest <= limit:
            return dtype
    return np.dtype("<u8")


def _place(
    specs: list[tuple[ColumnSpec, int]], facts: Mapping[str, int | str]
) -> dict[str, _Placed]:
    """Lay the columns out behind the header, whose length does not depend on their places."""
    trial = {spec.name: _Placed(spec, 0, crc) for spec, crc in specs}
    offset = len(_header(trial, facts))
    placed = {}
    for spec, crc in specs:
        offset += -offset % _ALIGNMENT
        placed[spec.name] = _Placed(spec, offset, crc)
        offset += spec.count * spec.dtype.itemsize
    return placed


def _header(columns: Mapping[str, _Placed], facts: Mapping[str, int | str]) -> bytes:
    """Encode the header; numbers that are known late have a fixed width."""
    rows = [
        [p.spec.name, p.spec.dtype.str, p.spec.count, f"{p.offset:016x}", f"{p.crc:08x}"]
        for p in columns.values()
    ]
    size = max((p.offset + p.size_bytes for p in columns.values()), default=0)
    payload = {"facts": dict(facts), "columns": rows, "size": f"{size:016x}"}
    text = json.dumps(payload, separators=(",", ":")).encode()
    return _PREFIX.pack(_MAGIC, FORMAT_VERSION, len(text), zlib.crc32(text)) + text


def _size(columns: Mapping[str, _Placed], header_bytes: int) -> int:
    return max((p.offset + p.size_bytes for p in columns.values()), default=header_bytes)


def _read_header(file: BinaryIO, name: str, size: int) -> tuple[dict[str, _Placed], dict[str, Any]]:
    prefix = file.read(_PREFIX.size)
    if len(prefix) < _PREFIX.size:
        raise IndexUnusable(f"{name} is too short")
    magic, version, length, crc = _PREFIX.unpack(prefix)
    if magic != _MAGIC:
        raise IndexUnusable(f"{name} is not a file of this program")
    if version != FORMAT_VERSION:
        raise IndexUnusable(f"{name} has format {version}, not {FORMAT_VERSION}")
    if length > size:
        raise IndexUnusable(f"{name} is truncated")
    text = file.read(length)
    if len(text) != length or zlib.crc32(text) != crc:
        raise IndexUnusable(f"the header of {name} has changed")
    try:
        payload = json.loads(text)
        facts = payload["facts"]
        columns = {placed.spec.name: placed for placed in _parse_columns(payload["columns"])}
        declared = int(payload["size"], 16) or _PREFIX.size + length
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise IndexUnusable(f"the header of {name} cannot be read") from error
    if size != declared or any(
        p.offset < 0 or p.offset + p.size_bytes > size for p in columns.values()
    ):
        raise IndexUnusable(f"{name} is {size:,} bytes long, not {declared:,}")
    return columns, facts


def _parse_columns(rows: list[list[Any]]) -> Iterator[_Placed]:
    for name, dtype, count, offset, crc in rows:
        if dtype not in _DTYPES or not isinstance(count, int) or count < 0:
            raise ValueError(name)
        yield _Placed(ColumnSpec(str(name), np.dtype(dtype), count), int(offset, 16), int(crc, 16))
