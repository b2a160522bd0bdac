from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from incipit.errors import LibraryUnusable
from incipit.paths import LIBRARY_FILE
from incipit.store import migrations as schema
from incipit.store import opening
from incipit.store.library_store import Store
from incipit.store.opening import create_library

from .conftest import Corpus


def code_of(folder, *, writable=True):
    with pytest.raises(LibraryUnusable) as caught:
        Store.open(folder, writable=writable)
    assert caught.value.message
    return caught.value.code


def damages_of(folder):
    """Return what opening or checking a library complains of."""
    try:
        with Store.open(folder, writable=True) as store:
            return store.find_damage(threading.Event())
    except LibraryUnusable as error:
        return [error.message] if error.code == "damaged" else []


def test_creating_twice_keeps_the_first(folder):
    with Store.create(folder) as first:
        document_id = Corpus(first).add("a.txt", "kept")
    with Store.create(folder) as second:
        assert second.text(document_id) == "kept"


def test_creating_leaves_nothing_beside_the_library(folder):
    create_library(folder)

    assert [path.name for path in folder.iterdir()] == [LIBRARY_FILE]


def test_library_of_another_process_is_not_overwritten(folder, tmp_path):
    """Two processes may both find nothing and build; the first to finish wins."""
    create_library(folder)
    create_library(tmp_path / "late")
    before = (folder / LIBRARY_FILE).read_bytes()

    opening._move_into_place(tmp_path / "late" / LIBRARY_FILE, folder / LIBRARY_FILE)

    assert (folder / LIBRARY_FILE).read_bytes() == before


def test_missing_library_is_not_made(folder):
    assert code_of(folder) == "missing"
    assert not folder.exists()


def test_folder_in_the_place_of_the_library_is_named(folder):
    (folder / LIBRARY_FILE).mkdir(parents=True)

    assert code_of(folder) == "unreadable"


def test_library_cannot_be_made_inside_a_file(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(LibraryUnusable) as caught:
        create_library(tmp_path / "file" / "library")

    assert caught.value.code == "read-only"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "damaged"),
        (b"just some text, longer than a header would be" * 5, "not-a-library"),
        (b"SQLite format 3\0", "damaged"),
    ],
)
def test_other_files_are_told_apart(folder, content, code):
    folder.mkdir()
    (folder / LIBRARY_FILE).write_bytes(content)

    assert code_of(folder) == code
    assert (folder / LIBRARY_FILE).read_bytes() == content


def test_database_of_another_program_is_left_alone(folder):
    folder.mkdir()
    with Database(folder / LIBRARY_FILE) as db:
        db.table("songs").insert({"id": 1})

    assert code_of(folder) == "not-a-library"
    with Database(folder / LIBRARY_FILE) as db:
        assert db.table_names() == ["songs"]


@pytest.mark.parametrize("lost_bytes", [4096, 5000, 100_000])
@pytest.mark.parametrize("writable", [True, False])
def test_cut_off_library_is_damaged(folder, lost_bytes, writable):
    with Store.create(folder) as store:
        Corpus(store).add("a.txt", "a long text " * 20_000)
    file = folder / LIBRARY_FILE
    file.write_bytes(file.read_bytes()[:-lost_bytes])

    assert code_of(folder, writable=writable) == "damaged"


@pytest.mark.parametrize("page", range(1, 12))
def test_broken_pages_are_damage_and_not_a_crash(folder, page):
    with Store.create(folder) as store:
        Corpus(store).add_all("a.txt", "b.txt")
    file = folder / LIBRARY_FILE
    content = bytearray(file.read_bytes())
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    file.write_bytes(content)

    assert damages_of(folder)


def test_library_without_its_tables_is_damaged(folder):
    create_library(folder)
    with Database(folder / LIBRARY_FILE) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.table("documents").drop()

    assert code_of(folder) == "damaged"


def test_library_without_its_row_is_damaged(folder):
    create_library(folder)
    with Database(folder / LIBRARY_FILE) as db:
        db.execute("DELETE FROM library")

    assert code_of(folder) == "damaged"


def test_newer_schema_is_refused_and_left_alone(folder):
    create_library(folder)
    with Database(folder / LIBRARY_FILE) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "incipit", "name": "from_the_future", "applied_at": "2040"}
        )
    before = (folder / LIBRARY_FILE).read_bytes()

    assert code_of(folder) == "newer"
    assert code_of(folder, writable=False) == "newer"
    assert (folder / LIBRARY_FILE).read_bytes() == before


@pytest.fixture
def next_version(monkeypatch):
    """Make this version one step newer than the libraries it made before."""

    def install():
        steps = schema.Migrations("incipit")
        steps._migrations = [*schema.migrations._migrations]

        @steps()
        def moods(db):
            db.create_table("moods", {"id": int, "mood": str}, pk="id")

        for module in (schema, opening):
            monkeypatch.setattr(module, "migrations", steps)
        return steps

    return install


