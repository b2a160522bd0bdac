"""Room on the disks of library and index, and what their errors mean to a person."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incipit.errors import UserError

#: What library and index may grow by, as multiples of the bytes read; rounded up from what
#: ``tests/benchmarks`` prints for stores of plain text.
_LIBRARY_GROWTH, _INDEX_GROWTH = 1.3, 1.2
_SPARE_BYTES = 50_000_000

#: The codes of what is wrong with the disk that is written to, whatever is written.
DISK_CODES = frozenset({"disk-full", "read-only", "disk"})

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def free_bytes(folder: Path) -> int:
    """Return the space left where ``folder`` is, or will be."""
    return shutil.disk_usage(_existing(folder)).free


def needed_bytes(size_bytes: int) -> int:
    """Return what library and index may grow by for texts of ``size_bytes`` in all."""
    return int(size_bytes * (_LIBRARY_GROWTH + _INDEX_GROWTH))


def require_space(library: Path, index: Path, size_bytes: int) -> None:
    """Refuse to add texts of ``size_bytes`` where library and index would not fit.

    Raises: UserError (``no-space``).
    """
    if _existing(library).stat().st_dev == _existing(index).stat().st_dev:
        _require(library, needed_bytes(size_bytes))
        return
    _require(library, int(size_bytes * _LIBRARY_GROWTH))
    _require(index, int(size_bytes * _INDEX_GROWTH))


@contextmanager
def told_in_words(place: Path) -> Iterator[None]:
    """Turn an error of the operating system inside the block into one for the user.

    Raises: UserError (``disk-full``, ``read-only``, ``disk``), with ``place`` as its subject.
    """
    try:
        yield
    except OSError as problem:
        raise _explained(problem, place) from problem


def _explained(problem: OSError, place: Path) -> UserError:
    if problem.errno in _FULL:
        return UserError(
            "The disk is full.",
            advice="Make room and try again; what was saved before is safe.",
            subject=str(place),
            code="disk-full",
        )
    if problem.errno in _CLOSED:
        return UserError(
            "The folder of the index cannot be written to.",
            advice="Give yourself permission to write there, then try again.",
            subject=str(place),
            code="read-only",
        )
    return UserError(
        f"The disk failed while the index was written ({problem.strerror or problem}).",
        advice="Check the disk and its connection, then try again.",
        subject=str(place),
        code="disk",
    )


def _require(folder: Path, needed: int) -> None:
    left = free_bytes(folder)
    if left < needed + _SPARE_BYTES:
        raise UserError(
            f"There is not enough space: about {_megabytes(needed + _SPARE_BYTES)} MB"
            f" are needed and {_megabytes(left)} MB are free.",
            advice="Free some space, or add a part of the files.",
            subject=str(folder),
            code="no-space",
        )


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _megabytes(size_bytes: int) -> str:
    return f"{-(-size_bytes // 1_000_000):,}"
