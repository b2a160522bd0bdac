from __future__ import annotations

import threading

import pytest
from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.store.reading_rows import rows


@pytest.fixture
def numbers():
    with Database(memory=True) as db:
        db.execute("CREATE TABLE numbers (name TEXT)")
        found = [-(1 << 62), -1, 0, *range(5, 900, 2), 1 << 62]
        db.conn.executemany(
            "INSERT INTO numbers (rowid, name) VALUES (?, ?)", [(one, f"n{one}") for one in found]
        )
        yield db, found


def test_every_row_comes_once_in_order(numbers):
    db, found = numbers
    read = list(rows(db, "SELECT rowid, name FROM numbers", threading.Event()))
    assert read == [(one, f"n{one}") for one in found]


def test_rows_can_be_changed_between(numbers):
    db, _ = numbers
    for number, _ in rows(db, "SELECT rowid, name FROM numbers", threading.Event()):
        db.execute("DELETE FROM numbers WHERE rowid = ?", [number])
    assert db.execute("SELECT count(*) FROM numbers").fetchone()[0] == 0


def test_reading_ends_when_it_is_cancelled(numbers):
    db, found = numbers
    cancel = threading.Event()
    reading = rows(db, "SELECT rowid, name FROM numbers", cancel)
    read = [next(reading)]
    cancel.set()
    with pytest.raises(Cancelled):
        read.extend(reading)
    assert 0 < len(read) < len(found)
