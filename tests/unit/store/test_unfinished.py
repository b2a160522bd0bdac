from __future__ import annotations

import os

from incipit.store.library_store import Store

from .conftest import place


def test_import_that_did_not_end_is_known_after_a_restart(store, folder):
    paths = (place("a"), os.fsdecode(b"/\xff"))
    number = store.begin_import(paths, other_files=True, limit_bytes=5)

    with Store.open(folder, writable=False) as again:
        (left,) = again.unfinished_imports()
    assert (left.id, left.paths, left.other_files, left.limit_bytes) == (number, paths, True, 5)


def test_import_that_ended_is_forgotten(store):
    first = store.begin_import((place("a"),), other_files=False, limit_bytes=5)
    second = store.begin_import((place("b"),), other_files=False, limit_bytes=5)

    store.end_import(first)

    assert [left.id for left in store.unfinished_imports()] == [second]


def test_same_import_begun_again_is_one(store):
    first = store.begin_import((place("a"),), other_files=False, limit_bytes=5)

    assert store.begin_import((place("a"),), other_files=False, limit_bytes=5) == first
    assert store.begin_import((place("a"),), other_files=True, limit_bytes=5) != first
    assert len(store.unfinished_imports()) == 2
