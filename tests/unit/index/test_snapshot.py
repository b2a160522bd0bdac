"""Snapshots stay as they were, and tell damage from mistakes."""

from __future__ import annotations

import gc
import weakref

import pytest
from index_corpora import pending
from whoosh import query as wq

from incipit.errors import BugError, Cancelled, IndexUnusable
from incipit.index import lexicon_runs
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder


@pytest.fixture
def folder(tmp_path):
    folder = IndexFolder.create(tmp_path / "index", identity="x")
    folder.write(adds=[pending(folder.path, {1: "alpha beta", 2: "beta"})])
    return folder


def column_files(folder):
    return sorted(folder.path.glob("MAIN_*.cols"))


def test_a_snapshot_does_not_see_later_commits(folder):
    with folder.snapshot() as before:
        folder.write(adds=[pending(folder.path, {3: "gamma"})], deletes=[1])
        folder.optimise()
        with folder.snapshot() as after:
            assert (before.doc_count, after.doc_count) == (2, 2)
            assert before.generation < after.generation
            assert before.segments[0].doc_keys.tolist() == [1, 2]
            assert before.segments[0].words() == ["alpha", "beta"]
            assert before.segments[0].live is None
            assert after.segments[0].words() == ["beta", "gamma"]
        with before.searcher() as searcher:
            found = searcher.search(wq.Term("content", "alpha"))
            assert [hit["key"] for hit in found] == [1]


def test_segments_that_stay_are_the_same_objects(folder):
    first = folder.snapshot().segments
    assert folder.snapshot().segments[0] is first[0]
    folder.write(adds=[pending(folder.path, {3: "gamma"})])
    second = folder.snapshot().segments
    assert second[0] is first[0]
    folder.write(deletes=[1])
    third = folder.snapshot().segments
    assert third[0].live.tolist() == [False, True]
    assert third[1] is second[1]
    assert folder.snapshot().segments[0] is third[0]


def test_files_are_let_go_with_the_last_snapshot(folder):
    snapshot = folder.snapshot()
    snapshot.segments[0].positions(0)
    files = [weakref.ref(columns.source) for columns in snapshot.segments]
    gc.disable()
    try:
        folder.write(adds=[pending(folder.path, {3: "gamma"})])
        folder.optimise()
        folder.snapshot().close()
        assert files[0]() is not None
        snapshot.close()
        assert files[0]() is None, "a circle of references keeps the space on the disk taken"
    finally:
        gc.enable()


def test_searchers_share_the_open_files(folder):
    with folder.snapshot() as snapshot, snapshot.searcher() as one, snapshot.searcher() as other:
        for path in column_files(folder):
            path.unlink()
        for searcher in (one, other):
            assert searcher.doc_count() == 2
            assert [h["key"] for h in searcher.search(wq.Term("content", "alpha"))] == [1]


def test_a_second_text_field_is_searched_and_merged(tmp_path):
    fields = ("content", "title")
    folder = IndexFolder.create(tmp_path / "index", identity="x", fields=fields)
    for key, title in enumerate(["alpha", "beta alpha", ""]):
        builder = SegmentBuilder(folder.path, fields)
        builder.add(key, f"text {key}", {"title": title})
        folder.write(adds=[builder.flush()])
    for _ in range(2):
        with folder.snapshot() as snapshot, snapshot.searcher() as searcher:
            found = searcher.search(wq.Term("title", "alpha"))
            assert sorted(hit["key"] for hit in found) == [0, 1]
            assert len(searcher.search(wq.Term("content", "alpha"))) == 0
            words = {w for columns in snapshot.columns_of("title") for w in columns.words()}
            assert words == {"alpha", "beta"}
        folder.optimise()
    with folder.snapshot() as snapshot:
        assert len(snapshot.segments) == 1


def test_segments_with_other_fields_than_the_index_are_refused(folder):
    builder = SegmentBuilder(folder.path, ("content", "title"))
    builder.add(9, "a")
    with pytest.raises(BugError, match="other text fields"):
        folder.write(adds=[builder.flush()])
    assert folder.keys().tolist() == [1, 2]
    with folder.snapshot() as snapshot, pytest.raises(IndexUnusable):
        snapshot.columns_of("title")


def test_a_failure_on_sound_files_is_a_mistake(folder):
    with folder.snapshot() as snapshot:
        with pytest.raises(IndexError), snapshot.guarded():
            snapshot.segments[0].doc_keys[99]
        with pytest.raises(Cancelled), snapshot.guarded():
            raise Cancelled


def test_a_failure_on_damaged_files_is_damage(folder):
    [path] = column_files(folder)
    data = bytearray(path.read_bytes())
    with folder.snapshot() as snapshot:
        place = data.index(snapshot.segments[0].source.column("content/words").tobytes())
        with path.open("r+b") as file:
            file.seek(place)
            file.write(b"X")
        with pytest.raises(IndexUnusable, match="words"), snapshot.guarded():
            raise IndexError
        assert len(snapshot.verify()) == 1


def test_words_of_all_segments_come_in_runs_of_the_alphabet(folder, monkeypatch):
    monkeypatch.setattr(lexicon_runs, "_WORDS_AT_ONCE", 2)
    monkeypatch.setattr(lexicon_runs, "_LEAST_OF_ONE", 1)
    folder.write(adds=[pending(folder.path, {3: "beta gamma beta"})])
    with folder.snapshot() as snapshot:
        runs = list(snapshot.word_runs())
    assert [[(words, counts.tolist()) for words, counts in run] for run in runs] == [
        [(["alpha"], [1]), ([], [])],
        [(["beta"], [2]), (["beta"], [1])],
        [([], []), (["gamma"], [1])],
    ]
