"""Bytes from files: whole, within a limit, and only from files that stand still.

A file that grows or changes while it is read is read again; one that never stands still is a
failure, never half a text. Pipes and devices are recognised on the open descriptor, so that a
name that changed since the scan cannot block the reader.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

from incipit.errors import UserError

_ATTEMPTS = 3
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file and what the file system said of it when they were read."""

    data: bytes
    mtime_ns: int
    device: int
    inode: int


def read_file(path: str, *, limit_bytes: int) -> FileContent:
    """Return the content of the regular file at ``path``.

    Raises: OSError; UserError with code ``not-a-file``, ``too-large`` or ``changing``.
    """
    # O_NONBLOCK keeps the opening of a pipe without a writer from waiting for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        for _ in range(_ATTEMPTS):
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise UserError("This is not a regular file.", subject=path, code="not-a-file")
            if before.st_size > limit_bytes:
                raise _too_large(path, before.st_size, limit_bytes)
            data = _read_whole(descriptor, before.st_size)
            after = os.fstat(descriptor)
            if len(data) == after.st_size and _same(before, after):
                return FileContent(data, after.st_mtime_ns, after.st_dev, after.st_ino)
    finally:
        os.close(descriptor)
    raise UserError(
        "The file changed while it was being read.",
        advice="Wait until whatever writes it has ended, then try again.",
        subject=path,
        code="changing",
    )


def _read_whole(descriptor: int, expected_bytes: int) -> bytes:
    """Return the bytes from the start up to one more than expected, to notice growth."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts: list[bytes] = []
    left = expected_bytes + 1
    while left > 0:
        part = os.read(descriptor, min(left, max(_CHUNK, expected_bytes + 1)))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _same(before: os.stat_result, after: os.stat_result) -> bool:
    return before.st_size == after.st_size and before.st_mtime_ns == after.st_mtime_ns


def _too_large(path: str, size_bytes: int, limit_bytes: int) -> UserError:
    return UserError(
        f"The file is larger than the limit: {size_bytes:,} bytes of at most {limit_bytes:,}.",
        advice="Split the file, or import it with “incipit import --size-limit”.",
        subject=path,
        code="too-large",
    )
