"""Documents that lost their files, and files that may be theirs: who is whose."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from incipit.errors import Cancelled
from incipit.store import strays
from incipit.store.records import FileTask, FoundFile, KnownFile
from incipit.store.worklist import Worklist

NEVER = threading.Event()
HASHES = [bytes([number % 251, number // 251]) + bytes(14) for number in range(2_000)]


@pytest.fixture
def work():
    with closing(Worklist()) as made:
        yield made


def known(number, file_hash=b"h" * 16, source_id=1, **there):
    at = {"device": 3, "inode": (1 << 64) - number, "size_bytes": 7, "mtime_ns": 9, **there}
    return KnownFile(
        number, source_id, file_hash=file_hash, encoding="", encoding_chosen=False, **at
    )


def task(number, path, known_hash=None, **there):
    at = {"device": 3, "inode": 77, "size_bytes": 7, "mtime_ns": 9, **there}
    return FileTask(number, 1, path, known_hash=known_hash, **at)


def spare(path):
    return path + "~"


def moves(work):
    return [(one.document_id, one.path, one.put_aside) for one in work.strays.moves(spare)]


def test_marks_are_those_of_all_but_of_what_is_elsewhere(work):
    work.strays.add([("/a", known(1, HASHES[1]))], gone=True)
    work.strays.add([("/b", known(2, HASHES[2]))], gone=False)
    work.strays.add([("/c", known(3, HASHES[3]))], gone=True, elsewhere=True)
    assert [one in work.strays.marks() for one in HASHES[1:4]] == [True, True, False]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, True),
        ({"inode": 4}, False),
        ({"device": 4}, False),
        ({"size_bytes": 8}, False),
        ({"mtime_ns": 8}, False),
    ],
)
def test_file_is_found_by_inode_size_and_time(work, other, found):
    work.strays.add([("/a", known(1))], gone=True)
    work.add_tasks([task(2, "/other", inode=5), task(8, "/b", **{"inode": (1 << 64) - 1, **other})])
    work.strays.find_by_inode(NEVER)
    assert moves(work) == ([(1, "/b", False)] if found else [])
    work.strays.give_back(decided=False)
    assert work.left()[0] == 2 - found


def test_what_is_elsewhere_is_found_under_new_names_only(work):
    work.strays.add([("/a", known(1)), ("/b", known(2))], gone=True, elsewhere=True)
    found = [task(8, "/c", inode=(1 << 64) - 1), task(9, "/d", b"k" * 16, inode=(1 << 64) - 2)]
    work.add_tasks(found)
    work.strays.find_by_inode(NEVER)
    assert moves(work) == [(1, "/c", False)]


def test_inode_of_a_file_system_that_has_none_is_nobodys(work):
    work.strays.add([("/a", known(1, inode=0))], gone=True)
    work.add_tasks([task(8, "/b", inode=0)])
    work.strays.find_by_inode(NEVER)
    assert moves(work) == []


def test_finding_can_be_cancelled(work):
    cancel = threading.Event()
    cancel.set()
    work.add_tasks([task(8, "/b")])
    work.strays.add_found([FoundFile(task(9, "/c"), HASHES[0])])
    for find in (work.strays.find_by_inode, work.strays.find_by_hash):
        with pytest.raises(Cancelled):
            find(cancel)
    work.strays.add([("/a", known(1))], gone=True)
    with pytest.raises(Cancelled):
        list(work.strays.vanished(cancel))


def test_tasks_that_are_given_back_are_what_they_were(work):
    one = task(8, "/b", b"k" * 16, inode=(1 << 64) - 1)
    work.strays.add_found([FoundFile(one, HASHES[0])])
    work.strays.give_back(decided=True)
    (again,) = work.take()
    assert again.decided
    assert FileTask(8, 1, "/b", 7, b"k" * 16, None, 9, 3, (1 << 64) - 1, decided=True) == again


def test_of_equal_strays_the_one_whose_path_ends_most_alike_is_taken(work):
    paths = ("/x/2021/a", "/x/2021/b", "/x/2022/a", "/x/a", "/z")
    work.strays.add([(path, known(at)) for at, path in enumerate(paths)], gone=True)
    wanted = {"/y/2022/a": 2, "/y/2021/a": 0, "/2021/b": 1, "/y/x/a": 3}
    for number, path in enumerate([*wanted, "/q"]):
        work.strays.add_found([FoundFile(task(100 + number, path), b"h" * 16)])
    work.strays.find_by_hash(NEVER)
    assert {path: number for number, path, _ in moves(work)} == {**wanted, "/q": 4}


def test_what_is_gone_is_taken_before_what_may_have_stayed(work):
    work.strays.add([("/x/a", known(1))], gone=False)
    work.strays.add([("/y/b", known(2))], gone=True)
    work.strays.add_found([FoundFile(task(1, "/x/a", b"h" * 16), HASHES[0])])
    work.strays.add_found([FoundFile(task(8, "/z/a"), b"h" * 16)])
    work.strays.find_by_hash(NEVER)
    assert moves(work) == [(2, "/z/a", False)]


def test_ring_longer_than_a_page_is_passed_on_each_to_a_free_place(work):
    count = 3 * strays._PAGE
    hashes = [number.to_bytes(16, "big") for number in range(count)]
    work.strays.add([(f"/{n}", known(n, hashes[n])) for n in range(count)], gone=False)
    work.strays.add_found(
        [FoundFile(task(n, f"/{n}", b"k" * 16), hashes[(n + 1) % count]) for n in range(count)]
    )
    work.strays.find_by_hash(NEVER)
    taken = {f"/{n}": n for n in range(count)}
    at = {number: path for path, number in taken.items()}
    for number, path, _ in moves(work):
        assert path not in taken
        del taken[at[number]]
        taken[path] = number
        at[number] = path
    assert at == {n: f"/{(n - 1) % count}" for n in range(count)}
    assert list(work.strays.vanished(NEVER)) == []


def test_vanished_are_by_path_without_those_that_are_kept(work):
    work.strays.add([("/b", known(1)), ("/a", known(2))], gone=True)
    work.strays.add([("/c", known(3))], gone=False)
    work.strays.add([("/d", known(4, source_id=2))], gone=True)
    assert (work.strays.count(1), work.strays.count(2)) == (3, 1)
    work.strays.keep(2)
    assert [one.path for one in work.strays.vanished(NEVER)] == ["/a", "/b"]
