from __future__ import annotations

import os

import pytest

from incipit.errors import BugError, UserError
from incipit.models import FailedFile, TitleKind
from incipit.store.contents import pack_original
from incipit.store.library_store import Store
from incipit.store.records import NewTitle, QueueAction, TouchedFile

from .conftest import Corpus


def actions(store):
    return {row.document_id: row.action for row in store.take_queue(1000)}


def test_batch_is_counted_stored_and_queued(store, corpus):
    records = [corpus.record("a", "one"), corpus.record("b", "two"), corpus.record("c", "one")]

    outcome = store.write_batch(records)

    assert (outcome.added, outcome.updated, outcome.copies) == (3, 0, 1)
    assert [store.text(new.id) for new in records] == ["one", "two", "one"]
    assert outcome.queued == store.take_queue(10)
    assert actions(store) == {new.id: QueueAction.INDEX for new in records}


def test_equal_texts_are_stored_once(store, corpus):
    first = corpus.add("a", "same text")
    copies = store.write_batch([corpus.record("b", "same text")]).copies
    corpus.add("c", "another")

    documents = store.documents([first, first + 1, first + 2])
    assert copies == 1
    assert documents[0].text_id == documents[1].text_id != documents[2].text_id
    assert [document.copies for document in documents] == [1, 1, 0]


def test_changed_file_keeps_its_document(store, corpus, index_settled):
    document_id = corpus.add("a", "old text")
    added_at = store.document(document_id).added_at
    index_settled()

    outcome = store.write_batch([corpus.record("a", "new text", id=document_id, title="New")])

    assert (outcome.added, outcome.updated, outcome.copies) == (0, 1, 0)
    assert store.text(document_id) == "new text"
    assert store.document(document_id).title == "New"
    assert store.document(document_id).added_at == added_at
    assert actions(store) == {document_id: QueueAction.INDEX}


def test_file_touched_without_change_is_no_copy_of_itself(store, corpus):
    document_id = corpus.add("a", "text")

    assert store.write_batch([corpus.record("a", "text", id=document_id)]).copies == 0


def test_text_that_only_removed_documents_have_is_no_copy(store, corpus):
    store.remove([corpus.add("a", "text")])

    assert store.write_batch([corpus.record("b", "text")]).copies == 0


def test_known_place_under_a_new_id_keeps_the_old(store, corpus, index_settled):
    old = corpus.add("a", "old text")
    index_settled()

    outcome = store.write_batch([late := corpus.record("a", "new text")])

    assert (outcome.added, outcome.updated) == (0, 1)
    assert outcome.discarded == (late.id,)
    assert store.text(old) == "new text"
    # The batch's segment knows the text under the id that went: it fulfils neither row.
    assert outcome.queued == ()
    assert actions(store) == {old: QueueAction.INDEX, late.id: QueueAction.DELETE}


def test_place_twice_in_a_batch_is_one_document(store, corpus):
    first, second = corpus.record("a", "first"), corpus.record("a", "second")

    outcome = store.write_batch([first, second])

    assert (outcome.added, outcome.discarded) == (1, (first.id,))
    assert store.document_count() == 1
    assert store.text(second.id) == "second"


def test_update_of_a_document_removed_meanwhile_stays_removed(store, corpus):
    document_id = corpus.add("a", "old text")
    removal = store.remove([document_id])

    outcome = store.write_batch([corpus.record("a", "new text", id=document_id)])

    assert (outcome.added, outcome.updated, outcome.discarded) == (0, 0, (document_id,))
    assert store.document_count() == 0
    assert actions(store) == {document_id: QueueAction.DELETE}
    assert store.undo_removal(removal.id) == 1
    assert store.text(document_id) == "old text"


def test_documents_of_a_source_removed_meanwhile_are_not_taken(store, corpus):
    store.remove_source(corpus.source.id)

    outcome = store.write_batch([new := corpus.record("a", "late")])

    assert (outcome.added, outcome.discarded) == (0, (new.id,))
    assert actions(store) == {new.id: QueueAction.DELETE}


def test_originals_are_kept_where_given(store, corpus):
    plain = corpus.add("a", "text")
    data = b"te\r\nxt"
    kept = corpus.add("b", "te\nxt", original=pack_original(data), file_hash=b"h" * 16)
    copy = corpus.add("c", "te\nxt", original=pack_original(data), file_hash=b"h" * 16)

    assert store.original(plain) is None
    assert store.original(kept) == store.original(copy) == data


