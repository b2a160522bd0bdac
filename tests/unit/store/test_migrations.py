from __future__ import annotations

import sqlite3

import pytest
from sqlite_utils import Database

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
        "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY name_key, id",
        "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY token_count, id",
        "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY added_at, id",
        "SELECT folder_id FROM documents WHERE removal_id IS NULL ORDER BY folder_id, name_key, id",
        "SELECT id FROM documents WHERE removal_id IS NULL AND token_count > 5",
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
