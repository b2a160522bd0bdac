from __future__ import annotations

import pytest

from incipit.errors import LibraryBusy, LibraryUnusable
from incipit.services.library import Library
from incipit.services.lock import WriterLock
from incipit.services.restoring import restore
from incipit.store.library_store import Store


@pytest.fixture
def backup(tmp_path):
    """Return a backup of a library with one saved search, to know it by."""
    with Store.create(tmp_path / "first") as store:
        store.remember_search("known by this")
        store.back_up(tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_backup_becomes_a_library(backup, tmp_path):
    restore(backup, tmp_path / "second")

    library = Library.open(tmp_path / "second", create=False)
    assert library.recent_searches() == ("known by this",)
    library.close()


def test_library_that_somebody_writes_to_is_left_alone(backup, tmp_path):
    Store.create(tmp_path / "second").close()
    before = (tmp_path / "second" / "library.db").read_bytes()

    with WriterLock(tmp_path / "second", "importing"), pytest.raises(LibraryBusy):
        restore(backup, tmp_path / "second")

    assert (tmp_path / "second" / "library.db").read_bytes() == before


def test_library_that_is_open_is_left_alone(backup, tmp_path):
    library = Library.open(tmp_path / "second")
    library.remember_search("mine")

    with pytest.raises(LibraryBusy):
        restore(backup, tmp_path / "second")

    assert library.recent_searches() == ("mine",)
    library.close()


@pytest.mark.parametrize("content", [None, b"a letter"])
def test_what_is_no_backup_leaves_no_folder(tmp_path, content):
    if content is not None:
        (tmp_path / "copy.db").write_bytes(content)

    with pytest.raises(LibraryUnusable):
        restore(tmp_path / "copy.db", tmp_path / "second")

    assert not (tmp_path / "second").exists()
