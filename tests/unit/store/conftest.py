"""A library on the disk, and short ways to put documents into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from incipit.models import FailedFile, SourceKind, TitleKind
from incipit.store.contents import file_hash, pack_original, text_hash
from incipit.store.library_store import Store
from incipit.store.records import NewDocument

ROOT = Path(os.sep).absolute()


def place(*names):
    """Return an absolute path for a file that need not exist."""
    return str(ROOT.joinpath(*names))


def record(document_id, source_id, path, text, **more):
    values = {
        "id": document_id,
        "source_id": source_id,
        "path": path,
        "file_hash": file_hash(text.encode()),
        "text": text,
        "text_hash": text_hash(text),
        "encoding": "utf-8",
        "size_bytes": len(text.encode()),
        "mtime_ns": 1_700_000_000_000_000_000,
        "title": text[:20],
        "title_kind": TitleKind.INCIPIT,
        "token_count": len(text.split()),
    }
    return NewDocument(**(values | more))


class Corpus:
    """Documents under one source of a store."""

    def __init__(self, store, folder="corpus"):
        self.store = store
        self.folder = place(folder)
        self.source = store.add_source(self.folder, SourceKind.FOLDER)

    def path(self, name):
        return str(Path(self.folder, name))

    def record(self, name, text, **more):
        document_id = more.pop("id", None) or self.store.reserve_ids(1)[0]
        return record(document_id, self.source.id, self.path(name), text, **more)

    def add(self, name, text="some words", **more):
        """Store one document and return its id."""
        new = self.record(name, text, **more)
        self.store.write_batch([new])
        return new.id

    def add_all(self, *names):
        """Store documents with texts of their own and return their ids."""
        records = [self.record(name, f"the text of {name}") for name in names]
        self.store.write_batch(records)
        return [new.id for new in records]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "library"


@pytest.fixture
def store(folder):
    with Store.create(folder) as opened:
        yield opened


@pytest.fixture
def corpus(store):
    return Corpus(store)


@pytest.fixture
def index_settled(store):
    """Return a function that empties the index queue, as an index that caught up does."""

    def settle():
        store.queue_done(store.take_queue(1_000_000))

    return settle


@pytest.fixture
def everything(store, corpus):
    """Return the store with rows in every table."""
    ids = corpus.add_all("a", "b", "c", "d")
    kept = {"original": pack_original(b"e"), "file_hash": file_hash(b"e"), "size_bytes": 1}
    corpus.add("e", "an original", device=3, inode=(1 << 64) - 1, **kept)
    store.record_failures([FailedFile(corpus.path("f"), "binary", "reason", "advice")])
    store.change_tags(ids, ["tag", "Étiquette"], [])
    store.remember_position(ids[0], 3)
    store.remember_search("query")
    store.save_search("name", "other query")
    store.remove(ids[2:3])
    store.remove_source(Corpus(store, "removed").source.id)
    store.begin_import((corpus.folder,), other_files=False, limit_bytes=9)
    return store
