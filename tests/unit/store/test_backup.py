from __future__ import annotations

import os
import threading

import pytest
from mounting import small_disk
from sqlite_utils import Database

from incipit.errors import Cancelled, LibraryBusy, LibraryUnusable, UserError
from incipit.models import SortKey
from incipit.paths import LIBRARY_FILE
from incipit.store.backup import back_up_automatically, restore, verify_backup
from incipit.store.connection import Connections
from incipit.store.library_store import Store
from incipit.store.opening import create_library

from .conftest import Corpus


@pytest.fixture
def filled(store, corpus):
    ids = corpus.add_all("a", "b", "c")
    store.change_tags(ids[:1], ["tag"], [])
    store.save_search("name", "query")
    store.remember_position(ids[1], 12)
    store.remove(ids[2:])
    return store


def contents(store):
    ids = store.ids_in_order(SortKey.NAME)
    return (
        store.documents(ids),
        dict(store.texts(ids)),
        store.tag_counts(),
        store.saved_searches(),
        [store.reading_position(int(one)) for one in ids],
        store.undoable(),
        store.sources(),
    )


def test_restored_library_has_the_same_contents(filled, tmp_path):
    backup = tmp_path / "backups" / "mine.db"
    filled.back_up(backup)
    expected = contents(filled)

    restore(backup, tmp_path / "elsewhere")

    with Store.open(tmp_path / "elsewhere", writable=True) as again:
        assert contents(again) == expected
        assert again.identity != filled.identity
        assert again.find_damage(threading.Event()) == ()
        assert again.reserve_ids(1)[0] == filled.reserve_ids(1)[0]
    assert [path.name for path in backup.parent.iterdir()] == ["mine.db"]


def test_import_that_was_under_way_does_not_change_what_is_restored(filled, tmp_path):
    filled.begin_import(("/a",), other_files=False, limit_bytes=1)
    filled.back_up(tmp_path / "mine.db")

    restore(tmp_path / "mine.db", tmp_path / "elsewhere")

    with Store.open(tmp_path / "elsewhere", writable=True) as again:
        assert again.unfinished_imports() == ()
    assert len(filled.unfinished_imports()) == 1


def test_backup_of_an_older_schema_is_restored(filled, tmp_path):
    filled.back_up(tmp_path / "mine.db")
    with Database(tmp_path / "mine.db") as db:
        db.table("unfinished_imports").drop()
        db.table("_sqlite_migrations").delete_where("name = 'unfinished_imports'")

    restore(tmp_path / "mine.db", tmp_path / "elsewhere")

    with Store.open(tmp_path / "elsewhere", writable=True) as again:
        assert contents(again) == contents(filled)


def test_backup_of_a_newer_schema_is_refused_and_harms_nothing(filled, folder, tmp_path):
    filled.back_up(tmp_path / "mine.db")
    filled.close()
    with Database(tmp_path / "mine.db") as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "incipit", "name": "from_the_future", "applied_at": "2040"}
        )
    before = (folder / LIBRARY_FILE).read_bytes()

    with pytest.raises(LibraryUnusable) as caught:
        restore(tmp_path / "mine.db", folder)

    assert caught.value.code == "newer"
    assert (folder / LIBRARY_FILE).read_bytes() == before


def test_backup_is_one_file_that_opens_anywhere(filled, tmp_path):
    filled.back_up(tmp_path / "mine.db")

    with Database(tmp_path / "mine.db") as db:
        assert db.journal_mode == "delete"


