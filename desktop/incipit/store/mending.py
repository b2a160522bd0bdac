"""Putting right what a check found, from what is known to be right.

Texts and originals are taken from bytes that have their hash, so that nothing but what was
there can come back.
"""

from __future__ import annotations

from sqlite_utils import Database

from incipit.store.contents import file_hash, pack_original, text_hash


def mend_contents(db: Database, text: str, data: bytes) -> None:
    """Write a text and the bytes of its file over what should be equal to them, if anything."""
    db.execute(
        "UPDATE texts SET content = ?, char_count = ? WHERE hash = ?",
        [text, len(text), text_hash(text)],
    )
    db.execute(
        "UPDATE originals SET packed = ? WHERE file_hash = ?",
        [pack_original(data), file_hash(data)],
    )


def renew_keys(db: Database) -> None:
    """Make SQLite's own indexes anew from their tables."""
    db.execute("REINDEX")
