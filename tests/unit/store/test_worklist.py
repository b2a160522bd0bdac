"""Lists of files that are longer than memory: all come back, each once, in their order."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace

import pytest

from incipit.errors import UserError
from incipit.models import SourceKind
from incipit.store import worklist
from incipit.store.records import FileTask, ScannedFile
from incipit.store.worklist import Worklist


@pytest.fixture
def work():
    with closing(Worklist()) as made:
        yield made


def scanned(name, **options):
    given = {"size_bytes": 7, "mtime_ns": 1 << 60, "device": 3, "inode": (1 << 64) - 5, **options}
    return ScannedFile("/given", SourceKind.FOLDER, f"/given/{name}", **given)


FILES = [
    *(scanned(f"{n}.txt") for n in range(1_201)),
    scanned(os.fsdecode(b"not text \xff.txt"), named=True),
    replace(scanned("x"), source_kind=SourceKind.FILE),
]
TASKS = [FileTask(n, n % 3, f"/given/{n}", n, bytes([n % 256]), "big5") for n in range(1_201)]
TASKS += [FileTask(2_000, 1, os.fsdecode(b"/\xff"))]
TASKS += [FileTask(2_001, 1, "/2", 3, None, None, 1 << 60, 8, (1 << 64) - 5, True, True)]


def test_files_come_back_as_they_were(work):
    work.add_files(FILES[:2])
    work.add_files(FILES[2:])

    assert [file for some in work.files() for file in some] == FILES


def test_time_beyond_what_the_library_can_hold_is_the_last(work):
    work.add_files([scanned("a", mtime_ns=(1 << 63) + 5)])

    assert [file.mtime_ns for some in work.files() for file in some] == [(1 << 63) - 1]


def test_doubtful_tasks_are_counted_and_forgotten(work):
    work.add_tasks(TASKS)

    assert work.drop_doubtful() == (1, 3)
    assert list(work.take()) == TASKS[:-1]


def test_what_was_met_is_known(work):
    work.add_files(FILES[:3])
    work.note(["/given/failed", os.fsdecode(b"/\xff"), "/given/failed"])

    assert work.met(["/given/1.txt", "/given/failed", os.fsdecode(b"/\xff"), "/given/1"]) == {
        "/given/1.txt",
        "/given/failed",
        os.fsdecode(b"/\xff"),
    }


def test_folder_knows_whether_anything_was_met_in_it(work):
    work.note(["/a/b/c.txt", "/ab.txt", os.fsdecode(b"/\xff/x")])
    for folder, met in (("/a", True), ("/a/b", True), ("/a/b/c.txt", False), ("/", True)):
        assert work.met_below(folder) is met
    assert work.met_below(os.fsdecode(b"/\xff"))
    assert not work.met_below("/ab")


def test_each_task_is_taken_once_and_late_ones_come_last(work):
    work.add_tasks(TASKS)
    assert work.left() == (len(TASKS), sum(task.size_bytes for task in TASKS))
    taking = work.take()
    first = [next(taking) for _ in range(700)]
    late = FileTask(3_000, 1, "/late", 5)
    work.add_tasks([late])
    rest = list(taking)

    assert [*first, *rest] == [*TASKS, late]
    assert work.left() == (0, 0)
    work.add_tasks([late])
    assert work.left() == (1, 5)
    assert list(work.take()) == [late]


def test_a_full_disk_is_told_as_such(work):
    work._db.execute("PRAGMA max_page_count = 40")

    with pytest.raises(UserError, match="disk is full") as caught:
        work.add_tasks(TASKS * 20)
    assert caught.value.code == "disk-full"


def test_little_stays_in_memory(work):
    pages = work._db.execute("PRAGMA cache_size").fetchone()[0]

    assert abs(pages) <= 4_000  # KiB, as it is negative; the rest is in a file.
    assert work._db.execute("PRAGMA temp_store").fetchone()[0] == 0
    assert worklist._PAGE <= 1_000
