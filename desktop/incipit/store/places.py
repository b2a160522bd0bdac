"""Folders and sources as rows, and what is known of the files in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from sqlite_utils import Database

from incipit.models import Source, SourceKind
from incipit.store.contents import (
    folder_of,
    join_path,
    moment_of,
    order_key,
    search_key,
    split_path,
    timestamp,
    unsigned,
)
from incipit.store.records import KnownFile

_KNOWN = (
    "SELECT d.id, d.source_id, d.size_bytes, d.mtime_ns, d.file_hash, d.encoding,"
    " d.encoding_chosen, d.device, d.inode FROM documents d"
)
_CHUNK = 2_000


def add_source(db: Database, path: str, kind: SourceKind) -> Source:
    """Return the source of ``path``, made where there is none."""
    stored = os.fsencode(path)
    if not db.execute(
        "SELECT 1 FROM sources WHERE path = ? AND removal_id IS NULL", [stored]
    ).fetchone():
        db.table("sources").insert(
            {"path": stored, "kind": kind.value, "added_at": timestamp(datetime.now(UTC))}
        )
    elif kind is SourceKind.FOLDER:
        # Single files of it were given before; now it is given whole.
        db.execute(
            "UPDATE sources SET kind = ? WHERE path = ? AND removal_id IS NULL",
            [kind.value, stored],
        )
    return next(source for source in sources(db) if source.path == path)


def sources(db: Database) -> tuple[Source, ...]:
    """Return the sources that are not removed, in the order they were added."""
    counts = dict(
        db.execute(
            "SELECT source_id, count(*) FROM documents WHERE removal_id IS NULL GROUP BY source_id"
        ).fetchall()
    )
    rows = db.table("sources").rows_where("removal_id IS NULL", order_by="id")
    return tuple(
        Source(
            id=row["id"],
            path=os.fsdecode(row["path"]),
            kind=SourceKind(row["kind"]),
            added_at=moment_of(row["added_at"]),
            document_count=counts.get(row["id"], 0),
        )
        for row in rows
    )


def encodings(db: Database, source_id: int) -> dict[str, int]:
    """Return how many of a source's documents have each encoding, most frequent first."""
    rows = db.execute(
        "SELECT encoding, count(*) FROM documents WHERE source_id = ? AND removal_id IS NULL"
        " GROUP BY encoding ORDER BY count(*) DESC, encoding",
        [source_id],
    )
    return dict(rows.fetchall())


def folder_ids(db: Database, folders: Sequence[bytes]) -> dict[bytes, int]:
    """Return the id of each folder, made where there is none."""
    found: dict[bytes, int] = {}
    for folder in dict.fromkeys(folders):
        row = db.execute("SELECT id FROM folders WHERE path = ?", [folder]).fetchone()
        if row is None:
            shown = folder_of(folder)
            db.execute(
                "INSERT INTO folders (path, key, order_key) VALUES (?, ?, ?)",
                [folder, search_key(shown), order_key(shown)],
            )
            row = db.execute("SELECT last_insert_rowid()").fetchone()
        found[folder] = int(row[0])
    return found


def known_files(db: Database, paths: Iterable[str]) -> dict[str, KnownFile]:
    """Return what is known of those of ``paths`` that are documents of any source.

    Where several sources hold a file, its oldest document counts.
    """
    known: dict[str, KnownFile] = {}
    folders: dict[bytes, int | None] = {}
    statement = (
        f"{_KNOWN} WHERE d.folder_id = ? AND d.name = ? AND d.removal_id IS NULL"
        " ORDER BY d.id LIMIT 1"
    )
    for path in paths:
        folder, name = split_path(path)
        if folder not in folders:
            row = db.execute("SELECT id FROM folders WHERE path = ?", [folder]).fetchone()
            folders[folder] = None if row is None else int(row[0])
        if folders[folder] is None:
            continue
        row = db.execute(statement, [folders[folder], name]).fetchone()
        if row is not None:
            known[path] = _known(row)
    return known


def files_of(db: Database, source_id: int) -> Iterator[tuple[str, KnownFile]]:
    """Yield every file of a source, folder by folder, in bounded memory.

    Reads in pages, so that no transaction stays open while the caller works.
    """
    after = (-1, -1)
    statement = (
        f"{_KNOWN.replace(' FROM', ', d.folder_id, d.name, f.path FROM')}"
        " JOIN folders f ON f.id = d.folder_id WHERE d.source_id = ? AND d.removal_id IS NULL"
        " AND (d.folder_id, d.id) > (?, ?) ORDER BY d.folder_id, d.id LIMIT ?"
    )
    while rows := db.execute(statement, [source_id, *after, _CHUNK]).fetchall():
        for row in rows:
            yield join_path(row[-1], row[-2]), _known(row)
        after = rows[-1][-3], rows[-1][0]


def _known(row: Sequence[object]) -> KnownFile:
    document_id, source_id, size_bytes, mtime_ns, file_hash, encoding, chosen = row[:7]
    assert isinstance(document_id, int)
    assert isinstance(source_id, int)
    assert isinstance(size_bytes, int)
    assert isinstance(mtime_ns, int)
    assert isinstance(file_hash, bytes)
    assert isinstance(encoding, str)
    return KnownFile(
        device=unsigned(row[7]),
        inode=unsigned(row[8]),
        id=document_id,
        source_id=source_id,
        size_bytes=size_bytes,
        mtime_ns=mtime_ns,
        file_hash=file_hash,
        encoding=encoding,
        encoding_chosen=bool(chosen),
    )
