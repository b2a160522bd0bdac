from __future__ import annotations

from incipit.store.library_store import Store


def test_identity_stays_and_differs_between_libraries(store, folder, tmp_path):
    with Store.open(folder, writable=False) as again, Store.create(tmp_path / "other") as other:
        assert again.identity == store.identity
        assert other.identity != store.identity
        assert len(store.identity) == 32


def test_ids_are_never_given_twice(store, folder):
    first = store.reserve_ids(3)
    with Store.open(folder, writable=True) as again:
        second = again.reserve_ids(2)

    assert [*first, *second, *store.reserve_ids(1)] == [1, 2, 3, 4, 5, 6]


def test_ids_of_removed_and_purged_documents_are_not_given_again(store, corpus):
    document_id = corpus.add("a.txt")
    store.remove([document_id])
    store.purge()

    assert store.reserve_ids(1)[0] > document_id


def test_revision_rises_with_changes_that_views_show(store, corpus):
    seen = [store.revision()]
    document_id = corpus.add("a.txt")
    seen.append(store.revision())
    store.queue_done(store.take_queue(5))
    seen.append(store.revision())
    removal = store.remove([document_id])
    seen.append(store.revision())
    store.undo_removal(removal.id)
    seen.append(store.revision())

    assert seen == sorted(set(seen))


def test_revision_shows_what_another_process_committed(corpus, folder):
    with Store.open(folder, writable=False) as other:
        before = other.revision()
        corpus.add("a.txt")

        assert other.revision() > before


def test_reading_leaves_the_revision_alone(store, corpus):
    document_id = corpus.add("a.txt")
    before = store.revision()

    store.text(document_id)
    store.remember_position(document_id, 5)
    store.remember_search("a")

    assert store.revision() == before
