"""Putting right what a check found, from what is known to be right.

Texts and originals are taken from bytes that have their hash, so that nothing but what was
there can come back. What reads bytes is imported where it is used: a start need not wait for it.
"""

from __future__ import annotations

import zlib

from sqlite_utils import Database

from incipit.errors import UserError
from incipit.store import long_texts, one_bit
from incipit.store.checksums import COLUMN, ChangedRow, checksum, columns
from incipit.store.contents import as_file, file_hash, pack_original, text_hash, unpack_original


def mend_contents(db: Database, text: str, data: bytes) -> None:
    """Write a text and the bytes of its file over what should be equal to them, if anything."""
    row = db.execute("SELECT id FROM texts WHERE hash = ?", [text_hash(text)]).fetchone()
    if row is not None:
        db.execute(
            "UPDATE texts SET content = ?, char_count = ? WHERE id = ?",
            [long_texts.first_part(text), len(text), row[0]],
        )
        long_texts.delete_rest(db, row[0])
        long_texts.write_rest(db, row[0], text)
    db.execute(
        "UPDATE originals SET packed = ? WHERE file_hash = ?",
        [pack_original(data), file_hash(data)],
    )


def mend_row(db: Database, row: ChangedRow) -> bool:
    """Take back the one bit that has changed in a row; return whether that is what it was.

    Afterwards `renew_keys` is due, where indexes did not have the row as it was changed.
    """
    covered = columns(db, row.table)
    values = ", ".join(column.value() for column in covered)
    found = db.execute(
        f"SELECT {COLUMN}, {values} FROM {row.table} WHERE rowid = ?", [row.number]
    ).fetchone()
    if found is None:
        return False
    expected, *stored = found
    actual = checksum(*stored)
    if one_bit.is_one_bit_off(expected, actual):
        db.execute(f"UPDATE {row.table} SET {COLUMN} = ? WHERE rowid = ?", [actual, row.number])
        return True
    known = one_bit.before_change(stored, expected, checksum)
    if known is None:
        return False
    place, value = known
    column = covered[place]
    # In an index the row may stand as it was: for SQLite the file is then broken, and it changes
    # nothing there unless it is told that its structures are being put right.
    db.execute("PRAGMA writable_schema = ON")
    try:
        db.execute(
            f"UPDATE {row.table} SET {column.name} = {column.written('?')} WHERE rowid = ?",
            [value, row.number],
        )
    finally:
        db.execute("PRAGMA writable_schema = OFF")
    return True


def mend_facts(db: Database, document_id: int) -> None:
    """Find out again in which encoding the text of a document is its file, if that can be told.

    The hash of the file tells, or, where that has changed, its size in the encoding it had.
    """
    row = db.execute(
        "SELECT CAST(t.content AS BLOB), o.packed, CAST(d.encoding AS BLOB), d.size_bytes,"
        " d.file_hash, d.text_id FROM documents d JOIN texts t ON t.id = d.text_id"
        " LEFT JOIN originals o ON o.id = d.original_id WHERE d.id = ?",
        [document_id],
    ).fetchone()
    if row is None:
        return
    first, packed, stored, size_bytes, known_hash, text_id = row
    content = b"".join((first, *long_texts.rest_bytes(db, text_id)))
    encoding = stored.decode("utf-8", "replace")
    others = db.execute("SELECT DISTINCT CAST(encoding AS BLOB) FROM documents")
    candidates = [
        encoding,
        "ascii",
        "utf-8",
        *(one.decode("utf-8", "replace") for (one,) in others),
    ]
    candidates += _guessed(packed)
    for one in candidates:
        data = as_file(content, one) if packed is None else _as_read(packed, content, one)
        if data is not None and (
            packed is not None
            or file_hash(data) == known_hash
            or (one == encoding and len(data) == size_bytes)
        ):
            db.execute(
                "UPDATE documents SET encoding = ?, size_bytes = ?, file_hash = ? WHERE id = ?",
                [one, len(data), file_hash(data), document_id],
            )
            return


def _guessed(packed: bytes | None) -> list[str]:
    """Return the encoding in which an original would be read, if it can be."""
    from incipit.text.decoding import decode

    try:
        return [] if packed is None else [decode(unpack_original(packed)).encoding]
    except (zlib.error, UserError):
        return []


def _as_read(packed: bytes, content: bytes, encoding: str) -> bytes | None:
    """Return the bytes of an original, if they are this text in ``encoding``."""
    from incipit.text.decoding import decode

    try:
        data = unpack_original(packed)
        return data if decode(data, encoding=encoding).text.encode() == content else None
    except (zlib.error, UserError):
        return None


def renew_keys(db: Database) -> None:
    """Make SQLite's own indexes anew from their tables."""
    db.execute("REINDEX")
