from __future__ import annotations

import sqlite3
import threading

import pytest

from incipit.errors import BugError, Cancelled, LibraryBusy, LibraryUnusable
from incipit.paths import LIBRARY_FILE
from incipit.store import connection
from incipit.store.connection import Connections
from incipit.store.opening import create_library


@pytest.fixture
def connections(folder):
    create_library(folder)
    opened = Connections(folder / LIBRARY_FILE, writable=True)
    yield opened
    opened.close()


def test_writes_are_durable_and_logged(connections):
    with connections.writing() as db:
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert db.execute("PRAGMA wal_autocheckpoint").fetchone()[0] == 0


def test_failing_block_leaves_nothing(connections):
    def fail():
        with connections.writing() as db:
            db.execute("DELETE FROM library")
            db.table("recent_searches").insert({"query": "a", "searched_at": "b"})
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()

    with connections.reading() as db:
        assert db.execute("SELECT count(*) FROM library").fetchone()[0] == 1
        assert db.table("recent_searches").count == 0


def test_readers_cannot_write(connections):
    with pytest.raises(LibraryUnusable) as caught, connections.reading() as db:
        db.execute("DELETE FROM library")

    assert caught.value.code == "read-only"


def test_each_thread_has_its_own_reader(connections):
    seen = []

    def look():
        with connections.reading() as db:
            seen.append(db)
        with connections.reading() as db:
            seen.append(db)

    look()
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert seen[0] is seen[1]
    assert seen[2] is seen[3]
    assert seen[0] is not seen[2]


def test_readers_of_ended_threads_are_closed(connections):
    seen = []

    def look():
        with connections.reading() as db:
            seen.append(db)

    for _ in range(2):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    with pytest.raises(sqlite3.ProgrammingError):
        seen[0].conn.execute("SELECT 1")


def test_reader_closed_by_its_thread_opens_again(connections):
    with connections.reading() as db:
        first = db
    connections.close_reader()

    with connections.reading() as db:
        assert db is not first
    with pytest.raises(sqlite3.ProgrammingError):
        first.conn.execute("SELECT 1")


def test_use_after_closing_is_a_bug(folder):
    create_library(folder)
    opened = Connections(folder / LIBRARY_FILE, writable=False)
    opened.close()

    with pytest.raises(BugError), opened.reading():
        pass


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_closing_breaks_off_what_other_threads_read(connections):
    begun, ended = threading.Event(), []

    def read():
        try:
            with connections.reading() as db:
                begun.set()
                db.execute(_ENDLESS).fetchall()
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(10)
    connections.close()
    thread.join(10)

    assert not thread.is_alive()
    assert len(ended) == 1


def test_closing_leaves_a_reader_open_that_is_still_in_use(connections, monkeypatch, caplog):
    monkeypatch.setattr(connection, "_BREAK_OFF_S", 0)
    begun, done, found = threading.Event(), threading.Event(), []

    def read():
        with connections.reading() as db:
            begun.set()
            done.wait(10)
            found.extend(db.execute("SELECT 1").fetchone())
        # Python 3.13 warns of one that is left to it.
        db.close()

    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(10)
    connections.close()
    done.set()
    thread.join(10)

    assert found == [1]
    assert "left open" in caplog.text


def test_snapshot_does_not_see_what_is_committed_meanwhile(connections):
    with connections.snapshot() as db:
        before = db.execute("SELECT count(*) FROM recent_searches").fetchone()
        with connections.writing() as writer:
            writer.table("recent_searches").insert({"query": "a", "searched_at": "b"})

        assert db.execute("SELECT count(*) FROM recent_searches").fetchone() == before
    with connections.reading() as db:
        assert db.execute("SELECT count(*) FROM recent_searches").fetchone() != before


def test_writers_of_two_threads_take_turns(connections):
    def write(number):
        for turn in range(20):
            with connections.writing() as db:
                row = {"query": f"{number} {turn}", "searched_at": ""}
                db.table("recent_searches").insert(row)

    threads = [threading.Thread(target=write, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with connections.reading() as db:
        assert db.table("recent_searches").count == 60


def test_second_process_that_writes_too_long_is_named_busy(connections, folder, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)
    other = Connections(folder / LIBRARY_FILE, writable=True)
    try:
        with connections.writing(), pytest.raises(LibraryBusy), other.writing():
            pass
    finally:
        other.close()


def test_reading_only_connections_refuse_to_write(folder):
    create_library(folder)
    opened = Connections(folder / LIBRARY_FILE, writable=False)
    try:
        with pytest.raises(LibraryUnusable) as caught, opened.writing():
            pass
    finally:
        opened.close()

    assert caught.value.code == "read-only"


def test_grown_log_is_folded_into_the_file(connections, folder, monkeypatch):
    monkeypatch.setattr(connection, "_CHECKPOINT_AT_BYTES", 100_000)
    log = folder / f"{LIBRARY_FILE}-wal"
    sizes = []
    for turn in range(40):
        with connections.writing() as db:
            row = {"query": f"{turn} " + "x" * 20_000, "searched_at": ""}
            db.table("recent_searches").insert(row)
        sizes.append(log.stat().st_size)

    assert 0 in sizes
    assert max(sizes) < 300_000


def test_reader_in_the_way_of_folding_is_seldom_waited_for(connections, folder, monkeypatch):
    monkeypatch.setattr(connection, "_CHECKPOINT_AT_BYTES", 100_000)
    monkeypatch.setattr(connection, "_CHECKPOINT_TIMEOUT_MS", 1)
    statements = []
    with (
        connections.snapshot() as held,
        connections._writer.tracer(lambda sql, _: statements.append(sql)),
    ):
        before = held.execute("SELECT count(*) FROM recent_searches").fetchone()
        for turn in range(40):
            with connections.writing() as db:
                row = {"query": f"{turn} " + "x" * 2_000, "searched_at": ""}
                db.table("recent_searches").insert(row)

        assert held.execute("SELECT count(*) FROM recent_searches").fetchone() == before
    attempts = sum("wal_checkpoint" in sql for sql in statements)
    size = (folder / f"{LIBRARY_FILE}-wal").stat().st_size
    assert 1 < attempts <= size // 100_000
    with connections.reading() as db:
        assert db.table("recent_searches").count == 40


def test_closing_leaves_one_file(folder, connections):
    connections.close()

    assert [path.name for path in folder.iterdir()] == [LIBRARY_FILE]
