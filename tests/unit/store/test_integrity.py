from __future__ import annotations

import threading

import pytest
from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.paths import LIBRARY_FILE
from incipit.store.contents import file_hash, pack_original
from incipit.store.library_store import Store

from .conftest import Corpus


@pytest.fixture
def damages(store):
    return lambda: tuple(one.message for one in store.find_damage(threading.Event()))


@pytest.fixture
def alter(store):
    """Return a function that changes rows behind the store's back."""

    def change(statement, *values):
        db = store._connections._writer
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(statement, list(values))
        db.execute("PRAGMA foreign_keys = ON")

    return change


def test_sound_library_has_no_damage(store, corpus, damages):
    corpus.add_all("a", "b")
    corpus.add("c", "😀\0", original=pack_original(b"abc"), file_hash=file_hash(b"abc"))
    store.remove([1])
    store.purge()

    assert damages() == ()


def test_changed_text_is_named_by_its_document(corpus, damages, alter):
    corpus.add("letter.txt", "dear sir")
    alter("UPDATE texts SET content = 'dear cat'")

    (damage,) = damages()
    assert corpus.path("letter.txt") in damage


def test_wrong_length_is_damage(corpus, damages, alter):
    corpus.add("letter.txt", "dear sir")
    alter("UPDATE texts SET char_count = 3")

    assert len(damages()) == 1


@pytest.mark.parametrize("content", [pack_original(b"other"), b"not packed"])
def test_changed_original_is_named_by_its_document(corpus, damages, alter, content):
    corpus.add("letter.txt", "abc", original=pack_original(b"abc"), file_hash=file_hash(b"abc"))
    alter("UPDATE originals SET packed = ?", content)

    (damage,) = damages()
    assert corpus.path("letter.txt") in damage


def test_row_without_its_parent_is_damage(corpus, damages, alter):
    corpus.add_all("a", "b")
    alter("DELETE FROM texts WHERE id = 1")

    (damage,) = damages()
    assert "documents" in damage
    assert "texts" in damage


def test_queue_of_missing_documents_is_damage(corpus, damages, alter):
    corpus.add_all("a", "b")
    alter("INSERT INTO index_queue VALUES (99, 'index', 1)")

    assert len(damages()) == 1


def test_index_that_is_not_of_its_table_is_damage(folder):
    with Store.create(folder) as store:
        Corpus(store).add_all("a", "b")
    with Database(folder / LIBRARY_FILE) as db:
        roots = dict(db.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
        db.execute("PRAGMA writable_schema = ON")
        db.conn.executemany(
            "UPDATE sqlite_master SET rootpage = ? WHERE name = ?",
            [
                (roots["documents_by_added"], "documents_by_length"),
                (roots["documents_by_length"], "documents_by_added"),
            ],
        )
        db.conn.commit()

    with Store.open(folder, writable=False) as store:
        assert store.find_damage(threading.Event())


def test_check_can_be_cancelled(store, corpus):
    corpus.add_all(*(f"{number}" for number in range(500)))
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        store.find_damage(cancel)
    assert store.find_damage(threading.Event()) == ()
