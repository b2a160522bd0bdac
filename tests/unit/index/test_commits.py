"""The steps of a commit."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from index_corpora import pending

from incipit.errors import IndexUnusable, LibraryBusy
from incipit.index.commits import (
    LOCK_NAME,
    commit,
    delete_keys,
    install,
    keep_last,
    remove_index,
    replace_merged,
    writing,
)
from incipit.index.segment import ColumnarSegment
from incipit.index.toc import Contents, read_contents


def deleted(segments):
    return [list(segment.deleted_docs()) for segment in segments]


def test_installed_segments_have_their_final_names(tmp_path):
    item = pending(tmp_path, {1: "a", 2: "b"})
    [segment] = install(tmp_path, [item])
    assert segment.doc_count_all() == 2
    assert [path.name for path in tmp_path.iterdir()] == [segment.file_name]
    assert install(tmp_path, []) == []


def test_nothing_of_a_damaged_file_is_installed(tmp_path):
    item = pending(tmp_path, {1: "a"})
    (tmp_path / item.name).write_bytes(b"short")
    with pytest.raises(IndexUnusable):
        install(tmp_path, [item])
    assert [path.name for path in tmp_path.iterdir()] == [item.name]


def test_keys_are_deleted_where_they_are(tmp_path):
    segments = install(tmp_path, [pending(tmp_path, {5: "a", 3: "b"}), pending(tmp_path, {9: "c"})])
    delete_keys(tmp_path, segments, np.array([3, 4, 9]))
    assert deleted(segments) == [[1], [0]]
    delete_keys(tmp_path, segments, np.empty(0, np.int64))
    assert deleted(segments) == [[1], [0]]


def test_of_each_added_key_the_last_document_stays(tmp_path):
    added = install(
        tmp_path,
        [pending(tmp_path, {1: "a", 2: "b"}), pending(tmp_path, {}), pending(tmp_path, {2: "c"})],
    )
    assert keep_last(tmp_path, added).tolist() == [1, 2]
    assert deleted(added) == [[1], [], []]
    assert keep_last(tmp_path, []).size == 0


def test_a_commit_removes_what_it_does_not_name(tmp_path):
    first, second = install(tmp_path, [pending(tmp_path, {1: "a"}), pending(tmp_path, {2: "b"})])
    commit(tmp_path, Contents("x", 1, [first, second]))
    delete_keys(tmp_path, [second], np.array([2]))
    commit(tmp_path, Contents("x", 2, [first, second]))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"_MAIN_2.toc", first.file_name}
    assert [s.segid for s in read_contents(tmp_path).segments] == [first.segid]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to name open files")
def test_what_is_named_is_on_the_disk_before_its_name(tmp_path, monkeypatch):
    """The order that a power cut must not disturb: contents, names of segments, table."""
    events = []
    fsync, replace = os.fsync, Path.replace

    def watched_fsync(descriptor):
        events.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink().name))
        fsync(descriptor)

    def watched_replace(path, target):
        events.append(("rename", target.name))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    item = pending(tmp_path, {1: "a"})
    [segment] = install(tmp_path, [item])
    commit(tmp_path, Contents("x", 1, [segment]))

    assert events == [
        ("sync", item.name),
        ("rename", segment.file_name),
        ("sync", tmp_path.name),
        ("sync", "._MAIN_1.toc.tmp"),
        ("rename", "_MAIN_1.toc"),
        ("sync", tmp_path.name),
    ]


def test_a_merge_that_came_too_late_changes_nothing(tmp_path):
    contents = Contents("x", 4, [ColumnarSegment("a", 1)])
    item = pending(tmp_path, {1: "a"})
    assert not replace_merged(tmp_path, contents, {"gone": None}, item)
    assert (contents.generation, [s.segid for s in contents.segments]) == (4, ["a"])


def test_the_lock_is_held_once_and_set_free(tmp_path):
    with writing(tmp_path, 0.0), pytest.raises(LibraryBusy), writing(tmp_path, 0.0):
        pass
    with pytest.raises(ZeroDivisionError), writing(tmp_path, 0.0):
        _ = 1 / 0
    with writing(tmp_path, 0.0):
        assert (tmp_path / LOCK_NAME).exists()


def test_removing_an_index_leaves_other_files(tmp_path):
    for name in ("_MAIN_3.toc", "MAIN_a.cols", "._MAIN_4.toc.tmp", ".pending-1-0.cols", "mine"):
        (tmp_path / name).touch()
    (tmp_path / "MAIN.tmp").mkdir()
    remove_index(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
