"""Files that are elsewhere than they were, and the documents that go with them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sqlite_utils import Database

from incipit.store import counters
from incipit.store.contents import order_key, search_key, signed, split_path, storable_ns
from incipit.store.places import folder_ids
from incipit.store.records import MovedFile


def move(db: Database, moved: Sequence[MovedFile]) -> None:
    """Give documents the places to which their files went; text, title and tags stay.

    Documents removed meanwhile stay where they were. One after the other: no other document
    may be at a place when it is its turn. What was said of failures there holds no longer.
    """
    counters.advance(db, listing=True)
    parts = [split_path(file.path) for file in moved]
    folders = folder_ids(db, [folder for folder, _ in parts])
    db.conn.executemany(
        "UPDATE documents SET source_id = ?, folder_id = ?, name = ?, name_key = ?, name_order = ?,"
        " mtime_ns = ?, device = ?, inode = ? WHERE id = ? AND removal_id IS NULL",
        (
            (
                file.source_id,
                folders[folder],
                name,
                search_key(os.fsdecode(name)),
                order_key(os.fsdecode(name)),
                storable_ns(file.mtime_ns),
                signed(file.device),
                signed(file.inode),
                file.document_id,
            )
            for file, (folder, name) in zip(moved, parts, strict=True)
        ),
    )
    db.conn.executemany(
        "DELETE FROM failures WHERE path = ?", [(os.fsencode(file.path),) for file in moved]
    )
