from __future__ import annotations

import numpy as np
import pytest

from incipit.errors import UserError
from incipit.models import FailedFile, LibraryStatus, LibraryTotals, TitleKind


def test_document_says_everything_about_its_file(store, corpus):
    document_id = corpus.add(
        "sub/Speech.txt",
        "four words of text",
        title="Four words",
        title_kind=TitleKind.HEADING,
        encoding="cp1252",
        size_bytes=99,
        is_slab=True,
        mtime_ns=1_700_000_000_000_000_000,
    )

    document = store.document(document_id)

    assert document.path == corpus.path("sub/Speech.txt")
    assert document.name == "Speech.txt"
    assert document.folder == corpus.path("sub")
    assert (document.title, document.title_kind) == ("Four words", TitleKind.HEADING)
    assert (document.encoding, document.is_slab) == ("cp1252", True)
    assert (document.size_bytes, document.char_count, document.token_count) == (99, 18, 4)
    assert document.source_id == corpus.source.id
    assert document.modified_at.year == 2023
    assert document.added_at.utcoffset().total_seconds() == 0


def test_documents_come_in_the_order_asked_for(store, corpus):
    ids = corpus.add_all("a", "b", "c")

    found = store.documents(np.array([ids[2], 99, ids[0]], np.int64))

    assert [document.id for document in found] == [ids[2], ids[0]]
    assert store.documents([]) == ()


def test_missing_document_is_said_to_be_gone(store, corpus):
    document_id = corpus.add("a")
    store.remove([document_id])

    for ask in (store.document, store.text, lambda key: store.text_beginning(key, 9)):
        with pytest.raises(UserError) as caught:
            ask(document_id)
        assert caught.value.code == "gone"


def test_copies_do_not_count_the_removed(store, corpus):
    first, second = corpus.add("a", "same"), corpus.add("b", "same")
    assert store.document(first).copies == 1
    store.remove([second])

    assert store.document(first).copies == 0


@pytest.mark.parametrize(("length_cp", "beginning"), [(0, ""), (4, "é👍 l"), (99, "é👍 last")])
def test_beginning_of_a_text_is_counted_in_code_points(store, corpus, length_cp, beginning):
    assert store.text_beginning(corpus.add("a", "é👍 last"), length_cp) == beginning


def test_texts_come_in_order_and_skip_what_is_gone(store, corpus):
    ids = corpus.add_all(*(f"{number}" for number in range(450)))
    store.remove([ids[7]])
    asked = [*reversed(ids), 10_000]

    found = list(store.texts(asked))

    assert [document_id for document_id, _ in found] == [one for one in asked[:-1] if one != ids[7]]
    assert dict(found)[ids[3]] == "the text of 3"


def test_lengths_are_in_code_points(store, corpus):
    first, second = corpus.add("a", "😀é"), corpus.add("b", "abc")

    assert store.char_counts([first, second, 99]) == {first: 2, second: 3}


def test_status_counts_documents_queue_and_failures(store, corpus):
    corpus.add_all("a", "b", "c")
    store.queue_done(store.take_queue(2))
    store.record_failures([FailedFile(corpus.path("z"), "binary", "It is not text.")])

    assert store.status() == LibraryStatus(documents=3, searchable=2, queued=1, failed=1)
    assert store.document_count() == 3


def test_totals_sum_up_what_is_there(store, corpus):
    corpus.add("a", "one two three")
    corpus.add("b", "one two three", encoding="cp1252", size_bytes=20)
    corpus.add("c", "orn whole to", encoding="cp1252", size_bytes=5, is_slab=True)
    store.remove([corpus.add("d", "gone")])

    assert store.totals() == LibraryTotals(
        documents=3,
        texts=2,
        word_count=7,
        size_bytes=38,
        encodings=(("cp1252", 2), ("utf-8", 1)),
    )


def test_totals_of_an_empty_library_are_zero(store):
    assert store.totals() == LibraryTotals(0, 0, 0, 0, ())
