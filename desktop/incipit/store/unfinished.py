"""Imports that were begun and not ended: what a crash or a restart left to go on with."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from sqlite_utils import Database

from incipit.store.contents import timestamp
from incipit.store.records import UnfinishedImport

# No path holds it, on any system.
_BETWEEN = b"\0"


def begin(db: Database, paths: tuple[str, ...], *, other_files: bool, limit_bytes: int) -> int:
    """Note that an import of ``paths`` begins, and return its number.

    One that was asked for in the same way before, and did not end, goes on under its number.
    """
    asked = [_BETWEEN.join(map(os.fsencode, paths)), int(other_files), limit_bytes]
    known = db.execute(
        "SELECT id FROM unfinished_imports WHERE paths = ? AND other_files = ? AND limit_bytes = ?",
        asked,
    ).fetchone()
    if known is not None:
        return int(known[0])
    db.execute(
        "INSERT INTO unfinished_imports (paths, other_files, limit_bytes, begun_at)"
        " VALUES (?, ?, ?, ?)",
        [*asked, timestamp(datetime.now(UTC))],
    )
    return int(db.execute("SELECT last_insert_rowid()").fetchone()[0])


def end(db: Database, number: int) -> None:
    """Note that an import has ended."""
    db.execute("DELETE FROM unfinished_imports WHERE id = ?", [number])


def end_all(db: Database) -> None:
    """Note that no import is under way; where the schema is too old for that, none is noted."""
    if db.table("unfinished_imports").exists():
        db.execute("DELETE FROM unfinished_imports")


def unfinished(db: Database) -> tuple[UnfinishedImport, ...]:
    """Return the imports that did not end, the oldest first."""
    rows = db.execute(
        "SELECT id, paths, other_files, limit_bytes FROM unfinished_imports ORDER BY id"
    )
    return tuple(
        UnfinishedImport(
            id=row[0],
            paths=tuple(map(os.fsdecode, row[1].split(_BETWEEN))),
            other_files=bool(row[2]),
            limit_bytes=row[3],
        )
        for row in rows
    )
