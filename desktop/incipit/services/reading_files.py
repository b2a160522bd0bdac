"""Bytes from files: whole, within a limit, and only from files that stand still.

A file that grows or changes while it is read is read again; one that never stands still is a
failure, never half a text. Pipes and devices are recognised on the open descriptor, so that a
name that changed since the scan cannot block the reader.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from incipit.errors import UserError

#: How often a file is read that changes meanwhile.
ATTEMPTS = 3
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileState:
    """What the file system says of a file."""

    size_bytes: int
    mtime_ns: int
    device: int
    inode: int


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file and what the file system said of it when they were read."""

    data: bytes
    state: FileState


class OpenFile:
    """A regular file that is open for reading, as it was when it was opened; for one thread."""

    def __init__(self, path: str, descriptor: int, limit_bytes: int) -> None:
        """Look at the file. Raises: UserError (``not-a-file``, ``too-large``)."""
        self._path = path
        self._descriptor = descriptor
        self._limit_bytes = limit_bytes
        self.look_again()

    @property
    def state(self) -> FileState:
        """Return what the file system said of it."""
        before = self._before
        return FileState(before.st_size, before.st_mtime_ns, before.st_dev, before.st_ino)

    def read(self) -> FileContent:
        """Return the whole content; of a file that changes, as it is then.

        Raises: OSError; UserError (``changing``, or ``too-large`` where it has grown).
        """
        for _ in range(ATTEMPTS):
            data = self._read_whole()
            if len(data) == self._before.st_size and self._stands_still():
                return FileContent(data, self.state)
            self.look_again()
        raise self.changed()

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in chunks, as often as is asked for.

        Raises: OSError; UserError (``changing``) where it is not what was opened.
        """
        read = 0
        while chunk := self._read_at(read, _CHUNK):
            read += len(chunk)
            if read > self._before.st_size:
                break
            yield chunk
        if read != self._before.st_size or not self._stands_still():
            raise self.changed()

    def changed(self) -> UserError:
        """Return the error that says that the file does not stand still (``changing``)."""
        return UserError(
            "The file changed while it was being read.",
            advice="Wait until whatever writes it has ended, then try again.",
            subject=self._path,
            code="changing",
        )

    def look_again(self) -> None:
        """Take the file as it is now. Raises: UserError (``not-a-file``, ``too-large``)."""
        self._before = os.fstat(self._descriptor)
        if not stat.S_ISREG(self._before.st_mode):
            raise UserError("This is not a regular file.", subject=self._path, code="not-a-file")
        if self._before.st_size > self._limit_bytes:
            raise _too_large(self._path, self._before.st_size, self._limit_bytes)

    def _stands_still(self) -> bool:
        return _same(self._before, os.fstat(self._descriptor))

    def _read_whole(self) -> bytes:
        """Return the bytes from the start up to one more than expected, to notice growth."""
        expected = self._before.st_size
        parts: list[bytes] = []
        left = expected + 1
        while left > 0:
            part = self._read_at(expected + 1 - left, min(left, max(_CHUNK, expected + 1)))
            if not part:
                break
            parts.append(part)
            left -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _read_at(self, offset: int, size_bytes: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        return os.read(self._descriptor, size_bytes)


@contextmanager
def opened(path: str, *, limit_bytes: int) -> Iterator[OpenFile]:
    """Yield the regular file at ``path``.

    Raises: OSError; UserError with code ``not-a-file`` or ``too-large``.
    """
    # O_NONBLOCK keeps the opening of a pipe without a writer from waiting for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        yield OpenFile(path, descriptor, limit_bytes)
    finally:
        os.close(descriptor)


def read_file(path: str, *, limit_bytes: int) -> FileContent:
    """Return the content of the regular file at ``path``.

    Raises: OSError; UserError with code ``not-a-file``, ``too-large`` or ``changing``.
    """
    with opened(path, limit_bytes=limit_bytes) as file:
        return file.read()


def _same(before: os.stat_result, after: os.stat_result) -> bool:
    return before.st_size == after.st_size and before.st_mtime_ns == after.st_mtime_ns


def _too_large(path: str, size_bytes: int, limit_bytes: int) -> UserError:
    return UserError(
        f"The file is larger than the limit: {size_bytes:,} bytes of at most {limit_bytes:,}.",
        advice="Split the file, or import it with “incipit import --size-limit”.",
        subject=path,
        code="too-large",
    )
