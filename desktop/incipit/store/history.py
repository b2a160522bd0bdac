"""Where the user read, what was searched, and searches kept under a name."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from incipit.errors import UserError
from incipit.models import SavedSearch
from incipit.store.contents import storable, timestamp

_KEPT_SEARCHES = 50


def remember_position(db: Database, document_id: int, position_cp: int) -> None:
    """Keep where a document was left, in code points; one that is gone is passed over."""
    db.execute(
        "INSERT OR REPLACE INTO reading_positions (document_id, position_cp, read_at)"
        " SELECT id, ?, ? FROM documents WHERE id = ?",
        [position_cp, timestamp(datetime.now(UTC)), document_id],
    )


def position(db: Database, document_id: int) -> int | None:
    """Return where a document was left, in code points, or None where it was not read."""
    row = db.execute(
        "SELECT position_cp FROM reading_positions WHERE document_id = ?", [document_id]
    ).fetchone()
    return None if row is None else int(row[0])


def remember_search(db: Database, query: str) -> None:
    """Put a query in front of the recent ones, of which the last fifty stay."""
    row = {"query": storable(query), "searched_at": timestamp(datetime.now(UTC))}
    db.table("recent_searches").insert(row, replace=True)
    db.execute(
        "DELETE FROM recent_searches WHERE query NOT IN"
        " (SELECT query FROM recent_searches ORDER BY searched_at DESC, rowid DESC LIMIT ?)",
        [_KEPT_SEARCHES],
    )


def recent_searches(db: Database) -> tuple[str, ...]:
    """Return the recent queries, the latest first."""
    rows = db.execute("SELECT query FROM recent_searches ORDER BY searched_at DESC, rowid DESC")
    return tuple(row[0] for row in rows)


def forget_searches(db: Database) -> None:
    """Forget all recent queries."""
    db.table("recent_searches").delete_where()


def save_search(db: Database, name: str, query: str) -> SavedSearch:
    """Keep a query under a name; a search of that name is replaced.

    Raises: UserError (``name``) for an empty name.
    """
    name = storable(name.strip())
    if not name:
        raise UserError("A saved search needs a name.", code="name")
    db.execute(
        "INSERT INTO saved_searches (name, query, saved_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET query = excluded.query, saved_at = excluded.saved_at",
        [name, storable(query), timestamp(datetime.now(UTC))],
    )
    return next(search for search in saved_searches(db) if search.name == name)


def rename_saved_search(db: Database, search_id: int, name: str) -> None:
    """Give a saved search another name; one that is gone is passed over.

    Raises: UserError (``name``) for an empty name, and for one that another search has.
    """
    name = storable(name.strip())
    if not name:
        raise UserError("A saved search needs a name.", code="name")
    if any(one.name == name and one.id != search_id for one in saved_searches(db)):
        raise UserError(f"Another search is saved as {name}.", code="name")
    db.execute("UPDATE saved_searches SET name = ? WHERE id = ?", [name, search_id])


def saved_searches(db: Database) -> tuple[SavedSearch, ...]:
    """Return the saved searches by name."""
    rows = db.table("saved_searches").rows_where(order_by="name")
    return tuple(SavedSearch(row["id"], row["name"], row["query"]) for row in rows)


def delete_saved_search(db: Database, search_id: int) -> None:
    """Delete a saved search; one that is gone is passed over."""
    db.table("saved_searches").delete_where("id = ?", [search_id])
