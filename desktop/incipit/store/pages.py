"""Lists page by page, each found by the key of the document before it."""

from __future__ import annotations

from sqlite_utils import Database

from incipit.errors import BugError
from incipit.models import Document, SortKey
from incipit.store import documents

#: The columns that make an order, before the id.
_KEYS = {
    SortKey.NAME: ("name_order", "name_key"),
    SortKey.ADDED: ("added_at",),
    SortKey.LENGTH: ("token_count",),
}


def page(
    db: Database, sort: SortKey, *, descending: bool, after_id: int | None, limit: int
) -> tuple[Document, ...]:
    """Return the documents that follow ``after_id`` (None: the first) in an order.

    Where that document is gone the list has ended. Takes the same time anywhere in the list.

    Raises: BugError for relevance and hits, which only a query gives.
    """
    if sort is SortKey.FOLDER:
        ids = _folder_page(db, descending, after_id, limit)
    elif sort in _KEYS:
        ids = _page(db, _KEYS[sort], "", [], descending, after_id, limit)
    else:
        raise BugError(f"Documents without a query have no order by {sort}.")
    return documents.by_ids(db, ids)


def _page(
    db: Database,
    columns: tuple[str, ...],
    condition: str,
    values: list[object],
    descending: bool,
    after_id: int | None,
    limit: int,
) -> list[int]:
    way, compare = ("DESC", "<") if descending else ("ASC", ">")
    order = (*columns, "id")
    statement = f"SELECT id FROM documents WHERE removal_id IS NULL {condition}"
    if after_id is not None:
        key = db.execute(
            f"SELECT {', '.join(order)} FROM documents WHERE id = ? AND removal_id IS NULL",
            [after_id],
        ).fetchone()
        if key is None:
            return []
        statement += f" AND ({', '.join(order)}) {compare} ({', '.join('?' * len(order))})"
        values = [*values, *key]
    statement += f" ORDER BY {', '.join(f'{column} {way}' for column in order)} LIMIT ?"
    return [row[0] for row in db.execute(statement, [*values, limit])]


def _folder_page(db: Database, descending: bool, after_id: int | None, limit: int) -> list[int]:
    """Walk the folders by name and take from each what is missing from the page."""
    ids: list[int] = []
    folder = _first_folder(db, descending) if after_id is None else _folder_of(db, after_id)
    while folder is not None and len(ids) < limit:
        condition, values = "AND folder_id = ?", [folder[0]]
        missing = limit - len(ids)
        ids += _page(db, _KEYS[SortKey.NAME], condition, [*values], descending, after_id, missing)
        after_id = None
        folder = _next_folder(db, folder[1:], descending)
    return ids


def _first_folder(db: Database, descending: bool) -> tuple[int, str, bytes] | None:
    way = "DESC" if descending else "ASC"
    return _folder(db, f"ORDER BY order_key {way}, path {way} LIMIT 1", [])


def _next_folder(
    db: Database, key: tuple[str, bytes], descending: bool
) -> tuple[int, str, bytes] | None:
    way, compare = ("DESC", "<") if descending else ("ASC", ">")
    order = f"ORDER BY order_key {way}, path {way}"
    return _folder(db, f"WHERE (order_key, path) {compare} (?, ?) {order} LIMIT 1", [*key])


def _folder_of(db: Database, document_id: int) -> tuple[int, str, bytes] | None:
    return _folder(db, "WHERE id = (SELECT folder_id FROM documents WHERE id = ?)", [document_id])


def _folder(db: Database, condition: str, values: list[object]) -> tuple[int, str, bytes] | None:
    row = db.execute(f"SELECT id, order_key, path FROM folders {condition}", values).fetchone()
    return None if row is None else (int(row[0]), str(row[1]), bytes(row[2]))
