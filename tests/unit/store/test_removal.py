from __future__ import annotations

import threading
from datetime import UTC, datetime

import numpy as np
import pytest

from incipit.errors import Cancelled, UserError
from incipit.models import FailedFile, SortKey, SourceKind
from incipit.store import library_store
from incipit.store.contents import pack_original
from incipit.store.library_store import Store
from incipit.store.records import QueueAction

from .conftest import Corpus, place


def actions(store):
    return {row.document_id: row.action for row in store.take_queue(1000)}


def rows(store, table):
    with store._connections.reading() as db:
        return db.table(table).count


def test_removed_documents_vanish_and_leave_the_index(store, corpus, index_settled):
    ids = corpus.add_all("a", "b", "c")
    index_settled()

    removal = store.remove(np.array(ids[:2], np.int64))

    assert (removal.document_count, removal.source_path) == (2, None)
    assert store.ids_in_order(SortKey.NAME).tolist() == ids[2:]
    assert [document.id for document in store.documents(ids)] == ids[2:]
    assert dict(store.texts(ids)).keys() == set(ids[2:])
    assert store.status().documents == 1
    assert actions(store) == dict.fromkeys(ids[:2], QueueAction.DELETE)


def test_undo_brings_everything_back(store, corpus, index_settled):
    ids = corpus.add_all("a", "b", "c")
    store.remember_position(ids[0], 7)
    before = store.documents(ids)
    index_settled()
    removal = store.remove(ids[:2])
    index_settled()

    assert store.undo_removal(removal.id) == 2
    assert store.documents(ids) == before
    assert store.reading_position(ids[0]) == 7
    assert actions(store) == dict.fromkeys(ids[:2], QueueAction.INDEX)
    assert store.undoable() == ()


def test_removal_can_be_undone_after_a_restart(folder):
    with Store.create(folder) as store:
        document_id = Corpus(store).add("a", "kept")
        removal = store.remove([document_id])
    with Store.open(folder, writable=True) as store:
        assert store.undoable() == (removal,)
        assert store.undo_removal(removal.id) == 1
    with Store.open(folder, writable=False) as store:
        assert store.text(document_id) == "kept"


def test_removing_nothing_leaves_no_removal(store, corpus):
    document_id = corpus.add("a")
    store.remove([document_id])

    for nothing in ([], [99], [document_id]):
        with pytest.raises(UserError) as caught:
            store.remove(nothing)
        assert caught.value.code == "gone"
    assert len(store.undoable()) == 1


def test_removal_cannot_be_undone_twice(store, corpus):
    removal = store.remove([corpus.add("a")])
    store.undo_removal(removal.id)

    with pytest.raises(UserError) as caught:
        store.undo_removal(removal.id)
    assert caught.value.code == "gone"


def test_undoable_removals_come_latest_first(store, corpus):
    ids = corpus.add_all("a", "b", "c")
    first = store.remove(ids[:2])
    second = store.remove(ids[2:])

    assert store.undoable() == (second, first)


def test_source_goes_with_its_documents_and_failures(store):
    corpus, other = Corpus(store), Corpus(store, "corpus-two")
    ids, kept = corpus.add_all("a", "sub/b"), other.add_all("c")
    inside = FailedFile(corpus.path("sub/x"), "binary", "no text")
    outside = FailedFile(other.path("y"), "binary", "no text")
    store.record_failures([inside, outside])

    removal = store.remove_source(corpus.source.id)

    assert removal.source_path == corpus.folder
    assert removal.document_count == 2
    assert [source.id for source in store.sources()] == [other.source.id]
    assert store.ids_in_order(SortKey.NAME).tolist() == kept
    assert store.failures() == (outside,)
    assert store.undo_removal(removal.id) == 2
    assert [source.document_count for source in store.sources()] == [2, 1]
    assert [document.id for document in store.documents(ids)] == ids


def test_failure_of_a_file_source_goes_with_it(store):
    path = place("alone.txt")
    source = store.add_source(path, SourceKind.FILE)
    store.record_failures([FailedFile(path, "binary", "no text")])

    store.remove_source(source.id)

    assert store.failures() == ()


def test_source_removed_twice_is_gone(store, corpus):
    store.remove_source(corpus.source.id)

    with pytest.raises(UserError):
        store.remove_source(corpus.source.id)


def test_place_imported_again_is_not_doubled_by_undo(store, corpus):
    old = corpus.add("a", "old")
    other = corpus.add("b", "other")
    removal = store.remove([old, other])
    new = corpus.add("a", "new")

    assert store.undo_removal(removal.id) == 1
    assert sorted(store.ids_in_order(SortKey.NAME).tolist()) == sorted([new, other])
    assert store.text(new) == "new"


