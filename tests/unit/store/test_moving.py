from __future__ import annotations

from incipit.models import FailedFile, SortKey
from incipit.store.records import MovedFile

from .conftest import Corpus


def moved(document_id, corpus, name, **more):
    return MovedFile(document_id, corpus.source.id, corpus.path(name), 7, **more)


def test_document_goes_with_its_file(store, corpus):
    other = Corpus(store, "other")
    document_id = corpus.add("old/a.txt", "text", title="Title")
    store.change_tags([document_id], ["tag"], [])

    store.move([moved(document_id, other, "new/B.txt", inode=(1 << 64) - 1)])

    document = store.document(document_id)
    assert document.path == other.path("new/B.txt")
    assert (document.title, store.text(document_id)) == ("Title", "text")
    assert store.tags_of(document_id) == ("tag",)
    assert store.known_files([corpus.path("old/a.txt")]) == {}
    known = store.known_files([document.path])[document.path]
    assert (known.id, known.source_id, known.mtime_ns) == (document_id, other.source.id, 7)
    assert known.inode == (1 << 64) - 1


def test_two_files_may_change_names_by_way_of_a_third(store, corpus):
    first, second = corpus.add_all("a", "b")
    ways = ((first, "c"), (second, "a"), (first, "b"))

    store.move([moved(document_id, corpus, name) for document_id, name in ways])

    assert store.ids_in_order(SortKey.NAME).tolist() == [second, first]


def test_what_was_said_of_failures_at_the_new_place_is_forgotten(store, corpus):
    document_id = corpus.add("a")
    store.record_failures(
        [FailedFile(corpus.path(name), "unreadable", "It could not be read.") for name in "bc"]
    )

    store.move([moved(document_id, corpus, "b")])

    assert [one.path for one in store.failures()] == [corpus.path("c")]


def test_moving_needs_no_index(store, corpus, index_settled):
    document_id = corpus.add("a")
    index_settled()

    store.move([moved(document_id, corpus, "b")])

    assert store.take_queue(5) == ()


def test_document_removed_meanwhile_stays_where_it_was(store, corpus):
    document_id = corpus.add("a")
    removal = store.remove([document_id])

    store.move([moved(document_id, corpus, "b")])
    store.undo_removal(removal.id)

    assert store.document(document_id).name == "a"