def test_backup_is_one_moment_while_others_write(store, corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("incipit.store.backup._PAGES_A_STEP", 1)
    corpus.add_all(*(f"{number}" for number in range(50)))
    written = []

    class Meanwhile:
        def is_set(self):
            if len(written) < 20:
                written.append(corpus.add(f"late {len(written)}"))
            return False

    store.back_up(tmp_path / "mine.db", Meanwhile())

    assert len(written) == 20
    with Database(tmp_path / "mine.db") as db:
        assert db.table("documents").count == 50


def test_backup_never_overwrites(filled, tmp_path):
    target = tmp_path / "mine.db"
    target.write_text("precious")

    with pytest.raises(UserError) as caught:
        filled.back_up(target)

    assert caught.value.code == "exists"
    assert target.read_text() == "precious"


def test_backup_into_an_impossible_place_is_said(filled, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UserError) as caught:
        filled.back_up(tmp_path / "file" / "mine.db")

    assert caught.value.code == "backup"


def test_cancelled_backup_leaves_nothing(filled, tmp_path):
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        filled.back_up(tmp_path / "out" / "mine.db", cancel)

    assert list((tmp_path / "out").iterdir()) == []


def test_copy_of_damage_is_no_backup(folder, tmp_path):
    with Store.create(folder) as store:
        Corpus(store).add_all(*(f"{number}" for number in range(300)))
    file = folder / LIBRARY_FILE
    content = bytearray(file.read_bytes())
    content[-8192:] = b"\xa5" * 8192
    file.write_bytes(content)

    with Store.open(folder, writable=False) as store, pytest.raises(LibraryUnusable) as caught:
        store.back_up(tmp_path / "out" / "mine.db")

    assert caught.value.code == "damaged"
    assert list((tmp_path / "out").iterdir()) == []


def test_damaged_backup_is_refused_and_harms_nothing(filled, folder, tmp_path):
    backup = tmp_path / "mine.db"
    filled.back_up(backup)
    content = bytearray(backup.read_bytes())
    content[4096 * 6 : 4096 * 8] = b"\xa5" * 8192
    backup.write_bytes(content)
    expected = contents(filled)
    filled.close()

    with pytest.raises(LibraryUnusable) as caught:
        restore(backup, folder)

    assert caught.value.code == "damaged"
    with Store.open(folder, writable=False) as again:
        assert contents(again) == expected


@pytest.mark.parametrize("content", [b"", b"text that is no library", b"\0" * 5000])
def test_other_files_are_no_backups(tmp_path, content):
    (tmp_path / "mine.db").write_bytes(content)

    with pytest.raises(LibraryUnusable) as caught:
        verify_backup(tmp_path / "mine.db")

    assert caught.value.code == "not-a-library"


def test_missing_backup_is_said(tmp_path):
    with pytest.raises(LibraryUnusable) as caught:
        restore(tmp_path / "none.db", tmp_path / "library")

    assert caught.value.code == "missing"
    assert not (tmp_path / "library").exists()


def test_restoring_keeps_a_copy_of_what_was_there(filled, corpus, folder, tmp_path):
    backup = tmp_path / "mine.db"
    filled.back_up(backup)
    expected = contents(filled)
    corpus.add("later")
    filled.close()

    restore(backup, folder)

    with Store.open(folder, writable=True) as again:
        assert contents(again) == expected
    (kept,) = (folder / "backups").iterdir()
    with Database(kept) as db:
        assert db.table("documents").count == 4


def test_library_too_damaged_to_copy_is_set_aside(folder, tmp_path):
    with Store.create(folder) as store:
        Corpus(store).add("a")
        store.back_up(tmp_path / "mine.db")
    (folder / LIBRARY_FILE).write_bytes(b"SQLite format 3\0" + b"\xa5" * 9000)

    restore(tmp_path / "mine.db", folder)

    with Store.open(folder, writable=True) as store:
        assert store.document_count() == 1
    (kept,) = (folder / "backups").iterdir()
    assert kept.read_bytes().endswith(b"\xa5")


def test_library_in_use_is_not_replaced(filled, folder, tmp_path):
    filled.back_up(tmp_path / "mine.db")
    expected = contents(filled)

    with pytest.raises(LibraryBusy):
        restore(tmp_path / "mine.db", folder)

    assert contents(filled) == expected
    filled.remember_search("still works")
    assert filled.find_damage(threading.Event()) == ()


def test_three_automatic_backups_stay(folder):
    create_library(folder)
    connections = Connections(folder / LIBRARY_FILE, writable=False)
    try:
        made = [back_up_automatically(connections, folder, "before-upgrade") for _ in range(5)]
    finally:
        connections.close()

    assert sorted((folder / "backups").iterdir()) == made[2:]


def test_what_a_killed_process_left_of_a_backup_goes_with_the_next(folder):
    create_library(folder)
    place = folder / "backups"
    place.mkdir()
    left = place / "library-1-before-upgrade.db.partial"
    journal = left.with_name(left.name + "-journal")
    under_way = place / "library-2-before-upgrade.db.partial"
    for file in (left, journal, under_way):
        file.write_text("half")
    os.utime(left, (1, 1))
    connections = Connections(folder / LIBRARY_FILE, writable=False)
    try:
        made = back_up_automatically(connections, folder, "before-upgrade")
    finally:
        connections.close()

    assert sorted(place.iterdir()) == sorted([made, under_way])


def test_disk_that_is_full_keeps_nothing_of_a_backup(filled, corpus, tmp_path):
    # More than SQLite copies at once, so that its journal is there too.
    corpus.add("long", os.urandom(7_000_000).hex())
    with small_disk(tmp_path / "disk", 12_000_000) as disk:
        with pytest.raises(UserError) as caught:
            filled.back_up(disk / "copy.db")

        assert caught.value.code == "disk-full"
        assert list(disk.iterdir()) == []
