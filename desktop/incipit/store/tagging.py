"""Words that the user puts on documents; case makes no difference."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from incipit.errors import UserError
from incipit.models import TagChange
from incipit.store import counters
from incipit.store.contents import storable, tag_key


def tag(db: Database, ids: Iterable[int], name: str) -> None:
    """Put a tag on documents; those that are gone are passed over.

    Raises: UserError (``name``) for an empty name.
    """
    name = storable(name.strip())
    if not name:
        raise UserError("A tag needs a name.", code="name")
    counters.advance(db, listing=False)
    key = tag_key(name)
    db.execute("INSERT OR IGNORE INTO tags (name, key) VALUES (?, ?)", [name, key])
    db.execute(
        "INSERT OR IGNORE INTO document_tags (tag_id, document_id)"
        " SELECT tags.id, documents.id FROM tags, documents WHERE tags.key = ?"
        " AND documents.removal_id IS NULL"
        " AND documents.id IN (SELECT value FROM json_each(?))",
        [key, _json(ids)],
    )


def untag(db: Database, ids: Iterable[int], name: str) -> None:
    """Take a tag off documents; a tag that no document has any more goes."""
    counters.advance(db, listing=False)
    db.execute(
        "DELETE FROM document_tags WHERE tag_id = (SELECT id FROM tags WHERE key = ?)"
        " AND document_id IN (SELECT value FROM json_each(?))",
        [tag_key(name.strip()), _json(ids)],
    )
    db.execute("DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM document_tags)")


def carrying(db: Database, ids: Iterable[int], name: str) -> tuple[int, ...]:
    """Return those of the documents that have a tag, ascending."""
    rows = db.execute(
        "SELECT document_id FROM document_tags JOIN tags ON tags.id = tag_id WHERE tags.key = ?"
        " AND document_id IN (SELECT value FROM json_each(?)) ORDER BY document_id",
        [tag_key(name.strip()), _json(ids)],
    )
    return tuple(row[0] for row in rows)


def counts_among(db: Database, ids: Iterable[int]) -> dict[str, int]:
    """Return every tag with the number of the given documents that have it, by name."""
    rows = db.execute(
        "SELECT tags.name, count(chosen.value) FROM tags JOIN document_tags ON tag_id = tags.id"
        " LEFT JOIN json_each(?) AS chosen ON chosen.value = document_id"
        " GROUP BY tags.id ORDER BY tags.key",
        [_json(ids)],
    )
    return dict(rows.fetchall())


def change(
    db: Database, ids: Iterable[int], add: Iterable[str], remove: Iterable[str]
) -> TagChange:
    """Put tags on documents and take others off; return what that changed.

    Raises: UserError (``name``) for an empty name.
    """
    wanted = tuple(ids)
    added, removed = [], []
    for name in add:
        before = set(carrying(db, wanted, name))
        tag(db, wanted, name)
        added.append((name, tuple(one for one in carrying(db, wanted, name) if one not in before)))
    for name in remove:
        removed.append((name, carrying(db, wanted, name)))
        untag(db, wanted, name)
    return TagChange(tuple(added), tuple(removed))


def repeat(db: Database, made: TagChange) -> None:
    """Make a change as it stands: what a change did, or what takes it back."""
    for name, ids in made.added:
        tag(db, ids, name)
    for name, ids in made.removed:
        untag(db, ids, name)


def tags_of(db: Database, document_id: int) -> tuple[str, ...]:
    """Return the tags of a document by name."""
    rows = db.execute(
        "SELECT name FROM tags JOIN document_tags ON tag_id = tags.id WHERE document_id = ?"
        " ORDER BY key",
        [document_id],
    )
    return tuple(row[0] for row in rows)


def tag_counts(db: Database) -> dict[str, int]:
    """Return every tag with the number of its documents, by name."""
    rows = db.execute(
        "SELECT tags.name, count(documents.id) FROM tags JOIN document_tags ON tag_id = tags.id"
        " LEFT JOIN documents ON documents.id = document_id AND removal_id IS NULL"
        " GROUP BY tags.id ORDER BY key"
    )
    return dict(rows.fetchall())


def _json(ids: Iterable[int]) -> str:
    return json.dumps([int(one) for one in ids])
