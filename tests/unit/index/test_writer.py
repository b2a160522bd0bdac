"""Whoosh's writer interface over the index folder."""

from __future__ import annotations

import pytest
from index_corpora import pending, stored
from whoosh import query as wq
from whoosh.fields import UnknownFieldError
from whoosh.index import LockError, open_dir
from whoosh.writing import AsyncWriter, BufferedWriter, IndexingError

from incipit.errors import IndexUnusable
from incipit.index import inversion
from incipit.index.folder import IndexFolder
from incipit.index.writer import ColumnarIndex


@pytest.fixture
def folder(tmp_path):
    return IndexFolder.create(tmp_path / "index", identity="library")


@pytest.fixture
def index(folder):
    return ColumnarIndex(folder)


def test_documents_are_added_updated_and_deleted(index, folder):
    with index.writer() as writer:
        for key in range(6):
            writer.add_document(key=key, content=f"hello w{key}")
    writer = index.writer()
    writer.update_document(key=3, content="The S-400")
    writer.delete_by_term("content", "w5")
    writer.delete_by_query(wq.Term("content", "w0"))
    assert len(stored(folder)) == 6, "nothing shows before the commit"
    writer.commit()

    expected = {1: ["hello", "w1"], 2: ["hello", "w2"], 4: ["hello", "w4"], 3: ["the", "s", "400"]}
    assert stored(folder) == expected
    with index.searcher() as searcher:
        found = searcher.search(wq.Phrase("content", ["s", "400"]))
        assert [hit["key"] for hit in found] == [3]
    assert folder.verify() == []
    assert open_dir(str(folder.path)).doc_count() == index.doc_count() == 4


def test_a_refreshed_searcher_sees_the_last_commit(index, folder):
    folder.write(adds=[pending(folder.path, {1: "a", 2: "a"})])
    searcher = index.searcher()
    folder.write(adds=[pending(folder.path, {3: "a"})], deletes=[1])
    assert not searcher.up_to_date()
    with searcher.refresh() as fresh:
        hits = fresh.search(wq.Term("content", "a"))
        assert sorted(hit["key"] for hit in hits) == [2, 3]
        assert fresh.up_to_date()


def test_a_key_added_twice_counts_once(index, folder):
    with index.writer() as writer:
        writer.add_document(key=1, content="one")
        writer.add_document(key=1, content="two")
    assert stored(folder) == {1: ["two"]}


def test_many_documents_become_several_segments(index, folder, monkeypatch):
    monkeypatch.setattr(inversion, "FULL_TOKENS", 10)
    writer = index.writer()
    for key in range(20):
        writer.add_document(key=key, content=["w"] * 3)
    writer.commit()
    assert len(stored(folder)) == 20
    with folder.snapshot() as snapshot:
        assert len(snapshot.segments) == 5
    index.optimize()
    with folder.snapshot() as snapshot:
        assert len(snapshot.segments) == 1


def test_a_commit_can_optimise(index, folder):
    for key in range(3):
        writer = index.writer()
        writer.add_document(key=key, content="a")
        writer.commit(optimize=key == 2)
    with folder.snapshot() as snapshot:
        assert len(snapshot.segments) == 1


def test_a_cancelled_writer_leaves_nothing(index, folder, monkeypatch):
    monkeypatch.setattr(inversion, "FULL_TOKENS", 2)
    before = sorted(path.name for path in folder.path.iterdir())
    writer = index.writer()
    for key in range(5):
        writer.add_document(key=key, content="a b")
    writer.cancel()
    after = sorted(path.name for path in folder.path.iterdir())
    assert [name for name in after if name != "MAIN_WRITELOCK"] == [
        name for name in before if name != "MAIN_WRITELOCK"
    ]


def test_what_the_index_cannot_keep_is_refused(index):
    writer = index.writer()
    for fields in ({"content": "no key"}, {"key": 1, "content": "x", "_content_boost": 2.0}):
        with pytest.raises(IndexingError, match="keeps a key and texts"):
            writer.add_document(**fields)
    with pytest.raises(UnknownFieldError):
        writer.add_document(key=1, title="x")
    with pytest.raises(IndexingError, match="merged by the index folder"):
        writer.commit(mergetype=lambda writer, segments: segments)  # noqa: ARG005
    writer.cancel()
    with pytest.raises(IndexingError):
        writer.add_document(key=1, content="closed")
    with pytest.raises(TypeError, match="codec"):
        index.writer(codec=None)


def test_one_writer_at_a_time(index, folder):
    with index.writer() as writer:
        with pytest.raises(LockError):
            index.writer()
        writer.add_document(key=1, content="a")
    waiting = AsyncWriter(index)
    waiting.add_document(key=2, content="b")
    waiting.commit()
    waiting.wait()
    assert stored(folder) == {1: ["a"], 2: ["b"]}


def test_a_failed_commit_sets_the_lock_free_and_changes_nothing(index, folder):
    writer = index.writer()
    writer.add_document(key=1, content="a")
    writer.generation = 0  # A table of contents that exists already.
    with pytest.raises(FileExistsError):
        writer.commit()
    assert stored(folder) == {}
    with index.writer() as again:
        again.add_document(key=2, content="b")
    assert stored(folder) == {2: ["b"]}


def test_buffered_documents_arrive(index, folder):
    writer = BufferedWriter(index, period=None, limit=3)
    for key in range(7):
        writer.add_document(key=key, content=f"w{key}")
    with writer.searcher() as searcher:
        assert searcher.doc_count() == 7
    writer.close()
    assert stored(folder) == {key: [f"w{key}"] for key in range(7)}


def test_an_unusable_index_is_refused_before_its_pickle_is_read(folder):
    path = folder.path / "_MAIN_0.toc"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(IndexUnusable):
        ColumnarIndex(folder)
