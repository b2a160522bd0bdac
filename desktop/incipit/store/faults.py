"""What SQLite's errors mean to a person: the one place that translates them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incipit.errors import BugError, IncipitError, LibraryBusy, LibraryUnusable, UserError

# Extended codes hold the primary code in their low byte.
_PRIMARY = 0xFF


#: What Python's module for SQLite says, without a code, of a text that has changed on the disk.
_NOT_UTF8 = "Could not decode to UTF-8"


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turn every error of SQLite inside the block into one of `incipit.errors`.

    Raises: LibraryUnusable (``damaged``, ``not-a-library``, ``read-only``, ``unreadable``),
    LibraryBusy, UserError (``disk-full``, ``disk``), BugError for everything else.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, file) from error


def explain(error: sqlite3.Error, file: Path) -> IncipitError:
    """Return the error to raise for one of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    subject = str(file)
    match code if code is None else code & _PRIMARY:
        case sqlite3.SQLITE_CORRUPT:
            return damaged(file, str(error))
        case sqlite3.SQLITE_NOTADB:
            return not_a_library(file)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryBusy(
                "Another program is writing to the library.",
                advice="Wait until it has finished and try again.",
                subject=subject,
            )
        case sqlite3.SQLITE_FULL:
            return UserError(
                "The disk is full.",
                advice="Make room and try again; what was saved before is safe.",
                subject=subject,
                code="disk-full",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return read_only(file)
        case sqlite3.SQLITE_CANTOPEN:
            return LibraryUnusable(
                "The library cannot be opened.",
                advice="Check that the folder is there and that you may read it.",
                subject=subject,
                code="unreadable",
            )
        case sqlite3.SQLITE_IOERR:
            return UserError(
                f"The disk failed while the library was in use ({error}).",
                advice="Check the disk and its connection, then open the library again.",
                subject=subject,
                code="disk",
            )
    if code is None and str(error).startswith(_NOT_UTF8):
        return damaged(file, str(error))
    return BugError(f"SQLite: {error} ({type(error).__name__}, code {code}) in {file}")


def damaged(file: Path, detail: str) -> LibraryUnusable:
    """Return the error for a library whose file is broken."""
    return LibraryUnusable(
        f"The library is damaged ({detail}).",
        advice="Restore a backup, or import the files again into a new library.",
        subject=str(file),
        code="damaged",
    )


def not_a_library(file: Path) -> LibraryUnusable:
    """Return the error for a file that is something else."""
    return LibraryUnusable(
        "This file is not an Incipit library.",
        advice="Choose another folder for the library.",
        subject=str(file),
        code="not-a-library",
    )


def newer(file: Path) -> LibraryUnusable:
    """Return the error for a library whose schema this version does not know."""
    return LibraryUnusable(
        "The library was made by a newer version of Incipit.",
        advice="Update Incipit, then open the library again.",
        subject=str(file),
        code="newer",
    )


def read_only(file: Path) -> LibraryUnusable:
    """Return the error for a library that cannot be written to."""
    return LibraryUnusable(
        "The library cannot be changed: its folder or disk is read-only.",
        advice="Copy the library to a folder that you may write to.",
        subject=str(file),
        code="read-only",
    )