def test_update_that_is_exact_drops_the_original(store, corpus):
    document_id = corpus.add("a", "text", original=pack_original(b"text\r"))

    store.write_batch([corpus.record("a", "text", id=document_id)])

    assert store.original(document_id) is None


def test_failures_are_kept_until_the_file_succeeds(store, corpus):
    failed = FailedFile(corpus.path("a"), "binary", "It is not text.", "Leave it out.")
    again = FailedFile(corpus.path("a"), "changing", "It changed.")
    other = FailedFile(corpus.path("b"), "binary", "It is not text.")
    store.write_batch([], failures=[failed, other])
    store.record_failures([again])

    assert store.failures() == (again, other)
    assert store.failure_count() == store.status().failed == 2
    corpus.add("a")
    assert store.failures() == (other,)


def test_failures_can_be_forgotten(store, corpus):
    one, other = (
        FailedFile(corpus.path(name), "binary", "It is not a text.") for name in ("a", "b\udce9")
    )
    store.record_failures([one, other])
    store.forget_failures([])
    store.forget_failures([other, FailedFile(corpus.path("c"), "binary", "It is not a text.")])
    assert store.failures() == (one,)


def test_failures_of_touched_files_are_cleared(store, corpus):
    document_id = corpus.add("a")
    store.record_failures([FailedFile(corpus.path("a"), "unreadable", "It could not be read.")])

    store.write_batch([], touched=[TouchedFile(document_id, 77, 8, (1 << 64) - 9)])

    assert store.failures() == ()
    known = store.known_files([corpus.path("a")])[corpus.path("a")]
    assert (known.mtime_ns, known.device, known.inode) == (77, 8, (1 << 64) - 9)


def test_reasons_with_undecodable_names_can_be_kept(store, corpus):
    path = corpus.path(os.fsdecode(b"\xff"))
    store.record_failures([FailedFile(path, "io", f"cannot read {path}")])

    (failure,) = store.failures()
    assert failure.path == path
    assert failure.reason.endswith("\\udcff")


def test_batch_is_all_or_nothing(store, corpus):
    good = corpus.record("a", "fine")
    # The hash of another text: the second record breaks the batch half-way.
    bad = corpus.record("b", "broken", size_bytes=None)

    with pytest.raises(BugError):
        store.write_batch([good, bad], failures=[FailedFile(corpus.path("c"), "x", "y")])

    assert store.document_count() == 0
    assert store.failures() == ()
    assert store.take_queue(10) == ()


def test_full_disk_is_said_and_harms_nothing(store, corpus):
    kept = corpus.add("a", "kept")
    writer = store._connections._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 20}")

    with pytest.raises(UserError) as caught:
        store.write_batch([corpus.record("b", "fits"), corpus.record("c", "too much " * 50_000)])

    assert caught.value.code == "disk-full"
    assert store.document_count() == 1
    assert store.text(kept) == "kept"
    writer.execute("PRAGMA max_page_count = 1000000")
    assert store.text(corpus.add("c", "room again")) == "room again"


def test_committed_batch_is_there_for_another_process(corpus, folder):
    document_id = corpus.add("a", "text")

    with Store.open(folder, writable=False) as other:
        assert other.text(document_id) == "text"


@pytest.mark.parametrize("text", ["", "\0", "a\0b", "😀" * 3, "e\u0301", "\u202eabc", "\n\n"])
def test_any_text_comes_back_as_it_was(corpus, store, text):
    document_id = corpus.add("a", text)

    assert store.text(document_id) == text
    assert store.document(document_id).char_count == len(text)


def test_file_identity_of_any_size_is_taken(store, corpus):
    corpus.add("a", inode=(1 << 64) - 1, device=1 << 63, mtime_ns=1 << 64)

    assert store.document_count() == 1


def test_titles_are_renewed(store, corpus):
    ids = corpus.add_all("a", "b")
    store.set_titles(
        [
            NewTitle(ids[0], "Found later", TitleKind.HEADING),
            NewTitle(999, "nobody", TitleKind.HEADING),
        ]
    )

    assert store.document(ids[0]).title == "Found later"
    assert store.document(ids[0]).title_kind is TitleKind.HEADING
    assert store.document(ids[1]).title != "Found later"


def test_large_batch_with_many_copies(store):
    corpus = Corpus(store, "large")
    records = [
        corpus.record(f"{number}", f"text {number % 1500}", id=number + 1) for number in range(3000)
    ]

    outcome = store.write_batch(records)

    assert (outcome.added, outcome.copies) == (3000, 1500)
    assert store.text(2999) == "text 1498"
