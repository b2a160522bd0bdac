from __future__ import annotations

import threading

from incipit.store.contents import file_hash, pack_original


def change(store, statement):
    store._connections._writer.execute(statement)
    store._connections._writer.conn.commit()


def sound(store):
    return store.find_damage(threading.Event()) == ()


def test_text_is_written_over_the_one_that_was_equal(store, corpus):
    corpus.add_all("one", "two")
    change(store, "UPDATE texts SET content = 'x' WHERE id = 1")
    store.mend_contents("not there", b"not there")
    assert not sound(store)
    store.mend_contents("the text of one", b"the text of one")
    assert sound(store)
    assert store.text(1) == "the text of one"


def test_original_is_written_over_the_one_that_was_equal(store, corpus):
    corpus.add("a", "abc", original=pack_original(b"abc"), file_hash=file_hash(b"abc"))
    change(store, "UPDATE originals SET packed = x'00'")
    store.mend_contents("abc", b"abc")
    assert sound(store)
    assert store.original(1) == b"abc"


def test_queue_loses_only_what_is_not_there(store, corpus):
    corpus.add_all("a", "b")
    before = store.take_queue(9)
    change(store, "INSERT INTO index_queue VALUES (99, 'index', 1)")
    store.mend_queue()
    assert store.take_queue(9) == before
    assert sound(store)
