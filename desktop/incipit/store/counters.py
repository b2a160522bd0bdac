"""The library's own row: identity, revisions and the next document id."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlite_utils import Database

from incipit.store.contents import timestamp


def found(db: Database) -> None:
    """Write the row of a new library."""
    db.table("library").insert(
        {
            "id": 1,
            "identity": uuid.uuid4().hex,
            "created_at": timestamp(datetime.now(UTC)),
            "revision": 1,
            "listing_revision": 1,
            "next_document_id": 1,
        }
    )


def renew_identity(db: Database) -> None:
    """Give the library a new identity, so that no index made for another state fits it."""
    db.execute("UPDATE library SET identity = ?", [uuid.uuid4().hex])


def identity(db: Database) -> str:
    """Return the library's unchanging name, 32 hexadecimal digits."""
    return str(db.execute("SELECT identity FROM library").fetchone()[0])


def revision(db: Database) -> int:
    """Return the number that rises with every change of documents, queue or failures."""
    return int(db.execute("SELECT revision FROM library").fetchone()[0])


def listing_revision(db: Database) -> int:
    """Return the number that rises when lists, orders or filters may come out otherwise."""
    return int(db.execute("SELECT listing_revision FROM library").fetchone()[0])


def advance(db: Database, *, listing: bool) -> int:
    """Count a change inside a write transaction and return the new revision."""
    db.execute(
        "UPDATE library SET revision = revision + 1, listing_revision = listing_revision + ?",
        [int(listing)],
    )
    return revision(db)


def reserve_ids(db: Database, count: int) -> range:
    """Return ``count`` document ids that were never given before."""
    first = int(db.execute("SELECT next_document_id FROM library").fetchone()[0])
    db.execute("UPDATE library SET next_document_id = ?", [first + count])
    return range(first, first + count)
