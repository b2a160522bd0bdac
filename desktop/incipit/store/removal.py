"""Removing documents and whole sources so that it can be undone, also after a restart.

Removed rows stay where they are, marked with their removal, until they are purged. Runs inside
a write transaction of the caller.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlite_utils import Database

from incipit.errors import UserError
from incipit.models import Removal
from incipit.store import counters
from incipit.store.contents import moment_of, paths_inside, timestamp
from incipit.store.records import QueueAction

_END_OF_TIME = "9999"
_CHOSEN = "id IN (SELECT value FROM json_each(?))"
_REMOVALS = (
    "SELECT r.id, r.document_count, r.removed_at, s.path"
    " FROM removals r LEFT JOIN sources s ON s.id = r.source_id"
)


def remove(db: Database, ids: Iterable[int]) -> Removal:
    """Remove documents; those that are gone already are passed over.

    Raises: UserError (``gone``) where none of them is there.
    """
    removal_id = _open_removal(db, None)
    chosen = [json.dumps([int(one) for one in ids])]
    count = _mark(db, removal_id, _CHOSEN, chosen)
    if not count:
        raise _gone()
    return _described(db, removal_id)


def remove_source(db: Database, source_id: int) -> Removal:
    """Remove a source with its documents and forget the failures of its files.

    Raises: UserError (``gone``).
    """
    row = db.execute(
        "SELECT path FROM sources WHERE id = ? AND removal_id IS NULL", [source_id]
    ).fetchone()
    if row is None:
        raise _gone()
    removal_id = _open_removal(db, source_id)
    _mark(db, removal_id, "source_id = ?", [source_id])
    db.execute("UPDATE sources SET removal_id = ? WHERE id = ?", [removal_id, source_id])
    _forget_failures(db, row[0])
    return _described(db, removal_id)


def undo(db: Database, removal_id: int) -> int:
    """Bring back what a removal took, queue it for the index, and return how many documents.

    A place that was imported again meanwhile stays as it is now.

    Raises: UserError (``gone``) where the removal was undone or purged.
    """
    if db.execute("SELECT 1 FROM removals WHERE id = ?", [removal_id]).fetchone() is None:
        raise UserError("This removal can no longer be undone.", code="gone")
    revision = counters.advance(db, listing=True)
    _revive_sources(db, removal_id)
    returning = db.execute(
        "SELECT id FROM documents WHERE removal_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM documents now WHERE now.folder_id = documents.folder_id"
        " AND now.name = documents.name AND now.removal_id IS NULL)",
        [removal_id],
    ).fetchall()
    chosen = json.dumps([row[0] for row in returning])
    db.execute(f"UPDATE documents SET removal_id = NULL WHERE {_CHOSEN}", [chosen])
    db.execute(
        "INSERT OR REPLACE INTO index_queue (document_id, action, revision)"
        f" SELECT id, ?, ? FROM documents WHERE {_CHOSEN}",
        [QueueAction.INDEX.value, revision, chosen],
    )
    _discard(db, removal_id)
    return len(returning)


def undoable(db: Database) -> tuple[Removal, ...]:
    """Return the removals that can be undone, the latest first."""
    return tuple(_removal(row) for row in db.execute(f"{_REMOVALS} ORDER BY r.id DESC"))


def purge_some(db: Database, *, before: datetime | None, limit: int) -> int | None:
    """Delete for good up to ``limit`` documents removed before a moment (None: at any time).

    Returns how many documents went, or None where there is nothing (more) of that kind.
    """
    moment = timestamp(before) if before is not None else _END_OF_TIME
    row = db.execute(
        "SELECT id FROM removals WHERE removed_at < ? ORDER BY id LIMIT 1", [moment]
    ).fetchone()
    if row is None:
        return None
    found = db.execute("SELECT id FROM documents WHERE removal_id = ? LIMIT ?", [row[0], limit])
    ids = [document_id for (document_id,) in found]
    counters.advance(db, listing=False)
    if len(ids) < limit:
        return _discard(db, row[0])
    chosen = [json.dumps(ids)]
    which = "document_id IN (SELECT value FROM json_each(?))"
    db.execute(f"DELETE FROM reading_positions WHERE {which}", chosen)
    db.execute(f"DELETE FROM document_tags WHERE {which}", chosen)
    return db.execute(f"DELETE FROM documents WHERE {_CHOSEN}", chosen).rowcount


def purge_contents(db: Database, *, limit: int) -> bool:
    """Delete up to ``limit`` texts and originals that no document uses; return whether any were."""
    for table, column, index in (
        ("texts", "text_id", "texts_by_hash"),
        ("originals", "original_id", "originals_by_hash"),
    ):
        # By the index: the tables themselves hold the contents, and are long to scan.
        cursor = db.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT t.id FROM {table} t INDEXED BY {index}"
            f" WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.{column} = t.id) LIMIT ?)",
            [limit],
        )
        if cursor.rowcount:
            return True
    return False


def _open_removal(db: Database, source_id: int | None) -> int:
    row = {
        "removed_at": timestamp(datetime.now(UTC)),
        "document_count": 0,
        "source_id": source_id,
    }
    removal_id = db.table("removals").insert(row).last_pk
    assert isinstance(removal_id, int)
    return removal_id


def _mark(db: Database, removal_id: int, condition: str, values: Sequence[object]) -> int:
    """Mark living documents as removed and queue their deletion from the index."""
    revision = counters.advance(db, listing=True)
    db.execute(
        "INSERT OR REPLACE INTO index_queue (document_id, action, revision)"
        f" SELECT id, ?, ? FROM documents WHERE removal_id IS NULL AND {condition}",
        [QueueAction.DELETE.value, revision, *values],
    )
    count = db.execute(
        f"UPDATE documents SET removal_id = ? WHERE removal_id IS NULL AND {condition}",
        [removal_id, *values],
    ).rowcount
    db.execute("UPDATE removals SET document_count = ? WHERE id = ?", [count, removal_id])
    return count


def _described(db: Database, removal_id: int) -> Removal:
    return _removal(db.execute(f"{_REMOVALS} WHERE r.id = ?", [removal_id]).fetchone())


def _removal(row: tuple[int, int, str, bytes | None]) -> Removal:
    removal_id, count, removed_at, path = row
    source = None if path is None else os.fsdecode(path)
    return Removal(removal_id, count, moment_of(removed_at), source)


def _forget_failures(db: Database, source: bytes) -> None:
    """Forget the failures of the files in (or at) the path of a source."""
    db.execute(
        "DELETE FROM failures WHERE path = ? OR (path >= ? AND path < ?)",
        [source, *paths_inside(source)],
    )


def _revive_sources(db: Database, removal_id: int) -> None:
    """Bring back the sources of what a removal took, or move it to their successors.

    A source that was added again while its predecessor was removed is the one that stays.
    """
    gone = db.execute(
        "SELECT id, path FROM sources WHERE removal_id IS NOT NULL AND (removal_id = ? OR id IN"
        " (SELECT source_id FROM documents WHERE removal_id = ?))",
        [removal_id, removal_id],
    ).fetchall()
    for source_id, path in gone:
        successor = db.execute(
            "SELECT id FROM sources WHERE path = ? AND removal_id IS NULL", [path]
        ).fetchone()
        if successor is None:
            db.execute("UPDATE sources SET removal_id = NULL WHERE id = ?", [source_id])
        else:
            db.execute(
                "UPDATE documents SET source_id = ? WHERE source_id = ?", [successor[0], source_id]
            )


def _discard(db: Database, removal_id: int) -> int:
    """Delete what is still marked with a removal, and the removal; return the documents."""
    marked = "(SELECT id FROM documents WHERE removal_id = ?)"
    db.execute(f"DELETE FROM reading_positions WHERE document_id IN {marked}", [removal_id])
    db.execute(f"DELETE FROM document_tags WHERE document_id IN {marked}", [removal_id])
    count = db.execute("DELETE FROM documents WHERE removal_id = ?", [removal_id]).rowcount
    # What was removed of a source before it went itself belongs to an earlier removal.
    db.execute("DELETE FROM sources WHERE removal_id = ?", [removal_id])
    db.execute("DELETE FROM removals WHERE id = ?", [removal_id])
    return count


def _gone() -> UserError:
    return UserError("What was to be removed is no longer in the library.", code="gone")
