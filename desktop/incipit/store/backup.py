"""Verified copies of a library, made while it is in use, and putting one back."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from incipit.errors import Cancelled, LibraryBusy, LibraryUnusable, UserError
from incipit.models import CancelToken
from incipit.paths import LIBRARY_FILE
from incipit.store import checksums, counters, unfinished
from incipit.store.connection import Connections, connect, transaction
from incipit.store.durability import discard_database, sync_file, sync_folder
from incipit.store.faults import damaged, newer, not_a_library, translated
from incipit.store.migrations import APPLICATION_ID, applied_names, known_names

#: The folder beside the library for copies that the program makes by itself.
BACKUP_FOLDER = "backups"

_KEPT_AUTOMATIC = 3
_PARTIAL = ".partial"
_ABANDONED_S = 3600
_PAGES_A_STEP = 2048


def back_up(connections: Connections, target: Path, cancel: CancelToken | None = None) -> None:
    """Write a verified copy of the library to the file ``target``, which must not exist.

    The copy is one moment of the library, whatever is written meanwhile, and stands under its
    name only once it has been read back and found whole.

    Raises: UserError (``exists``, ``backup``, ``disk-full``, ``disk``), LibraryUnusable
    (``damaged``), Cancelled.
    """
    if target.exists():
        raise UserError(
            "There is a file of this name already.",
            advice="Choose another name for the backup.",
            subject=str(target),
            code="exists",
        )
    partial = target.with_name(target.name + _PARTIAL)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        # SQLite would only say that it cannot open the file, as if it were the library's.
        partial.touch(exist_ok=False)
        _copy(connections, partial, cancel)
        verify_backup(partial, cancel)
        sync_file(partial)
        partial.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        discard_database(partial)


def back_up_automatically(connections: Connections, folder: Path, reason: str) -> Path:
    """Back up to a file named by time and ``reason`` beside the library and return it.

    Only after the new copy is verified do automatic ones beyond the last three go.
    """
    place = folder / BACKUP_FOLDER
    _discard_abandoned(place)
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = place / f"library-{now}-{reason}.db"
    back_up(connections, target)
    for old in sorted(place.glob(f"library-*-{reason}.db"))[:-_KEPT_AUTOMATIC]:
        old.unlink(missing_ok=True)
    return target


def verify_backup(file: Path, cancel: CancelToken | None = None) -> None:
    """Read a copy from end to end.

    Raises: LibraryUnusable (``damaged``, ``not-a-library``, ``newer``), Cancelled.
    """
    with translated(file), closing(connect(file, mode="ro", immutable=True)) as db:
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise not_a_library(file)
        if applied_names(db) - known_names():
            raise newer(file)
        db.conn.set_progress_handler(lambda: int(_is_set(cancel)), 100_000)
        for pragma in ("integrity_check(1)", "foreign_key_check"):
            rows = db.execute(f"PRAGMA {pragma}").fetchall()
            if rows and rows != [("ok",)]:
                raise damaged(file, str(rows[0][0]))
            if _is_set(cancel):
                raise Cancelled


def restore(backup: Path, folder: Path) -> None:
    """Make the library in ``folder`` the one of ``backup``; what was there is backed up first.

    The restored library has a new identity: no index made for another state fits it. Imports
    that were under way when the backup was made do not go on: they would change it. No
    process may have the library of ``folder`` open.

    Raises: LibraryUnusable (``missing``, ``damaged``, ``not-a-library``, ``newer``), LibraryBusy,
    UserError (``backup``, ``disk-full``, ``disk``).
    """
    if not backup.is_file():
        raise LibraryUnusable("There is no such backup.", subject=str(backup), code="missing")
    verify_backup(backup)
    file = folder / LIBRARY_FILE
    incoming = folder / f"{LIBRARY_FILE}.restored"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        incoming.unlink(missing_ok=True)
        _take_over(backup, incoming)
        if file.exists():
            _set_aside(file, folder)
        incoming.replace(file)
        sync_folder(folder)
    except OSError as error:
        raise _unwritable(file, error) from error
    finally:
        discard_database(incoming)


def _discard_abandoned(place: Path) -> None:
    """Remove what a process that was killed left of a backup; they are as large as libraries."""
    for partial in place.glob(f"library-*{_PARTIAL}"):
        try:
            age_s = time.time() - partial.stat().st_mtime
        except FileNotFoundError:
            continue
        # Another process may be at work on its own, and writes to it all the time.
        if age_s > _ABANDONED_S:
            discard_database(partial)


def _copy(connections: Connections, target: Path, cancel: CancelToken | None) -> None:
    def check(_status: int, _remaining: int, _total: int) -> None:
        if _is_set(cancel):
            raise Cancelled

    # The open snapshot keeps SQLite from starting anew whenever another process commits.
    with connections.snapshot() as db, translated(target):
        db.execute("SELECT id FROM library").fetchall()
        with closing(connect(target, mode="rwc")) as copy:
            db.conn.backup(copy.conn, pages=_PAGES_A_STEP, progress=check, sleep=0)
            # A single file can be read from read-only media and copied by hand.
            copy.disable_wal()


def _take_over(backup: Path, incoming: Path) -> None:
    with (
        translated(incoming),
        closing(connect(backup, mode="ro", immutable=True)) as source,
        closing(connect(incoming, mode="rwc")) as copy,
    ):
        source.conn.backup(copy.conn)
        checksums.watch(copy)
        with transaction(copy):
            counters.renew_identity(copy)
            unfinished.end_all(copy)
        copy.enable_wal()
    verify_backup(incoming)


def _set_aside(file: Path, folder: Path) -> None:
    """Back up the library that is there and make sure that no log of it stays behind.

    A log that outlives its library would be played into the restored one. A library that is
    too damaged for a backup is kept as it is under another name.
    """
    log = file.with_name(file.name + "-wal")
    try:
        present = Connections(file, writable=True)
        try:
            back_up_automatically(present, folder, "before-restore")
        finally:
            present.close()
    except LibraryUnusable:
        kept = folder / BACKUP_FOLDER / f"damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"
        kept.parent.mkdir(exist_ok=True)
        if log.exists():
            log.replace(kept.with_name(kept.name + "-wal"))
        file.replace(kept)
    # The last connection to close removes the log.
    if log.exists():
        raise LibraryBusy(
            "The library is open in another window or program.",
            advice="Close it there and restore again.",
            subject=str(file),
        )


def _unwritable(file: Path, error: OSError) -> UserError:
    return UserError(
        f"The file cannot be written ({error.strerror or error}).",
        advice="Choose a folder that you may write to, on a disk with room.",
        subject=str(file),
        code="backup",
    )


def _is_set(cancel: CancelToken | None) -> bool:
    return cancel is not None and cancel.is_set()
