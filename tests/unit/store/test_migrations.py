from __future__ import annotations

import sqlite3
import threading

import pytest
from sqlite_utils import Database

from incipit.store.checksums import changed_rows
from incipit.store.documents import WORDS
from incipit.store.migrations import APPLICATION_ID, applied_names, known_names, migrations


def test_all_steps_apply_once():
    with Database(memory=True) as db:
        assert applied_names(db) == frozenset()
        migrations.apply(db)
        schema = db.schema
        migrations.apply(db)

        assert applied_names(db) == known_names()
        assert db.schema == schema
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def test_lists_are_answered_from_indexes_alone():
    queries = [
        "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY name_order, name_key, id",
        "SELECT id FROM documents WHERE removal_id IS NULL AND instr(name_key, 'a') > 0",
        "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY token_count, id",
        "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY added_at, id",
        (
            "SELECT folder_id FROM documents WHERE removal_id IS NULL"
            " ORDER BY folder_id, name_order, name_key, id"
        ),
        f"SELECT id FROM documents WHERE removal_id IS NULL AND {WORDS} > 5",
        "SELECT source_id, count(*) FROM documents WHERE removal_id IS NULL GROUP BY source_id",
        "SELECT count(*) FROM index_queue WHERE action = 'delete'",
    ]
    with Database(memory=True) as db:
        migrations.apply(db)
        for query in queries:
            plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + query)]

            assert len(plan) == 1, plan
            assert "COVERING INDEX" in plan[0], plan


def test_tables_refuse_values_of_another_type():
    with Database(memory=True) as db:
        migrations.apply(db)
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value"):
            db.execute("INSERT INTO index_queue VALUES (1, 'index', 'late')")


def test_names_of_an_older_library_get_their_order(tmp_path):
    with Database(tmp_path / "old.db") as db:
        migrations.apply(db, stop_before="natural_order")
        db.table("sources").insert({"id": 1, "path": b"/", "kind": "folder", "added_at": "now"})
        db.table("folders").insert({"id": 1, "path": "/Été 10/".encode(), "key": "/été 10"})
        text = {"id": 1, "hash": b"", "char_count": 0, "content": ""}
        db.table("texts").insert(text)
        document = {"source_id": 1, "folder_id": 1, "text_id": 1, "file_hash": b""}
        document |= {"encoding": "utf-8", "encoding_chosen": 0, "size_bytes": 0, "mtime_ns": 0}
        document |= {"title": "", "title_kind": "name", "is_slab": 0, "token_count": 0}
        for name in ("10.txt", "9.txt", "Épée.txt"):
            added = {"name": name.encode(), "name_key": name.casefold(), "added_at": "now"}
            db.table("documents").insert(document | added)

        migrations.apply(db)

        rows = db.execute("SELECT name_key FROM documents ORDER BY name_order").fetchall()
        assert rows == [("9.txt",), ("10.txt",), ("epee.txt",)]
        folder = db.execute("SELECT key, order_key FROM folders").fetchone()
        assert folder == ("/ete 10", "/ete 210")
        assert list(changed_rows(db, threading.Event())) == []
        stored = db.execute("SELECT checksum FROM documents").fetchall()
        assert None not in {checksum for (checksum,) in stored}
