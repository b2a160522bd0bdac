from __future__ import annotations

import threading

import pytest

from incipit.errors import BugError
from incipit.models import SortKey
from incipit.store.library_store import Store


def test_closing_by_the_with_statement(folder):
    with Store.create(folder) as store:
        pass

    with pytest.raises(BugError):
        store.status()


def test_threads_read_while_another_writes(store, corpus):
    corpus.add_all("a", "b")
    counts = []
    stop = threading.Event()

    def read():
        while not stop.is_set():
            ids = store.ids_in_order(SortKey.NAME)
            counts.append((len(ids), len(store.documents(ids))))
        store.close_reader()

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(30):
        corpus.add(f"late {number}")
    stop.set()
    for thread in threads:
        thread.join()

    assert counts
    assert all(listed == found for listed, found in counts)


def test_reading_only_store_says_so(folder):
    Store.create(folder).close()

    with Store.open(folder, writable=False) as store:
        assert not store.writable
        assert store.folder == folder
        assert store.status().documents == 0
