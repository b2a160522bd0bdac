"""Making files and names survive a power cut, and taking half-made ones away."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make new and changed names in ``folder`` durable, where the system can. Raises OSError."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems refuse this.
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(file: Path) -> None:
    """Make the content of ``file`` durable. Raises OSError."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def discard(file: Path) -> None:
    """Remove a half-made file where there is one, while an error may be on its way."""
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def discard_database(file: Path) -> None:
    """Remove a half-made database, with the journals that SQLite keeps beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        discard(file.with_name(file.name + ending))
