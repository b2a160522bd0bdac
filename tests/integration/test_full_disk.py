"""A disk that fills up during an import ends it with a clear word; what was saved stays whole."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack

import pytest
from corpora import NEVER, Corpus
from mounting import small_disk

from incipit.errors import UserError
from incipit.models import DocumentsCommitted
from incipit.services import import_job
from incipit.services.library import Library
from incipit.store.library_store import Store

#: More than an import wants to see free before it begins.
DISK_BYTES = 80_000_000
FILES = 120


class FillsUp(list):
    """Events of a job; after ``commits`` commits nothing is left on the disk at ``folder``."""

    def __init__(self, folder, commits):
        super().__init__()
        self._filler = folder / "filler"
        self._commits = commits

    def append(self, event):
        super().append(event)
        commits = sum(isinstance(one, DocumentsCommitted) for one in self)
        if commits == self._commits and not self._filler.exists():
            fill(self._filler)

    def make_room(self):
        self._filler.unlink()
        self._commits = -1


def fill(path):
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
                write_without_end(file, bytes(size))


def write_without_end(file, data):
    while True:
        file.write(data)


@pytest.fixture(params=["here", "in workers"])
def batches(request, monkeypatch):
    monkeypatch.setattr(import_job, "_BATCH_FILES", 10)
    if request.param == "here":
        monkeypatch.setattr(import_job, "_INLINE_BYTES", 1 << 30)
        monkeypatch.setattr(import_job, "_INLINE_FILES", FILES)


def write_files(corpus):
    for number in range(FILES):
        corpus.write(f"{number:03}.txt", f"harbour word{number} " * 400 + os.urandom(9000).hex())


def whole_after_going_on(corpus):
    """Check that what is there is whole, and that the next start completes it."""
    kept = {one.name: corpus.library.text(one.id) for one in corpus.documents()}
    for name, text in kept.items():
        assert text == (corpus.files / name).read_text()
    with Store.open(corpus.place, writable=False) as store:
        assert store.find_damage(NEVER) == ()
    corpus.upkeep()
    corpus.take()
    assert len(corpus.documents()) == FILES
    assert len(corpus.find("harbour")) == FILES
    assert corpus.find("word77") == ["077.txt"]
    assert corpus.library.failures() == ()
    return len(kept)


@pytest.mark.usefixtures("batches")
def test_library_on_a_disk_that_fills_up(tmp_path):
    with small_disk(tmp_path / "disk", DISK_BYTES) as disk:
        corpus = Corpus(tmp_path)
        corpus.library.close()
        corpus.place = disk / "library"
        corpus.library = Library.open(corpus.place)
        try:
            write_files(corpus)
            corpus.events = FillsUp(disk, 3)
            with pytest.raises(UserError) as caught:
                corpus.take()
            assert caught.value.code == "disk-full"
            assert caught.value.advice
            assert corpus.library.failures() == ()
            corpus.events.make_room()
            assert 30 <= whole_after_going_on(corpus) < FILES
            assert corpus.library.check(NEVER) == ()
        finally:
            corpus.library.close()


@pytest.fixture
def moved_cache(corpus, tmp_path, monkeypatch):
    """Return a function that gives a disk of some bytes, on which the index is from then on."""
    opened = ExitStack()

    def move(size_bytes):
        disk = opened.enter_context(small_disk(tmp_path / "disk", size_bytes))
        patch = opened.enter_context(monkeypatch.context())
        patch.setenv("XDG_CACHE_HOME", str(disk))
        reopen(corpus)
        return disk

    yield move
    opened.close()
    reopen(corpus)
    corpus.upkeep()


def reopen(corpus):
    corpus.library.close()
    corpus.library = Library.open(corpus.place)


@pytest.mark.usefixtures("batches")
def test_index_on_a_disk_that_fills_up(corpus, moved_cache):
    write_files(corpus)
    disk = moved_cache(DISK_BYTES)
    corpus.events = FillsUp(disk, 3)
    with pytest.raises(UserError) as caught:
        corpus.take()
    assert caught.value.code == "disk-full"
    assert caught.value.subject.startswith(str(disk))
    assert corpus.library.failures() == ()
    corpus.events.make_room()
    assert 30 <= whole_after_going_on(corpus) < FILES
    assert corpus.library.check(NEVER) == ()


def test_rebuild_on_a_disk_that_fills_up_leaves_the_texts_alone(corpus, moved_cache):
    write_files(corpus)
    corpus.take()
    disk = moved_cache(DISK_BYTES)
    fill(disk / "filler")
    with pytest.raises(UserError) as caught:
        corpus.upkeep()
    assert caught.value.code == "disk-full"
    assert caught.value.subject.startswith(str(disk))
    assert len(corpus.documents()) == FILES


def test_import_that_cannot_fit_the_disk_of_the_index_does_not_begin(corpus, moved_cache):
    write_files(corpus)
    disk = moved_cache(2_000_000)
    with pytest.raises(UserError) as caught:
        corpus.take()
    assert caught.value.code == "no-space"
    assert caught.value.subject.startswith(str(disk))
    assert corpus.library.status().documents == 0
    assert corpus.library.failures() == ()
