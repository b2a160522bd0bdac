from __future__ import annotations

import inspect

import pytest

from incipit.errors import LibraryUnusable
from incipit.models import FailedFile, SourceKind, TagChange
from incipit.store.checksums import ChangedRow
from incipit.store.library_reader import LibraryReader
from incipit.store.library_store import Store

from .conftest import place

WRITES = {
    "reserve_ids": [1],
    "add_source": [place("a"), SourceKind.FOLDER],
    "write_batch": [[]],
    "record_failures": [[]],
    "forget_failures": [[FailedFile("a", "b", "c")]],
    "move": [[]],
    "mend_contents": ["a", b"a"],
    "mend_row": [ChangedRow("documents", 1)],
    "vouch_for": [1],
    "mend_facts": [1],
    "mend_queue": [],
    "mend_keys": [],
    "end_import": [1],
    "set_titles": [[]],
    "queue_done": [[]],
    "queue_all": [],
    "queue_again": [[1]],
    "remove": [[1]],
    "remove_source": [1],
    "undo_removal": [1],
    "purge": [],
    "remember_position": [1, 1],
    "remember_search": ["a"],
    "forget_searches": [],
    "save_search": ["a", "b"],
    "rename_saved_search": [1, "a"],
    "delete_saved_search": [1],
    "change_tags": [[1], ["a"], ["b"]],
    "repeat_tags": [TagChange((("a", (1,)),))],
}


@pytest.mark.parametrize("name", WRITES)
def test_reading_only_library_refuses_every_write(folder, name):
    Store.create(folder).close()

    with Store.open(folder, writable=False) as store, pytest.raises(LibraryUnusable) as caught:
        getattr(store, name)(*WRITES[name])

    assert caught.value.code == "read-only"


def test_every_writing_method_is_in_the_list_above():
    own = {name for name, _ in inspect.getmembers(Store, inspect.isfunction)}
    inherited = {name for name, _ in inspect.getmembers(LibraryReader, inspect.isfunction)}

    assert own - inherited - {"back_up", "begin_import"} == WRITES.keys()
