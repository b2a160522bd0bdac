"""Reading the whole library to find damage, and naming what it found."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator

from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import CancelToken
from incipit.store.contents import HASH_BYTES, file_hash, join_path, unpack_original

_ROWS = 200
_NAMED = 20
_STEPS_BETWEEN_LOOKS = 50_000


def find_damage(db: Database, cancel: CancelToken) -> tuple[str, ...]:
    """Return one sentence for each damage in the library; none means that it is sound.

    Checks SQLite's own structures, references between tables, every text against its hash
    and length, and every kept original against the hash of its file.

    Raises: Cancelled.
    """
    db.conn.set_progress_handler(lambda: int(cancel.is_set()), _STEPS_BETWEEN_LOOKS)
    try:
        return tuple(_damages(db, cancel))
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled from None
        raise
    finally:
        db.conn.set_progress_handler(None, 0)


def _damages(db: Database, cancel: CancelToken) -> Iterator[str]:
    structure = _structure(db)
    yield from structure
    if structure:
        # What stands in broken pages cannot be told from what is missing.
        return
    for table, _row, parent, _number in db.execute("PRAGMA foreign_key_check").fetchmany(_NAMED):
        yield f"A row of the table {table} belongs to a row of {parent} that is missing."
    yield from _texts(db, cancel)
    yield from _originals(db, cancel)
    yield from _queue(db)


def _structure(db: Database) -> list[str]:
    try:
        rows = db.execute(f"PRAGMA integrity_check({_NAMED})").fetchall()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return [f"The library file is damaged: {error}."]
    found = [row[0] for row in rows if row[0] != "ok"]
    return [f"The library file is damaged: {one}." for one in found]


def _texts(db: Database, cancel: CancelToken) -> Iterator[str]:
    statement = (
        "SELECT id, hash, char_count, CAST(content AS BLOB) FROM texts WHERE id > ?"
        " ORDER BY id LIMIT ?"
    )
    last = 0
    while rows := db.execute(statement, [last, _ROWS]).fetchall():
        for text_id, expected, char_count, content in rows:
            actual = hashlib.blake2b(content, digest_size=HASH_BYTES).digest()
            if actual != expected or len(content.decode("utf-8", "replace")) != char_count:
                yield f"The text of {_users(db, 'text_id', text_id)} has changed on the disk."
        last = rows[-1][0]
        _look(cancel)


def _originals(db: Database, cancel: CancelToken) -> Iterator[str]:
    statement = "SELECT id, file_hash, packed FROM originals WHERE id > ? ORDER BY id LIMIT ?"
    last = 0
    while rows := db.execute(statement, [last, _ROWS]).fetchall():
        for original_id, expected, packed in rows:
            try:
                sound = file_hash(unpack_original(packed)) == expected
            except zlib.error:
                sound = False
            if not sound:
                users = _users(db, "original_id", original_id)
                yield f"The kept original of {users} has changed on the disk."
        last = rows[-1][0]
        _look(cancel)


def _queue(db: Database) -> Iterator[str]:
    count = db.execute(
        "SELECT count(*) FROM index_queue WHERE action = 'index' AND document_id NOT IN"
        " (SELECT id FROM documents WHERE removal_id IS NULL)"
    ).fetchone()[0]
    if count:
        yield f"{count} entries of the index queue belong to documents that are not there."


def _users(db: Database, column: str, value: int) -> str:
    """Name the documents that use a text or an original."""
    rows = db.execute(
        "SELECT f.path, d.name FROM documents d JOIN folders f ON f.id = d.folder_id"
        f" WHERE d.{column} = ? ORDER BY d.id LIMIT 3",
        [value],
    ).fetchall()
    if not rows:
        return "a document that is no longer listed"
    return ", ".join(os.fsencode(join_path(*row)).decode("utf-8", "replace") for row in rows)


def _look(cancel: CancelToken) -> None:
    if cancel.is_set():
        raise Cancelled
