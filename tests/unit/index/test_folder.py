"""The index folder: creating, committing, merging, checking, with others at work."""

from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from index_corpora import documents, pending, stored

from incipit.errors import Cancelled, IndexUnusable, LibraryBusy
from incipit.index import folder as folder_module
from incipit.index import inversion, layout, merge_policy, toc
from incipit.index.commits import writing
from incipit.index.folder import IndexFolder
from incipit.index.pending import new_pending_path


@pytest.fixture
def folder(tmp_path):
    return IndexFolder.create(tmp_path / "index", identity="library")


def names(folder):
    return sorted(path.name for path in folder.path.iterdir())


def test_a_new_index_is_empty(folder):
    assert stored(folder) == {}
    assert folder.keys().tolist() == []
    assert folder.keys().dtype == np.int64
    assert folder.generation() == 0
    assert folder.verify() == []
    assert not folder.merge()
    folder.optimise()
    with folder.snapshot() as snapshot, snapshot.searcher() as searcher:
        assert searcher.doc_count() == 0


def test_committed_documents_are_there_for_everybody(folder):
    generation = folder.write(adds=[pending(folder.path, {7: "a b", 5: "c"})])

    other = IndexFolder.open(folder.path, identity="library")
    assert other.generation() == generation == 1
    assert stored(other) == {7: ["a", "b"], 5: ["c"]}
    assert other.keys().tolist() == [5, 7]


def test_added_documents_replace_those_with_their_key(folder):
    folder.write(adds=[pending(folder.path, {1: "old", 2: "stays"})])
    folder.write(adds=[pending(folder.path, {1: "new"})])
    assert stored(folder) == {1: ["new"], 2: ["stays"]}


def test_of_a_key_added_twice_the_last_counts(folder):
    builder = inversion.SegmentBuilder(folder.path)
    for text in ("one", "two"):
        builder.add(1, text)
    first = builder.flush()
    builder.add(2, "three")
    builder.add(3, "four")
    second = builder.flush()
    folder.write(adds=[first, second, pending(folder.path, {2: "five"})])
    assert stored(folder) == {1: ["two"], 2: ["five"], 3: ["four"]}


def test_deleting_and_adding_a_key_at_once_adds_it(folder):
    folder.write(adds=[pending(folder.path, {1: "old"})])
    folder.write(adds=[pending(folder.path, {1: "new"})], deletes=[1, 99])
    assert stored(folder) == {1: ["new"]}
    folder.write(deletes=np.array([1]))
    assert stored(folder) == {}


def test_segments_without_documents_leave_no_file(folder):
    folder.write(adds=[pending(folder.path, {1: "a"}), pending(folder.path, {})])
    assert len([name for name in names(folder) if name.endswith(".cols")]) == 1
    folder.write(deletes=[1])
    assert not [name for name in names(folder) if name.endswith(".cols")]


def test_merging_keeps_documents_and_lowers_the_number_of_segments(folder, monkeypatch):
    monkeypatch.setattr(merge_policy, "FAN_IN", 3)
    texts = {key: f"w{key} w{key % 3}" for key in range(20)}
    steps = 0
    for key, text in texts.items():
        folder.write(adds=[pending(folder.path, {key: text})])
        steps += folder.merge()
    assert steps > 3
    with folder.snapshot() as snapshot:
        assert len(snapshot.segments) < 6
    assert stored(folder) == {key: text.split() for key, text in texts.items()}
    folder.optimise()
    with folder.snapshot() as snapshot:
        assert len(snapshot.segments) == 1
    assert stored(folder) == {key: text.split() for key, text in texts.items()}
    assert folder.verify() == []


def test_65537_documents_stay_in_two_segments(folder, monkeypatch):
    # Rows of a segment are numbered with 16 bits; smaller ones make the same case quickly.
    monkeypatch.setattr(merge_policy, "MAX_ROWS", 8)
    texts = {key: f"w{key}" for key in range(9)}
    for start in (0, 4, 8):
        some = {key: text for key, text in texts.items() if start <= key < start + 4}
        folder.write(adds=[pending(folder.path, some)])
    folder.optimise()
    with folder.snapshot() as snapshot:
        assert sorted(columns.doc_count for columns in snapshot.segments) in ([1, 8], [4, 5])
    assert stored(folder) == {key: [text] for key, text in texts.items()}


