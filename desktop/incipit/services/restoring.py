"""Putting a backup in the place of a library, when nobody writes to it."""

from __future__ import annotations

from pathlib import Path

from incipit.services.lock import WriterLock
from incipit.store import backup


def restore(source: Path, folder: Path) -> None:
    """Make the library in ``folder`` the one of the backup ``source``.

    What was there is backed up first, into the folder ``backups`` beside it. The restored
    library has a new identity, so that its index is made anew.

    Raises: LibraryUnusable (no such backup, damaged, not a library), LibraryBusy (the library
    is open somewhere), UserError (the disk is full or cannot be written).
    """
    # Before the folder is touched: a backup that is none must not leave an empty folder.
    backup.verify_backup(source)
    folder.mkdir(parents=True, exist_ok=True)
    with WriterLock(folder, "restoring"):
        backup.restore(source, folder)