def test_older_schema_is_upgraded_after_a_backup(folder, next_version):
    with Store.create(folder) as store:
        document_id = Corpus(store).add("a.txt", "kept")
        identity = store.identity
    next_version()

    assert code_of(folder, writable=False) == "older"
    with Store.open(folder, writable=True) as store:
        assert store.text(document_id) == "kept"
        assert store.identity == identity
    with Database(folder / LIBRARY_FILE) as db:
        assert db.table("moods").exists()
    (kept,) = (folder / "backups").iterdir()
    assert kept.name.endswith("before-upgrade.db")
    with Database(kept) as db:
        assert not db.table("moods").exists()
        assert db.execute("SELECT content FROM texts").fetchone()[0] == "kept"


def test_failing_upgrade_changes_nothing(folder, next_version):
    with Store.create(folder) as store:
        Corpus(store).add("a.txt", "kept")
    steps = next_version()

    @steps()
    def broken(db):
        db.execute("CREATE TABLE half (id INTEGER)")
        raise sqlite3.OperationalError("a broken step")

    with pytest.raises(Exception, match="a broken step"):
        Store.open(folder, writable=True)

    with Database(folder / LIBRARY_FILE) as db:
        assert not db.table("moods").exists()
        assert not db.table("half").exists()
        assert len(schema.applied_names(db)) == len(schema.known_names()) - 2


def test_crash_in_the_middle_of_work_is_recovered(folder):
    with Store.create(folder) as store:
        corpus = Corpus(store)
    code = f"""
import os, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from incipit.store.library_store import Store
from tests.unit.store.conftest import record
store = Store.open(Path({str(folder)!r}), writable=True)
store.write_batch([record(1, {corpus.source.id}, {corpus.path("a.txt")!r}, "acknowledged")])
with store._connections.writing() as db:
    db.execute("DELETE FROM documents")
    os._exit(9)
"""
    top = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=top).returncode == 9

    with Store.open(folder, writable=True) as store:
        assert store.text(1) == "acknowledged"
        assert store.find_damage(threading.Event()) == ()


@pytest.fixture
def read_only(folder):
    """Make the folder of the library unwritable; skip where that does not bind us."""

    def bind():
        for path in folder.iterdir():
            path.chmod(0o400)
        folder.chmod(0o500)
        if os.access(folder, os.W_OK):
            pytest.skip("permissions do not bind this user")

    yield bind
    folder.chmod(0o700)


def test_read_only_library_opens_for_reading(folder, read_only):
    with Store.create(folder) as store:
        document_id = Corpus(store).add("a.txt", "kept")
    read_only()

    assert code_of(folder) == "read-only"
    with Store.open(folder, writable=False) as store:
        assert store.text(document_id) == "kept"
    assert [path.name for path in folder.iterdir()] == [LIBRARY_FILE]


def test_immutable_library_leaves_no_trace(folder, monkeypatch):
    """As on a read-only medium, whoever runs this."""
    with Store.create(folder) as store:
        document_id = Corpus(store).add("a.txt", "kept")
    monkeypatch.setattr(os, "access", lambda *_: False)

    with Store.open(folder, writable=False) as store:
        assert store.text(document_id) == "kept"
        assert [path.name for path in folder.iterdir()] == [LIBRARY_FILE]
    assert code_of(folder) == "read-only"


def test_read_only_copy_of_a_library_in_use_is_refused(folder, tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    with Store.create(folder) as store:
        Corpus(store).add("a.txt", "in the log")
        copy.mkdir()
        for name in (LIBRARY_FILE, LIBRARY_FILE + "-wal"):
            shutil.copy(folder / name, copy / name)
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert code_of(copy, writable=False) == "unfinished"


OPEN_AND_CLOSE = """
import sys
from pathlib import Path
from incipit.store.library_store import Store
with Store.open(Path(sys.argv[1]), writable=True) as store:
    store.remember_search("from another process")
"""


def test_library_opened_twice_keeps_its_locks_when_another_process_leaves(folder):
    """Closing any descriptor of a file takes all locks that the process holds on it."""
    with Store.create(folder) as store, Store.open(folder, writable=True) as twin:
        ids = Corpus(store).add_all("a.txt", "b.txt")
        with Store.open(folder, writable=False):
            pass
        subprocess.run([sys.executable, "-c", OPEN_AND_CLOSE, folder], check=True, env=_path())
        assert (folder / f"{LIBRARY_FILE}-wal").exists()
        assert store.recent_searches() == twin.recent_searches() == ("from another process",)
        twin.remove(ids[:1])
        subprocess.run([sys.executable, "-c", OPEN_AND_CLOSE, folder], check=True, env=_path())
        assert store.document_count() == 1
    with Store.open(folder, writable=True) as store:
        assert store.document_count() == 1
        assert store.find_damage(threading.Event()) == ()


def _path():
    return os.environ | {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
