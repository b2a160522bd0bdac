from __future__ import annotations

import threading

import pytest
from sqlite_utils import Database

from incipit.models import Repair
from incipit.paths import LIBRARY_FILE
from incipit.store.contents import file_hash, pack_original
from incipit.store.library_store import Store

from .conftest import Corpus

NEVER = threading.Event()


def change_rows(store, statement):
    store._connections._writer.execute(statement)
    store._connections._writer.conn.commit()


def sound(store):
    return store.find_damage(NEVER) == ()


def test_text_is_written_over_the_one_that_was_equal(store, corpus):
    corpus.add_all("one", "two")
    change_rows(store, "UPDATE texts SET content = 'x' WHERE id = 1")
    store.mend_contents("not there", b"not there")
    assert not sound(store)
    store.mend_contents("the text of one", b"the text of one")
    assert sound(store)
    assert store.text(1) == "the text of one"


def test_original_is_written_over_the_one_that_was_equal(store, corpus):
    corpus.add("a", "abc", original=pack_original(b"abc"))
    change_rows(store, "UPDATE originals SET packed = x'00'")
    store.mend_contents("abc", b"abc")
    assert sound(store)
    assert store.original(1) == b"abc"


@pytest.mark.parametrize(
    "change",
    [
        "encoding = 'utf-16-le'",
        "encoding = CAST(x'ff61' AS TEXT)",
        "size_bytes = 3",
        "file_hash = x'00'",
    ],
)
@pytest.mark.parametrize("keeps", [False, True])
def test_what_is_known_of_a_file_is_found_out_again(store, corpus, change, keeps):
    data = b"Gr\xfc\xdfe" + b"\r" * keeps
    facts = {"encoding": "iso-8859-1", "size_bytes": len(data), "file_hash": file_hash(data)}
    text = "Grüße" + "\n" * keeps
    first = corpus.add("a", text, **facts, **({"original": pack_original(data)} if keeps else {}))
    corpus.add("b", "é", **{**facts, "file_hash": file_hash(b"\xe9"), "size_bytes": 1})
    before = store.document(first)
    change_rows(store, f"UPDATE documents SET {change} WHERE id = {first}")
    store.mend_facts(first)
    assert sound(store)
    assert store.document(first) == before


def test_facts_that_cannot_be_told_are_left(store, corpus):
    corpus.add("a", "text")
    change_rows(store, "UPDATE documents SET size_bytes = 1, file_hash = x'00'")
    store.mend_facts(1)
    store.mend_facts(99)
    assert store.document(1).size_bytes == 1


def test_queue_loses_only_what_is_not_there(store, corpus):
    corpus.add_all("a", "b")
    before = store.take_queue(9)
    change_rows(store, "INSERT INTO index_queue VALUES (99, 'index', 1)")
    store.mend_queue()
    assert store.take_queue(9) == before
    assert sound(store)


@pytest.mark.parametrize(
    ("index", "change"),
    [
        ("documents_by_place", "name = CAST('3.txt' AS BLOB)"),
        ("documents_by_length", "token_count = token_count + 1024"),
    ],
)
def test_row_is_put_right_though_its_index_has_it_as_it_was(folder, index, change):
    with Store.create(folder) as store:
        Corpus(store).add_all("1.txt", "3.txt")
        before = store.documents([1, 2])
    with Database(folder / LIBRARY_FILE) as db:
        without_index(db, index, f"UPDATE documents SET {change} WHERE id = 1")

    with Store.open(folder, writable=True) as store:
        assert {one.repair for one in store.find_damage(NEVER)} == {Repair.KEYS, Repair.ROWS}
        (row,) = store.changed_rows(NEVER)
        assert store.mend_row(row)
        store.mend_keys()
        assert store.find_damage(NEVER) == ()
        assert store.documents([1, 2]) == before


def without_index(db, index, statement):
    """Execute a statement that an index does not learn of."""
    entry = db.execute("SELECT * FROM sqlite_master WHERE name = ?", [index]).fetchone()
    db.execute("PRAGMA writable_schema = ON")
    db.execute("DELETE FROM sqlite_master WHERE name = ?", [index])
    db.execute("PRAGMA writable_schema = RESET")
    db.execute(statement)
    db.execute("PRAGMA writable_schema = ON")
    db.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", entry)
    db.conn.commit()