def test_source_added_again_takes_back_what_undo_returns(store):
    corpus = Corpus(store)
    ids = corpus.add_all("a", "b")
    removal = store.remove_source(corpus.source.id)
    again = Corpus(store)
    new = again.add("a", "new")

    assert again.source.id != corpus.source.id
    assert store.undo_removal(removal.id) == 1
    (source,) = store.sources()
    assert (source.id, source.document_count) == (again.source.id, 2)
    assert sorted(store.ids_in_order(SortKey.NAME).tolist()) == sorted([new, ids[1]])


def test_documents_removed_before_their_source_come_back_with_it(store):
    corpus = Corpus(store)
    ids = corpus.add_all("a", "b")
    first = store.remove(ids[:1])
    second = store.remove_source(corpus.source.id)

    assert store.undo_removal(first.id) == 1
    assert [source.document_count for source in store.sources()] == [1]
    assert store.undo_removal(second.id) == 1
    assert [source.document_count for source in store.sources()] == [2]


def test_older_removal_survives_the_merging_of_sources(store):
    corpus = Corpus(store)
    ids = corpus.add_all("a", "b")
    first = store.remove(ids[:1])
    second = store.remove_source(corpus.source.id)
    again = Corpus(store)
    store.undo_removal(second.id)

    assert store.undo_removal(first.id) == 1
    (source,) = store.sources()
    assert (source.id, source.document_count) == (again.source.id, 2)
    assert store.purge() == 0


def test_purge_deletes_for_good_with_unused_texts(store, corpus):
    shared, alone = (
        corpus.add("a", "shared"),
        corpus.add("b", "alone", original=pack_original(b"x")),
    )
    corpus.add("c", "shared")
    store.change_tags([alone], ["tag"], [])
    store.remember_position(alone, 5)
    removal = store.remove([shared, alone])

    assert store.purge() == 2
    assert rows(store, "texts") == 1
    assert rows(store, "originals") == 0
    assert rows(store, "reading_positions") == rows(store, "document_tags") == 0
    assert store.undoable() == ()
    with pytest.raises(UserError):
        store.undo_removal(removal.id)


def test_purge_drops_texts_that_changed_files_left(store, corpus):
    document_id = corpus.add("a", "old")
    store.write_batch([corpus.record("a", "new", id=document_id)])
    assert rows(store, "texts") == 2

    assert store.purge() == 0
    assert rows(store, "texts") == 1
    assert store.text(document_id) == "new"


def test_purge_keeps_what_was_removed_later(store, corpus):
    ids = corpus.add_all("a", "b")
    store.remove(ids[:1])
    between = datetime.now(UTC)
    later = store.remove(ids[1:])

    assert store.purge(before=between) == 1
    assert store.undoable() == (later,)


def test_purged_source_is_gone(store):
    corpus = Corpus(store)
    ids = corpus.add_all("a", "b")
    store.remove(ids[:1])
    store.remove_source(corpus.source.id)

    assert store.purge() == 2
    assert rows(store, "sources") == rows(store, "documents") == 0


def test_purge_leaves_deletions_queued_for_the_index(store, corpus, index_settled):
    document_id = corpus.add("a")
    index_settled()
    store.remove([document_id])
    store.purge()

    assert actions(store) == {document_id: QueueAction.DELETE}


def test_purge_of_many_takes_many_short_steps(store, corpus, monkeypatch):
    monkeypatch.setattr(library_store, "_PURGED_AT_ONCE", 3)
    ids = corpus.add_all(*(f"{number}" for number in range(10)))
    kept = corpus.add("kept")
    store.remember_position(ids[0], 5)
    store.change_tags(ids, ["tag"], [])
    store.remove(ids[:7])
    store.remove(ids[7:])
    before = store.revision()

    assert store.purge() == 10
    assert store.revision() > before + 2
    assert rows(store, "documents") == rows(store, "texts") == 1
    assert rows(store, "reading_positions") == rows(store, "document_tags") == 0
    assert store.undoable() == ()
    assert store.text(kept)
    assert store.find_damage(threading.Event()) == ()


def test_cancelled_purge_can_go_on(store, corpus, monkeypatch):
    monkeypatch.setattr(library_store, "_PURGED_AT_ONCE", 3)
    ids = corpus.add_all(*(f"{number}" for number in range(10)))
    store.remove(ids)

    class AfterTwo:
        asked = 0

        def is_set(self):
            self.asked += 1
            return self.asked > 2

    with pytest.raises(Cancelled):
        store.purge(cancel=AfterTwo())
    assert rows(store, "documents") == 4
    assert store.purge() == 4
    assert rows(store, "documents") == rows(store, "texts") == 0
