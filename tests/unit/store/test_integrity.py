from __future__ import annotations

import threading

import pytest
from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import Repair
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


def read(data):
    """Return what is known of a file of these bytes."""
    return {"size_bytes": len(data), "file_hash": file_hash(data)}


def kept(data):
    """Return what is known of a file whose bytes are kept."""
    return {"original": pack_original(data), **read(data)}


def exchange_keys(folder):
    """Let two of SQLite's own indexes change places."""
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


def test_sound_library_has_no_damage(store, corpus, damages):
    corpus.add_all("a", "b")
    corpus.add("c", "😀\0", **kept(b"abc"))
    corpus.add("d", "Grüße", encoding="latin-1", **read(b"Gr\xfc\xdfe"))
    store.remove([1])
    store.purge()

    assert damages() == ()


@pytest.mark.parametrize(
    "change",
    [
        "encoding = 'no such'",
        "encoding = CAST(x'ff61' AS TEXT)",
        "size_bytes = 3",
        "file_hash = x'00'",
    ],
)
@pytest.mark.parametrize("keeps", [False, True])
def test_changed_facts_of_a_file_are_named_by_its_document(store, corpus, alter, change, keeps):
    corpus.add("letter.txt", "Grüße", **(kept(b"Gr\xfc\xdfe\r") if keeps else {}))
    corpus.add("other.txt", "other")
    alter(f"UPDATE documents SET {change} WHERE id = 1")

    (damage,) = store.find_damage(threading.Event())
    assert corpus.path("letter.txt") in damage.message
    assert (damage.repair, damage.document_ids) == (Repair.FACTS, (1,))


def test_encoding_in_which_a_text_is_another_file_is_named(corpus, damages, alter):
    corpus.add("letter.txt", "Grüße")
    alter("UPDATE documents SET encoding = 'utf-16-le'")

    (damage,) = damages()
    assert corpus.path("letter.txt") in damage


@pytest.mark.parametrize("change", ["title = CAST(x'ff61' AS TEXT)", "title_kind = 'headinh'"])
def test_title_that_cannot_be_read_is_named_and_the_list_goes_on(store, corpus, alter, change):
    corpus.add_all("letter.txt", "other.txt")
    alter(f"UPDATE documents SET {change} WHERE id = 1")

    (damage,) = store.find_damage(threading.Event())
    assert corpus.path("letter.txt") in damage.message
    assert (damage.repair, damage.document_ids) == (Repair.TITLES, (1,))
    assert [one.name for one in store.documents([1, 2])] == ["letter.txt", "other.txt"]


def test_document_is_listed_whatever_has_changed_in_it(store, corpus, alter):
    corpus.add("letter.txt", "dear sir")
    before = store.document(1)
    alter("UPDATE documents SET added_at = 'x', encoding = CAST(x'ff61' AS TEXT)")

    after = store.document(1)
    assert (after.added_at, after.encoding) == (before.modified_at, "\ufffda")


def test_what_is_wrong_with_keys_hides_nothing_else(folder):
    with Store.create(folder) as store:
        Corpus(store).add_all("a", "b")
    exchange_keys(folder)
    with Database(folder / LIBRARY_FILE) as db:
        db.execute("UPDATE texts SET content = 'other' WHERE id = 1")
        db.conn.commit()

    with Store.open(folder, writable=False) as store:
        repairs = {damage.repair for damage in store.find_damage(threading.Event())}
    assert repairs == {Repair.KEYS, Repair.CONTENTS}


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
    corpus.add("letter.txt", "abc", **kept(b"abc"))
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
    exchange_keys(folder)

    with Store.open(folder, writable=False) as store:
        assert store.find_damage(threading.Event())


def test_check_can_be_cancelled(store, corpus):
    corpus.add_all(*(f"{number}" for number in range(500)))
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        store.find_damage(cancel)
    assert store.find_damage(threading.Event()) == ()
