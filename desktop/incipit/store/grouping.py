"""Which documents belong together: by source, by folder; and which were cut from longer texts.

Arrays over all living documents, by document id; the orders keep them until a listing changes.
"""

from __future__ import annotations

import os

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from incipit.store.contents import folder_of

Ids = NDArray[np.int64]

#: The columns that documents can be grouped by, each the id of a row elsewhere.
SOURCE, FOLDER = "source_id", "folder_id"


def slab_ids(db: Database) -> Ids:
    """Return the ids of the slabs, ascending."""
    rows = db.execute("SELECT id FROM documents WHERE is_slab AND removal_id IS NULL ORDER BY id")
    return np.fromiter((row[0] for row in rows), np.int64)


def groups(db: Database, column: str) -> Ids:
    """Return the group of each document by its id, -1 where there is no document."""
    rows = db.execute(f"SELECT id, {column} FROM documents WHERE removal_id IS NULL")
    pairs = np.fromiter((value for row in rows for value in row), np.int64).reshape(-1, 2)
    found = np.full(int(pairs[:, 0].max(initial=-1)) + 1, -1, np.int64)
    found[pairs[:, 0]] = pairs[:, 1]
    return found


def source_names(db: Database) -> dict[int, str]:
    """Return the path of every source by its id."""
    rows = db.execute("SELECT id, path FROM sources")
    return {number: os.fsdecode(path) for number, path in rows}


def folder_names(db: Database) -> dict[int, str]:
    """Return the path of every folder by its id."""
    return {number: folder_of(path) for number, path in db.execute("SELECT id, path FROM folders")}