def test_what_is_deleted_during_a_merge_stays_deleted(folder, monkeypatch):
    for start in (0, 10):
        folder.write(adds=[pending(folder.path, {start + n: f"w{n}" for n in range(5)})])
    other = IndexFolder.open(folder.path, identity="library")
    merge_segments = folder_module.merge_segments

    def meanwhile(*arguments):
        merged = merge_segments(*arguments)
        other.write(adds=[pending(folder.path, {3: "new"})], deletes=[11])
        return merged

    monkeypatch.setattr(folder_module, "merge_segments", meanwhile)
    assert folder._merge(merge_policy.next_optimisation, None)
    expected = {n: [f"w{n % 10}"] for n in (0, 1, 2, 4, 10, 12, 13, 14)}
    assert stored(folder) == {**expected, 3: ["new"]}


def test_of_two_merges_of_the_same_segments_one_wins(folder, monkeypatch):
    for key in range(3):
        folder.write(adds=[pending(folder.path, {key: "a"})])
    other = IndexFolder.open(folder.path, identity="library")
    merge_segments = folder_module.merge_segments

    def meanwhile(*arguments):
        merged = merge_segments(*arguments)
        monkeypatch.setattr(folder_module, "merge_segments", merge_segments)
        other.optimise()
        return merged

    monkeypatch.setattr(folder_module, "merge_segments", meanwhile)
    folder.optimise()
    assert stored(folder) == {0: ["a"], 1: ["a"], 2: ["a"]}
    assert len([name for name in names(folder) if name.endswith(".cols")]) == 1


def test_a_merge_whose_segments_vanish_looks_again(folder):
    for key in range(3):
        folder.write(adds=[pending(folder.path, {key: "a"})])
    other = IndexFolder.open(folder.path, identity="library")
    choose = merge_policy.next_optimisation

    def meanwhile(sizes):
        other.optimise()
        return choose(sizes)

    assert folder._merge(meanwhile, None), "there was a newer commit"
    assert not folder._merge(choose, None)
    assert stored(folder) == {0: ["a"], 1: ["a"], 2: ["a"]}


def test_a_cancelled_merge_changes_nothing(folder):
    for key in range(3):
        folder.write(adds=[pending(folder.path, {key: "a"})])
    before = names(folder)
    cancel = threading.Event()
    cancel.set()
    for work in (folder.optimise, folder.verify):
        with pytest.raises(Cancelled):
            work(cancel)
    assert names(folder) == before


def test_a_second_writer_is_told_that_another_is_at_work(folder, monkeypatch):
    monkeypatch.setattr(folder_module, "LOCK_TIMEOUT_S", 0.0)
    item = pending(folder.path, {1: "a"})
    with writing(folder.path, 0.0):
        for work in (
            lambda: folder.write(adds=[item]),
            lambda: IndexFolder.create(folder.path, identity="library"),
            folder.delete,
        ):
            with pytest.raises(LibraryBusy, match="Another program"):
                work()
    folder.write(adds=[item])
    assert stored(folder) == {1: ["a"]}


