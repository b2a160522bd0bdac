"""What the index has yet to do, in rows that survive a crash."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from incipit.store import counters
from incipit.store.records import QueueAction, QueueCounts, Queued

#: What can be read: one changed bit of an action makes it another word, or no text.
_KNOWN = "action IN ('index', 'delete')"
_STALE = (
    f"NOT ({_KNOWN}) OR action = 'index'"
    " AND document_id NOT IN (SELECT id FROM documents WHERE removal_id IS NULL)"
)


def put(db: Database, rows: Iterable[Queued]) -> None:
    """Queue rows; a document that waits already takes the new action and revision."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO index_queue (document_id, action, revision) VALUES (?, ?, ?)",
        ((row.document_id, row.action.value, row.revision) for row in rows),
    )


def put_all(db: Database) -> int:
    """Queue every document anew, for an index that starts empty.

    Deletions stay queued: should the old index remain after all, they are still due.
    """
    revision = counters.advance(db, listing=False)
    cursor = db.execute(
        "INSERT OR REPLACE INTO index_queue (document_id, action, revision)"
        " SELECT id, ?, ? FROM documents WHERE removal_id IS NULL",
        [QueueAction.INDEX.value, revision],
    )
    return cursor.rowcount


def put_again(db: Database, ids: Iterable[int]) -> None:
    """Queue those of ``ids`` that are documents, to be indexed anew."""
    revision = counters.advance(db, listing=False)
    db.execute(
        "INSERT OR REPLACE INTO index_queue (document_id, action, revision)"
        " SELECT id, ?, ? FROM documents WHERE removal_id IS NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        [QueueAction.INDEX.value, revision, json.dumps(list(ids))],
    )


def take(db: Database, limit: int, after_id: int = 0) -> tuple[Queued, ...]:
    """Return up to ``limit`` rows by document id, beyond ``after_id``; they stay queued."""
    rows = db.execute(
        f"SELECT document_id, action, revision FROM index_queue WHERE document_id > ? AND {_KNOWN}"
        " ORDER BY document_id LIMIT ?",
        [after_id, limit],
    )
    return tuple(Queued(row[0], QueueAction(row[1]), row[2]) for row in rows)


def deletions(db: Database) -> NDArray[np.int64]:
    """Return the documents that the index may still hold but the library does not, sorted."""
    rows = db.execute(
        "SELECT document_id FROM index_queue WHERE action = 'delete' ORDER BY document_id"
    ).fetchall()
    return np.array([row[0] for row in rows], np.int64)


def done(db: Database, rows: Iterable[Queued]) -> None:
    """Take rows off the queue, except those that were queued again since they were taken."""
    counters.advance(db, listing=False)
    db.conn.executemany(
        "DELETE FROM index_queue WHERE document_id = ? AND revision = ?",
        ((row.document_id, row.revision) for row in rows),
    )


def count_stale(db: Database) -> int:
    """Return how many rows are of no use: documents that are not there, and unknown actions."""
    return int(db.execute(f"SELECT count(*) FROM index_queue WHERE {_STALE}").fetchone()[0])


def drop_stale(db: Database) -> None:
    """Take rows that are of no use off the queue."""
    db.execute(f"DELETE FROM index_queue WHERE {_STALE}")


def counts(db: Database) -> QueueCounts:
    """Return how many documents wait to be indexed and to be deleted from the index."""
    total = int(db.execute("SELECT count(*) FROM index_queue").fetchone()[0])
    to_delete = int(
        db.execute("SELECT count(*) FROM index_queue WHERE action = 'delete'").fetchone()[0]
    )
    return QueueCounts(to_index=total - to_delete, to_delete=to_delete)
