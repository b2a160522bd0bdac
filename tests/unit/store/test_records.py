from __future__ import annotations

import pickle

from incipit.store.records import QueueAction, Queued

from .conftest import place, record


def test_records_cross_between_processes():
    new = record(1, 1, place("a", "\udcff.txt"), "text")

    assert pickle.loads(pickle.dumps(new)) == new


def test_queue_actions_are_what_the_table_holds():
    row = Queued(1, QueueAction("delete"), 3)

    assert row.action.value == "delete"
    assert row != Queued(1, QueueAction.DELETE, 4)