HOLD = """
import sys
from pathlib import Path
from incipit.index.commits import writing
with writing(Path(sys.argv[1]), 0.0):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_holds_between_processes_and_ends_with_them(folder, monkeypatch):
    monkeypatch.setattr(folder_module, "LOCK_TIMEOUT_S", 0.0)
    desktop = str(__import__("pathlib").Path(folder_module.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": desktop},
    ) as child:
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(LibraryBusy):
            folder.write(deletes=[1])
        child.kill()
    folder.write(deletes=[1])


def test_pending_files_of_the_dead_go_with_the_next_commit(folder):
    mine = new_pending_path(folder.path)
    mine.touch()
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    orphan = folder.path / f".pending-{child.pid}-{'0' * 16}.cols"
    orphan.touch()
    folder.write(adds=[pending(folder.path, {1: "a"})])
    assert mine.name in names(folder)
    assert orphan.name not in names(folder)


def test_creating_again_replaces_the_index(folder):
    folder.write(adds=[pending(folder.path, {1: "a"})])
    with folder.snapshot() as before:
        again = IndexFolder.create(folder.path, identity="library")
        assert stored(again) == stored(folder) == {}
        assert again.generation() > 1
        assert before.segments[0].words() == ["a"]


def test_creating_replaces_whatever_stands_there(folder):
    (folder.path / toc.toc_name(2**70)).write_bytes(b"x")
    again = IndexFolder.create(folder.path, identity="library")
    assert stored(again) == {}
    assert again.generation() == 0


def test_an_index_of_another_library_is_refused(folder):
    with pytest.raises(IndexUnusable, match="another library"):
        IndexFolder.open(folder.path, identity="other")


def test_no_index_is_unusable_and_not_an_error_of_the_system(tmp_path):
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(IndexUnusable):
            IndexFolder.open(path, identity="library")
        lost = IndexFolder(path, "library")
        assert lost.generation() == -1
        assert lost.verify() == ["there is no index"]
        for work in (lost.keys, lost.merge, lambda lost=lost: lost.write(deletes=[1])):
            with pytest.raises(IndexUnusable):
                work()


def test_deleting_removes_the_files_and_nothing_else(folder):
    folder.write(adds=[pending(folder.path, {1: "a"})])
    foreign = folder.path / "notes.txt"
    foreign.touch()
    folder.delete()
    assert names(folder) == ["notes.txt"]
    foreign.unlink()
    folder.delete()
    assert not folder.path.exists()
    folder.delete()


def test_readers_keep_up_with_a_writer(folder):
    """Snapshots taken while commits and merges go on are each of one commit."""
    folder.write(adds=[pending(folder.path, {0: "first"})])
    reader = IndexFolder.open(folder.path, identity="library")
    done = threading.Event()
    seen, wrong = set(), []

    def read():
        while not done.is_set():
            with reader.snapshot() as snapshot:
                keys = sorted(k for c in snapshot.segments for k in c.doc_keys.tolist())
                seen.add(snapshot.generation)
                if len(keys) != len(set(keys)) or keys != list(range(len(keys))):
                    wrong.append(keys)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        for key in range(1, 40):
            folder.write(adds=[pending(folder.path, {key: "more"})])
            folder.merge()
    finally:
        done.set()
        thread.join()
    assert wrong == []
    assert len(seen) > 3


class Interleavings(RuleBasedStateMachine):
    """Adds, updates, deletes, merges and reopenings in any order."""

    place = None

    def __init__(self):
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(merge_policy, "FAN_IN", 3)
        for module in (inversion, layout):
            self.patch.setattr(module, "MAX_ROW_TOKENS", 11)
        self.folder = IndexFolder.create(Interleavings.place(), identity="library")
        self.expected = {}

    def teardown(self):
        self.patch.undo()

    @rule(texts=st.dictionaries(st.integers(0, 15), documents, max_size=4))
    def add_or_update(self, texts):
        self.folder.write(adds=[pending(self.folder.path, texts)])
        self.expected |= texts

    @rule(
        first=st.dictionaries(st.integers(0, 15), documents, max_size=3),
        second=st.dictionaries(st.integers(0, 15), documents, max_size=3),
        gone=st.sets(st.integers(0, 15), max_size=5),
    )
    def change_at_once(self, first, second, gone):
        adds = [pending(self.folder.path, first), pending(self.folder.path, second)]
        self.folder.write(adds=adds, deletes=sorted(gone))
        kept = {key: text for key, text in self.expected.items() if key not in gone}
        self.expected = {**kept, **first, **second}

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def delete(self, data):
        gone = data.draw(st.sets(st.sampled_from(sorted(self.expected)), min_size=1))
        self.folder.write(deletes=sorted(gone))
        self.expected = {k: text for k, text in self.expected.items() if k not in gone}

    @rule()
    def merge(self):
        self.folder.merge()

    @rule()
    def optimise(self):
        self.folder.optimise()

    @rule()
    def reopen(self):
        self.folder = IndexFolder.open(self.folder.path, identity="library")

    @invariant()
    def holds_what_was_written(self):
        assert stored(self.folder) == {k: list(text) for k, text in self.expected.items()}
        assert self.folder.keys().tolist() == sorted(self.expected)
        assert self.folder.verify() == []


@pytest.fixture(autouse=True)
def place(tmp_path_factory):
    base = tmp_path_factory.mktemp("machines")
    counter = iter(range(1_000_000))
    Interleavings.place = lambda: base / str(next(counter))


Interleavings.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestInterleavings = Interleavings.TestCase
