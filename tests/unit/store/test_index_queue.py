from __future__ import annotations

import threading
from contextlib import closing

import pytest
from sqlite_utils import Database

from incipit.models import Repair
from incipit.paths import LIBRARY_FILE
from incipit.store.records import QueueAction, QueueCounts


def test_queue_is_taken_in_parts_and_stays_until_done(store, corpus):
    ids = corpus.add_all("a", "b", "c")

    first = store.take_queue(2)
    second = store.take_queue(2, first[-1].document_id)

    assert [row.document_id for row in first + second] == ids
    assert store.take_queue(2) == first
    store.queue_done(first)
    assert store.take_queue(5) == second


def test_document_queued_again_meanwhile_stays_queued(store, corpus):
    document_id = corpus.add("a", "old")
    taken = store.take_queue(5)
    store.write_batch([corpus.record("a", "new", id=document_id)])

    store.queue_done(taken)

    (left,) = store.take_queue(5)
    assert left.document_id == document_id
    assert left.revision > taken[0].revision


def test_row_taken_before_a_removal_does_not_hide_the_deletion(store, corpus):
    document_id = corpus.add("a")
    taken = store.take_queue(5)
    store.remove([document_id])

    store.queue_done(taken)

    assert store.take_queue(5)[0].action is QueueAction.DELETE


def test_counts_tell_indexing_from_deleting(store, corpus, index_settled):
    ids = corpus.add_all("a", "b", "c")
    assert store.queue_counts() == QueueCounts(to_index=3, to_delete=0)
    index_settled()
    store.remove(ids[:2])
    corpus.add("d")

    assert store.queue_counts() == QueueCounts(to_index=1, to_delete=2)
    assert store.queued_deletions().tolist() == ids[:2]
    assert (store.status().documents, store.status().searchable) == (2, 1)


def test_everything_is_queued_for_a_new_index(store, corpus, index_settled):
    ids = corpus.add_all("a", "b", "c")
    index_settled()
    store.remove(ids[:1])

    assert store.queue_all() == 2
    actions = {row.document_id: row.action for row in store.take_queue(9)}
    assert actions == {
        ids[0]: QueueAction.DELETE,
        ids[1]: QueueAction.INDEX,
        ids[2]: QueueAction.INDEX,
    }


def test_some_documents_are_queued_again(store, corpus, index_settled):
    ids = [corpus.add(name) for name in ("a", "b", "c")]
    index_settled()
    store.queue_again([ids[0], ids[2], 10_000])
    assert [(row.document_id, row.action) for row in store.take_queue(10)] == [
        (ids[0], QueueAction.INDEX),
        (ids[2], QueueAction.INDEX),
    ]


@pytest.mark.parametrize("action", ["indey", "\x89ndex"])
def test_action_that_cannot_be_read_is_passed_over_until_it_is_mended(
    store, corpus, folder, action
):
    ids = corpus.add_all("a", "b")
    with closing(Database(folder / LIBRARY_FILE)) as db:
        stored = action.encode("latin-1")
        db.execute(
            "UPDATE index_queue SET action = CAST(? AS TEXT) WHERE document_id = ?",
            [stored, ids[0]],
        )
        db.conn.commit()

    assert [row.document_id for row in store.take_queue(9)] == ids[1:]
    (damage,) = store.find_damage(threading.Event())
    assert damage.repair is Repair.QUEUE
    store.mend_queue()
    assert store.find_damage(threading.Event()) == ()
