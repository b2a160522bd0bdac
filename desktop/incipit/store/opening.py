"""Finding out whether a folder holds a library that this version can use, and making one.

A library comes into being whole: it is built beside its place and moved there. An older
schema is upgraded after a verified backup; a newer one is refused.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from incipit.errors import BugError, LibraryUnusable
from incipit.paths import LIBRARY_FILE
from incipit.store import counters
from incipit.store.backup import back_up_automatically
from incipit.store.connection import Connections, connect, transaction
from incipit.store.durability import discard, sync_folder
from incipit.store.faults import damaged, newer, not_a_library, read_only, translated
from incipit.store.migrations import (
    APPLICATION_ID,
    applied_names,
    known_names,
    migrations,
)

#: One page of the least size.
_SMALLEST_BYTES = 512
_MAGIC = b"SQLite format 3\0"


def create_library(folder: Path) -> None:
    """Make an empty library in ``folder``, which may exist; one that is there stays as it is.

    Raises: LibraryUnusable (``read-only``), UserError (``disk-full``, ``disk``).
    """
    file = folder / LIBRARY_FILE
    if file.exists():
        return
    built = folder / f"{LIBRARY_FILE}.new-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with translated(file):
            _build(built)
        _move_into_place(built, file)
    except OSError as error:
        raise LibraryUnusable(
            f"The library cannot be made here ({error.strerror or error}).",
            advice="Choose a folder that you may write to, on a disk with room.",
            subject=str(folder),
            code="read-only",
        ) from error
    finally:
        for leftover in folder.glob(f"{built.name}*"):
            discard(leftover)


def open_connections(folder: Path, *, writable: bool) -> Connections:
    """Return connections to the library in ``folder``, its schema brought up to date.

    Raises: LibraryUnusable with code ``missing``, ``unreadable``, ``not-a-library``,
    ``damaged``, ``newer``, ``older`` (reading only, so that it cannot be upgraded),
    ``read-only`` (``writable`` asked of a place that is not) or ``unfinished`` (a read-only
    copy taken while the library was in use); LibraryBusy.
    """
    file = folder / LIBRARY_FILE
    _check_file(file)
    can_write = os.access(file, os.W_OK) and os.access(folder, os.W_OK)
    if writable and not can_write:
        raise read_only(file)
    immutable = not can_write and _is_immutable(file)
    _check_owner(file, immutable=immutable)
    connections = Connections(file, writable=writable, immutable=immutable)
    try:
        _check_schema(connections, folder)
    except BaseException:
        connections.close()
        raise
    return connections


def _build(built: Path) -> None:
    db = connect(built, mode="rwc")
    try:
        db.enable_wal()
        with transaction(db):
            migrations.apply(db)
            counters.found(db)
    finally:
        db.close()


def _move_into_place(built: Path, file: Path) -> None:
    """Move a new library to its name, unless another process has put one there first."""
    try:
        os.link(built, file)
    except FileExistsError:
        return
    except OSError:
        # File systems without hard links.
        if not file.exists():
            built.replace(file)
    sync_folder(file.parent)


def _check_file(file: Path) -> None:
    """Judge what SQLite would misjudge: it takes an empty file for a new database.

    A file that may be a database is never opened here. To close it would take every lock that
    this process holds on it (a rule of POSIX); another process that closes the library would
    then take itself for the last one, and remove the log under the feet of this one.
    """
    try:
        size = file.stat().st_size
        header = file.read_bytes() if size < _SMALLEST_BYTES or not file.is_file() else _MAGIC
    except FileNotFoundError:
        raise LibraryUnusable(
            "There is no library in this folder.",
            advice="Choose another folder, or create a library here.",
            subject=str(file.parent),
            code="missing",
        ) from None
    except OSError as error:
        raise LibraryUnusable(
            f"The library cannot be read ({error.strerror or error}).",
            advice="Check that you may read the folder and the files in it.",
            subject=str(file),
            code="unreadable",
        ) from error
    if not header:
        raise damaged(file, "the file is empty")
    if not header.startswith(_MAGIC):
        raise not_a_library(file)
    if size < _SMALLEST_BYTES:
        raise damaged(file, "the file is cut off")


def _check_owner(file: Path, *, immutable: bool) -> None:
    """Refuse the database of another program before anything could be written to it."""
    with translated(file), closing(connect(file, mode="ro", immutable=immutable)) as db:
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise not_a_library(file)


def _log_size(file: Path) -> int:
    try:
        return file.with_name(file.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0


def _is_immutable(file: Path) -> bool:
    """Return whether a file that we cannot write to is one that nobody writes to.

    Raises: LibraryUnusable (``unfinished``): changes stand in a log that cannot be read here.
    """
    shared = file.with_name(file.name + "-shm")
    if shared.exists():
        return False
    if _log_size(file) > 0:
        raise LibraryUnusable(
            "The library was copied while it was in use, and cannot be read where it is.",
            advice="Copy its folder to a disk that you may write to, and open it there.",
            subject=str(file),
            code="unfinished",
        )
    return True


def _check_schema(connections: Connections, folder: Path) -> None:
    known = known_names()
    with connections.reading() as db:
        applied = applied_names(db)
        if not applied:
            raise damaged(connections.file, "its tables are missing")
        if applied - known:
            raise newer(connections.file)
    if applied == known:
        _check_tables(connections)
        return
    if not connections.writable:
        raise LibraryUnusable(
            "The library was made by an older version of Incipit and must be upgraded first.",
            advice="Open it once where it may be written to.",
            subject=str(connections.file),
            code="older",
        )
    back_up_automatically(connections, folder, "before-upgrade")
    with connections.writing() as db:
        migrations.apply(db)


def _check_tables(connections: Connections) -> None:
    """Touch what every session needs, so that damage shows now and not in the middle of work."""
    try:
        with connections.reading() as db:
            counters.identity(db)
            db.execute("SELECT id, text_id FROM documents LIMIT 1").fetchall()
    except (BugError, TypeError) as error:
        raise damaged(connections.file, str(error)) from error
