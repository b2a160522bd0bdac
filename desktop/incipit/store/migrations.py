"""The schema of a library, as named steps that run atomically with their record.

A step is never changed after a release: a new one is added. The names known here decide
whether a library is older (upgraded after a backup) or newer (refused).
"""

from __future__ import annotations

import os

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from incipit.store import checksums
from incipit.store.contents import folder_of, order_key, search_key

#: Marks a SQLite file as a library ("Incp").
APPLICATION_ID = 0x496E6370

migrations = Migrations("incipit")


@migrations()
def library(db: Database) -> None:
    """Create the one row that says who this library is, with its counters."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.create_table(
        "library",
        {
            "id": int,
            "identity": str,
            "created_at": str,
            "revision": int,
            "listing_revision": int,
            "next_document_id": int,
        },
        pk="id",
        not_null={"identity", "created_at", "revision", "listing_revision", "next_document_id"},
        strict=True,
    )


@migrations()
def removals(db: Database) -> None:
    """Create the record of what the user removed and may take back."""
    db.create_table(
        "removals",
        {"id": int, "removed_at": str, "document_count": int, "source_id": int},
        pk="id",
        not_null={"removed_at", "document_count"},
        strict=True,
    )


@migrations()
def sources(db: Database) -> None:
    """Create the folders and files that the user gave."""
    db.create_table(
        "sources",
        {"id": int, "path": bytes, "kind": str, "added_at": str, "removal_id": int},
        pk="id",
        not_null={"path", "kind", "added_at"},
        foreign_keys=[("removal_id", "removals", "id")],
        strict=True,
    )
    db.execute("CREATE UNIQUE INDEX sources_by_path ON sources (path) WHERE removal_id IS NULL")
    db.execute("CREATE INDEX sources_removed ON sources (removal_id) WHERE removal_id IS NOT NULL")


@migrations()
def texts(db: Database) -> None:
    """Create every distinct text once, and the bytes of files that text cannot give back."""
    db.create_table(
        "texts",
        {"id": int, "hash": bytes, "char_count": int, "content": str},
        pk="id",
        not_null={"hash", "char_count", "content"},
        strict=True,
    )
    db.table("texts").create_index(["hash"], "texts_by_hash", unique=True)
    db.create_table(
        "originals",
        {"id": int, "file_hash": bytes, "packed": bytes},
        pk="id",
        not_null={"file_hash", "packed"},
        strict=True,
    )
    db.table("originals").create_index(["file_hash"], "originals_by_hash", unique=True)


@migrations()
def documents(db: Database) -> None:
    """Create the places: a document is a file of a source.

    Lists, orders and filters run on partial indexes that hold the living documents only, each
    covering its query.
    """
    db.create_table(
        "folders",
        {"id": int, "path": bytes, "key": str},
        pk="id",
        not_null={"path", "key"},
        strict=True,
    )
    db.table("folders").create_index(["path"], "folders_by_path", unique=True)
    db.table("folders").create_index(["key", "path"], "folders_by_key")
    db.create_table(
        "documents",
        {
            "id": int,
            "source_id": int,
            "folder_id": int,
            "name": bytes,
            "name_key": str,
            "text_id": int,
            "original_id": int,
            "file_hash": bytes,
            "encoding": str,
            "encoding_chosen": int,
            "size_bytes": int,
            "mtime_ns": int,
            "device": int,
            "inode": int,
            "title": str,
            "title_kind": str,
            "is_slab": int,
            "token_count": int,
            "added_at": str,
            "removal_id": int,
        },
        pk="id",
        not_null={
            *("source_id", "folder_id", "name", "name_key", "text_id", "file_hash", "encoding"),
            *("encoding_chosen", "size_bytes", "mtime_ns", "title", "title_kind", "is_slab"),
            *("token_count", "added_at"),
        },
        foreign_keys=[
            ("source_id", "sources", "id"),
            ("folder_id", "folders", "id"),
            ("text_id", "texts", "id"),
            ("original_id", "originals", "id"),
            ("removal_id", "removals", "id"),
        ],
        strict=True,
    )
    # Before SQLite 3.46 a partial index covers a query only if it holds the column of its own
    # condition, hence the last one.
    for statement in (
        "UNIQUE INDEX documents_by_place ON documents (folder_id, name, source_id) WHERE",
        "INDEX documents_by_source ON documents (source_id, folder_id, id, removal_id) WHERE",
        "INDEX documents_by_name ON documents (name_key, id, removal_id) WHERE",
        "INDEX documents_by_folder ON documents (folder_id, name_key, id, removal_id) WHERE",
        "INDEX documents_by_length ON documents (token_count, id, removal_id) WHERE",
        "INDEX documents_by_added ON documents (added_at, id, removal_id) WHERE",
    ):
        db.execute(f"CREATE {statement} removal_id IS NULL")
    for statement in (
        "INDEX documents_by_text ON documents (text_id, removal_id)",
        "INDEX documents_by_original ON documents (original_id) WHERE original_id IS NOT NULL",
        "INDEX documents_removed ON documents (removal_id) WHERE removal_id IS NOT NULL",
    ):
        db.execute("CREATE " + statement)


@migrations()
def index_queue(db: Database) -> None:
    """Create the work left for the index; a row outlives its deleted document."""
    db.create_table(
        "index_queue",
        {"document_id": int, "action": str, "revision": int},
        pk="document_id",
        not_null={"action", "revision"},
        strict=True,
    )
    # There are few deletions, and the queue may hold every document.
    db.execute(
        "CREATE INDEX index_queue_deletions ON index_queue (document_id, action)"
        " WHERE action = 'delete'"
    )


@migrations()
def failures(db: Database) -> None:
    """Create the latest failure of each file."""
    db.create_table(
        "failures",
        {"path": bytes, "code": str, "reason": str, "advice": str, "failed_at": str},
        pk="path",
        not_null={"code", "reason", "advice", "failed_at"},
        strict=True,
    )


@migrations()
def history(db: Database) -> None:
    """Create the record of where the user read and what was searched."""
    db.create_table(
        "reading_positions",
        {"document_id": int, "position_cp": int, "read_at": str},
        pk="document_id",
        not_null={"position_cp", "read_at"},
        foreign_keys=[("document_id", "documents", "id")],
        strict=True,
    )
    db.create_table(
        "recent_searches",
        {"query": str, "searched_at": str},
        pk="query",
        not_null={"searched_at"},
        strict=True,
    )
    db.create_table(
        "saved_searches",
        {"id": int, "name": str, "query": str, "saved_at": str},
        pk="id",
        not_null={"name", "query", "saved_at"},
        strict=True,
    )
    db.table("saved_searches").create_index(["name"], "saved_searches_by_name", unique=True)


@migrations()
def tags(db: Database) -> None:
    """Create the words that the user puts on documents."""
    db.create_table(
        "tags", {"id": int, "name": str, "key": str}, pk="id", not_null={"name", "key"}, strict=True
    )
    db.table("tags").create_index(["key"], "tags_by_key", unique=True)
    db.create_table(
        "document_tags",
        {"tag_id": int, "document_id": int},
        pk=("tag_id", "document_id"),
        foreign_keys=[("tag_id", "tags", "id"), ("document_id", "documents", "id")],
        strict=True,
    )
    db.table("document_tags").create_index(["document_id"], "document_tags_by_document")


@migrations()
def unfinished_imports(db: Database) -> None:
    """Create the imports that were begun and not ended."""
    db.create_table(
        "unfinished_imports",
        {"id": int, "paths": bytes, "other_files": int, "limit_bytes": int, "begun_at": str},
        pk="id",
        not_null={"paths", "other_files", "limit_bytes", "begun_at"},
        strict=True,
    )


@migrations()
def natural_order(db: Database) -> None:
    """Sort names as people do, find them without accents, and count words between torn ends."""
    db.execute("ALTER TABLE documents ADD COLUMN name_order TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE folders ADD COLUMN order_key TEXT NOT NULL DEFAULT ''")
    for index in ("documents_by_name", "documents_by_folder", "documents_by_length"):
        db.execute(f"DROP INDEX {index}")
    db.execute("DROP INDEX folders_by_key")
    for name, form in (("search_key", search_key), ("order_key", order_key)):
        db.conn.create_function(name, 1, lambda stored, form=form: form(os.fsdecode(stored)))
    db.execute("UPDATE documents SET name_key = search_key(name), name_order = order_key(name)")
    for row in db.execute("SELECT id, path FROM folders").fetchall():
        shown = folder_of(row[1])
        db.execute(
            "UPDATE folders SET key = ?, order_key = ? WHERE id = ?",
            [search_key(shown), order_key(shown), row[0]],
        )
    db.table("folders").create_index(["order_key", "path"], "folders_by_key")
    for statement in (
        "INDEX documents_by_name ON documents (name_order, name_key, id, removal_id)",
        "INDEX documents_by_folder ON documents (folder_id, name_order, name_key, id, removal_id)",
        "INDEX documents_by_length ON documents (token_count, id, is_slab, removal_id)",
    ):
        db.execute(f"CREATE {statement} WHERE removal_id IS NULL")


@migrations()
def row_checksums(db: Database) -> None:
    """Give every row whose values stand nowhere else a checksum.

    A later step that changes the columns of these tables has to write them anew.
    """
    checksums.add(
        db,
        [
            *("library", "removals", "sources", "folders", "documents", "failures"),
            *("reading_positions", "recent_searches", "saved_searches", "tags", "document_tags"),
            "unfinished_imports",
        ],
    )


@migrations()
def text_parts(db: Database) -> None:
    """Keep long texts in parts, of which the first stands with the text itself."""
    db.execute(
        "CREATE TABLE text_parts ("
        " text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE,"
        " number INTEGER NOT NULL, content TEXT NOT NULL,"
        " PRIMARY KEY (text_id, number)) STRICT"
    )


def known_names() -> frozenset[str]:
    """Return the names of all steps that this version knows."""
    with Database(memory=True) as empty:
        return frozenset(step.name for step in migrations.pending(empty))


def applied_names(db: Database) -> frozenset[str]:
    """Return the names of the steps that a library has been through."""
    return frozenset(step.name for step in migrations.applied(db))
