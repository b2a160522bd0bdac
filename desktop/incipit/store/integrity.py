"""Reading the whole library to find damage, and naming what it found."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import zlib
from collections.abc import Iterator

from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import CancelToken, Damage, Repair
from incipit.store import index_queue
from incipit.store.contents import HASH_BYTES, file_hash, join_path, unpack_original

_ROWS = 200
_NAMED = 20
_USERS = 3
_STEPS_BETWEEN_LOOKS = 50_000
#: What SQLite says of an index that does not agree with its sound table.
_OF_INDEXES = re.compile("^(row .* missing from|wrong # of entries in|non-unique entry in) index")


def find_damage(db: Database, cancel: CancelToken) -> tuple[Damage, ...]:
    """Return each damage in the library; none means that it is sound.

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


def _damages(db: Database, cancel: CancelToken) -> Iterator[Damage]:
    structure = _structure(db)
    yield from structure
    if structure:
        # What stands in broken pages cannot be told from what is missing.
        return
    for table, _row, parent, _number in db.execute("PRAGMA foreign_key_check").fetchmany(_NAMED):
        yield Damage(f"A row of the table {table} belongs to a row of {parent} that is missing.")
    yield from _texts(db, cancel)
    yield from _originals(db, cancel)
    yield from _queue(db)


def _structure(db: Database) -> list[Damage]:
    try:
        rows = db.execute(f"PRAGMA integrity_check({_NAMED})").fetchall()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return [Damage(f"The library file is damaged: {error}.")]
    found = [row[0] for row in rows if row[0] != "ok"]
    # An index is made from its table; what is wrong with a table itself stays wrong.
    repair = Repair.KEYS if all(map(_OF_INDEXES.search, found)) else Repair.NOTHING
    return [Damage(f"The library file is damaged: {one}.", repair) for one in found]


def _texts(db: Database, cancel: CancelToken) -> Iterator[Damage]:
    statement = (
        "SELECT id, hash, char_count, CAST(content AS BLOB) FROM texts WHERE id > ?"
        " ORDER BY id LIMIT ?"
    )
    last = 0
    while rows := db.execute(statement, [last, _ROWS]).fetchall():
        for text_id, expected, char_count, content in rows:
            actual = hashlib.blake2b(content, digest_size=HASH_BYTES).digest()
            if actual != expected or len(content.decode("utf-8", "replace")) != char_count:
                yield _changed(db, "The text", "text_id", text_id)
        last = rows[-1][0]
        _look(cancel)


def _originals(db: Database, cancel: CancelToken) -> Iterator[Damage]:
    statement = "SELECT id, file_hash, packed FROM originals WHERE id > ? ORDER BY id LIMIT ?"
    last = 0
    while rows := db.execute(statement, [last, _ROWS]).fetchall():
        for original_id, expected, packed in rows:
            try:
                sound = file_hash(unpack_original(packed)) == expected
            except zlib.error:
                sound = False
            if not sound:
                yield _changed(db, "The kept original", "original_id", original_id)
        last = rows[-1][0]
        _look(cancel)


def _queue(db: Database) -> Iterator[Damage]:
    count = index_queue.count_stale(db)
    if count:
        yield Damage(
            f"{count} entries of the index queue belong to documents that are not there.",
            Repair.QUEUE,
        )


def _changed(db: Database, what: str, column: str, value: int) -> Damage:
    """Return the damage of a text or an original, with the documents that use it."""
    rows = db.execute(
        "SELECT d.id, f.path, d.name FROM documents d JOIN folders f ON f.id = d.folder_id"
        f" WHERE d.{column} = ? ORDER BY d.id LIMIT {_USERS}",
        [value],
    ).fetchall()
    users = ", ".join(
        os.fsencode(join_path(folder, name)).decode("utf-8", "replace") for _, folder, name in rows
    )
    return Damage(
        f"{what} of {users or 'a document that is no longer listed'} has changed on the disk.",
        Repair.CONTENTS,
        tuple(row[0] for row in rows),
    )


def _look(cancel: CancelToken) -> None:
    if cancel.is_set():
        raise Cancelled
