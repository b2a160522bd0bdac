"""Documents by source and folder, and slabs, of what is in the library now."""

from __future__ import annotations


def test_slabs_are_found_and_forgotten_when_removed(store, corpus):
    corpus.add("a")
    first = corpus.add("b", "cut text", is_slab=True)
    second = corpus.add("c", "other cut", is_slab=True)

    assert store.slab_ids().tolist() == [first, second]
    store.remove([first])
    assert store.slab_ids().tolist() == [second]


def test_documents_belong_to_a_source_and_a_folder(store, corpus):
    one, two = corpus.add("a"), corpus.add("sub/b")
    other = type(corpus)(store, "other")
    three = other.add("c", "more words")
    gone = other.add("d", "gone words")
    store.remove([gone])

    sources, source_names = store.source_groups()
    folders, folder_names = store.folder_groups()

    assert [source_names[sources[id_]] for id_ in (one, two, three)] == [
        corpus.folder,
        corpus.folder,
        other.folder,
    ]
    assert [folder_names[folders[id_]] for id_ in (one, two, three)] == [
        corpus.folder,
        corpus.path("sub"),
        other.folder,
    ]
    assert len(sources) == three + 1
    assert not sources.flags.writeable


def test_an_empty_library_has_no_groups(store):
    assert store.slab_ids().tolist() == []
    assert store.source_groups()[0].tolist() == []
