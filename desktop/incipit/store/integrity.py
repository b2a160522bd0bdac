"""Reading the whole library to find damage, and naming what it found."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import CancelToken, Damage, Repair, TitleKind
from incipit.store import index_queue, long_texts
from incipit.store.checksums import ChangedRow, changed_rows
from incipit.store.contents import (
    HASH_BYTES,
    as_file,
    file_hash,
    join_path,
    unpack_original,
)
from incipit.store.reading_rows import rows
from incipit.text.encodings import canonical

_NAMED = 20
_USERS = 3
_STEPS_BETWEEN_LOOKS = 50_000
#: What SQLite says of an index that does not agree with its sound table.
_OF_INDEXES = re.compile("^(row .* missing from|wrong # of entries in|non-unique entry in) index")


def find_damage(db: Database, cancel: CancelToken) -> tuple[Damage, ...]:
    """Return each damage in the library; none means that it is sound.

    Checks SQLite's own structures, references between tables, every text against its hash and
    length, every kept original against the hash of its file, what is known of each file against
    its bytes, whether titles can be read, and every other row against its checksum.

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
    if any(one.repair is Repair.NOTHING for one in structure):
        # What stands in broken pages cannot be told from what is missing.
        return
    for table, _row, parent, _number in db.execute("PRAGMA foreign_key_check").fetchmany(_NAMED):
        yield Damage(f"A row of the table {table} belongs to a row of {parent} that is missing.")
    in_words = [*_texts(db, cancel), *_originals(db, cancel), *_titles(db, cancel)]
    yield from in_words
    yield from _rows_of_tables(db, cancel, in_words)
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
    texts = "SELECT id, hash, char_count, CAST(content AS BLOB) FROM texts"
    for text_id, expected, char_count, first in rows(db, texts, cancel):
        content = b"".join((first, *long_texts.rest_bytes(db, text_id)))
        actual = hashlib.blake2b(content, digest_size=HASH_BYTES).digest()
        if actual != expected or len(content.decode("utf-8", "replace")) != char_count:
            yield _changed(db, "The text", "text_id", text_id)
        else:
            yield from _facts(db, text_id, content, actual)


def _originals(db: Database, cancel: CancelToken) -> Iterator[Damage]:
    originals = "SELECT id, file_hash, packed FROM originals"
    for original_id, expected, packed in rows(db, originals, cancel):
        try:
            data = unpack_original(packed)
        except zlib.error:
            data = b""
        if file_hash(data) != expected:
            yield _changed(db, "The kept original", "original_id", original_id)
        else:
            yield from _facts_of_original(db, original_id, data)


def _facts(db: Database, text_id: int, content: bytes, content_hash: bytes) -> Iterator[Damage]:
    """Yield the documents that are other files than their text and encoding make."""
    rows = db.execute(
        "SELECT id, CAST(encoding AS BLOB), size_bytes, file_hash FROM documents"
        " WHERE text_id = ? AND original_id IS NULL",
        [text_id],
    ).fetchall()
    for document_id, encoding, size_bytes, expected in rows:
        data = as_file(content, encoding.decode("utf-8", "replace"))
        if (
            data is None
            or len(data) != size_bytes
            or (content_hash if data is content else file_hash(data)) != expected
        ):
            yield _misstated(db, document_id)


def _facts_of_original(db: Database, original_id: int, data: bytes) -> Iterator[Damage]:
    rows = db.execute(
        "SELECT id, CAST(encoding AS BLOB), size_bytes, file_hash FROM documents"
        " WHERE original_id = ?",
        [original_id],
    ).fetchall()
    for document_id, encoding, *facts in rows:
        known = canonical(encoding.decode("utf-8", "replace"))
        if known is None or facts != [len(data), file_hash(data)]:
            yield _misstated(db, document_id)


def _misstated(db: Database, document_id: int) -> Damage:
    return replace(
        _changed(db, "What is known of the file", "id", document_id), repair=Repair.FACTS
    )


def _titles(db: Database, cancel: CancelToken) -> Iterator[Damage]:
    titles = "SELECT id, CAST(title AS BLOB), CAST(title_kind AS BLOB) FROM documents"
    for document_id, title, kind in rows(db, titles, cancel):
        try:
            title.decode()
            TitleKind(kind.decode())
        except ValueError:
            named = _changed(db, "The title", "id", document_id)
            yield replace(named, repair=Repair.TITLES)


def _rows_of_tables(
    db: Database, cancel: CancelToken, in_words: Sequence[Damage]
) -> Iterator[Damage]:
    """Yield the rows that are not what their checksums say, except what is named already."""
    named = {
        number
        for damage in in_words
        if damage.repair in (Repair.FACTS, Repair.TITLES)
        for number in damage.document_ids
    }
    for row in changed_rows(db, cancel):
        if row.table != "documents" or row.number not in named:
            yield _changed_row(db, row)


def _changed_row(db: Database, row: ChangedRow) -> Damage:
    match row.table:
        case "documents":
            damage = _changed(db, "The entry", "id", row.number)
            return replace(damage, repair=Repair.ROWS, document_ids=(row.number,))
        case "folders":
            damage = _changed(db, "The name of the folder", "folder_id", row.number)
            return replace(damage, repair=Repair.ROWS)
    said = f"Row {row.number} of the table {row.table} has changed on the disk."
    return Damage(said, Repair.ROWS)


def _queue(db: Database) -> Iterator[Damage]:
    count = index_queue.count_stale(db)
    if count:
        yield Damage(
            f"{count} entries of the index queue are damaged, or of documents that are not there.",
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
