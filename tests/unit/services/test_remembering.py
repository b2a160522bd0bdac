"""What the user leaves in a library comes back; one that can only be read takes nothing."""

from __future__ import annotations

import pytest
from corpora import Corpus

from incipit.errors import LibraryUnusable
from incipit.services.library import Library
from incipit.store.library_store import Store


def test_history_and_positions_come_back(corpus: Corpus) -> None:
    corpus.write("a.txt", "words")
    corpus.take()
    number = corpus.named("a.txt").id
    assert corpus.library.reading_position(number) is None
    corpus.library.remember_position(number, 3)
    assert corpus.library.reading_position(number) == 3
    corpus.library.remember_search("words")
    corpus.library.remember_search("oil")
    assert corpus.library.recent_searches()[:2] == ("oil", "words")


def test_searches_are_kept_and_forgotten(corpus: Corpus) -> None:
    library = corpus.library
    corpus.take(corpus.write("a.txt"))
    library.remember_search("rain")
    assert library.recent_searches() == ("rain",)
    library.forget_searches()
    assert library.recent_searches() == ()
    saved = library.save_search("Ships", "ship*")
    assert library.saved_searches() == (saved,)
    library.delete_saved_search(saved.id)
    assert library.saved_searches() == ()
    assert library.save_search(saved.name, saved.query).query == "ship*"


def test_changed_tags_are_taken_back(corpus: Corpus) -> None:
    corpus.take(corpus.write("a.txt"))
    number = corpus.named("a.txt").id
    made = corpus.library.change_tags([number], ["read"], [])
    assert corpus.library.tags_of(number) == ("read",)
    assert corpus.library.tag_counts_among([number]) == {"read": 1}
    corpus.library.undo_tags(made)
    assert corpus.library.tags_of(number) == ()


def test_library_that_can_only_be_read_forgets_quietly_what_nobody_asked_to_keep(
    corpus: Corpus,
) -> None:
    corpus.take(corpus.write("a.txt"))
    number = corpus.named("a.txt").id
    store = Store.open(corpus.place, writable=False)
    library = Library(corpus.place, store, limit_bytes=corpus.library.limit_bytes)
    try:
        library.remember_position(number, 3)
        library.remember_search("words")
        assert library.reading_position(number) is None
        assert library.recent_searches() == ()
        with pytest.raises(LibraryUnusable) as refused:
            library.save_search("Ships", "ship*")
        assert refused.value.code == "read-only"
    finally:
        library.close()
