"""Texts of more than one part: the first stands with the text, the others in rows of their own.

So no statement binds or returns more than a part, however long a text is, and its beginning can
be read without the rest. Texts of older libraries may be longer, and whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import CancelToken
from incipit.store.spools import PART_CP, SpooledOriginal, SpooledText

Part = TypeVar("Part")


def char_count(text: str | SpooledText) -> int:
    """Return the length of a text in code points."""
    return text.char_count if isinstance(text, SpooledText) else len(text)


def first_part(text: str | SpooledText) -> str:
    """Return what stands with the text itself."""
    if isinstance(text, SpooledText):
        return next(text.parts(PART_CP), "")
    return text if len(text) <= PART_CP else text[:PART_CP]


def write_rest(
    db: Database, text_id: int, text: str | SpooledText, cancel: CancelToken | None = None
) -> None:
    """Write the other parts of a text, which has none yet. Raises: Cancelled."""
    if char_count(text) <= PART_CP:
        return
    parts = enumerate(_parts(text))
    next(parts)
    db.conn.executemany(
        "INSERT INTO text_parts (text_id, number, content) VALUES (?, ?, ?)",
        ((text_id, number, part) for number, part in _until_cancelled(parts, cancel)),
    )


def delete_rest(db: Database, text_id: int) -> None:
    """Delete all parts of a text but the first."""
    db.execute("DELETE FROM text_parts WHERE text_id = ?", [text_id])


def rest(db: Database, text_id: int) -> Iterator[str]:
    """Yield the other parts of a text, each by a statement of its own."""
    return _rest(db, text_id, "content")


def rest_bytes(db: Database, text_id: int) -> Iterator[bytes]:
    """Yield the other parts of a text as they stand on the disk."""
    return _rest(db, text_id, "CAST(content AS BLOB)")


def whole(db: Database, text_id: int, first: str, length_cp: int) -> str:
    """Return the text that begins with ``first`` and has so many code points."""
    if len(first) == length_cp:
        return first
    return "".join((first, *rest(db, text_id)))


def write_packed(
    db: Database,
    file_hash: bytes,
    original: bytes | SpooledOriginal,
    cancel: CancelToken | None = None,
) -> None:
    """Store the packed bytes of a file, if they are not there. Raises: Cancelled."""
    if isinstance(original, bytes):
        db.execute(
            "INSERT OR IGNORE INTO originals (file_hash, packed) VALUES (?, ?)",
            [file_hash, original],
        )
        return
    cursor = db.execute(
        "INSERT OR IGNORE INTO originals (file_hash, packed) VALUES (?, zeroblob(?))",
        [file_hash, original.size_bytes],
    )
    if cursor.rowcount and cursor.lastrowid is not None:
        with db.conn.blobopen("originals", "packed", cursor.lastrowid) as blob:
            for chunk in _until_cancelled(original.chunks(), cancel):
                blob.write(chunk)


def _rest(db: Database, text_id: int, column: str) -> Iterator[Any]:
    number = 0
    while row := db.execute(
        f"SELECT number, {column} FROM text_parts WHERE text_id = ? AND number > ?"
        " ORDER BY number LIMIT 1",
        [text_id, number],
    ).fetchone():
        number = row[0]
        yield row[1]


def _parts(text: str | SpooledText) -> Iterable[str]:
    if isinstance(text, SpooledText):
        return text.parts(PART_CP)
    return (text[start : start + PART_CP] for start in range(0, len(text), PART_CP))


def _until_cancelled(parts: Iterable[Part], cancel: CancelToken | None) -> Iterator[Part]:
    for part in parts:
        if cancel is not None and cancel.is_set():
            raise Cancelled
        yield part
