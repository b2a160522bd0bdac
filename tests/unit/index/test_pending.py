"""Pending files: named for their owner, removed when it is gone."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time

import pytest

from incipit.index import pending
from incipit.index.pending import new_pending_path, remove_abandoned, segment_id_of


def ended_process():
    """Return the id of a process that is gone."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def send_path(folder, sender):
    sender.send(new_pending_path(folder).name)


def test_names_do_not_repeat_and_whoosh_leaves_them_alone(tmp_path):
    names = {new_pending_path(tmp_path).name for _ in range(50)}
    assert len(names) == 50
    # Whoosh's clean-up skips what begins with a point.
    assert all(name.startswith(f".pending-{os.getpid()}-") for name in names)
    assert len({segment_id_of(name) for name in names}) == 50


def test_the_owner_of_a_workers_file_is_its_parent(tmp_path):
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=send_path, args=(tmp_path, sender))
    worker.start()
    # Only the worker's own end is left: where it fails, that is read as the end, not awaited.
    sender.close()
    name = receiver.recv()
    worker.join()
    assert name.startswith(f".pending-{os.getpid()}-")
    receiver.close()


def test_files_of_the_dead_go_and_files_of_the_living_stay(tmp_path):
    mine = new_pending_path(tmp_path)
    orphan = tmp_path / f".pending-{ended_process()}-{'0' * 16}.cols"
    kept = tmp_path / f".pending-{ended_process()}-{'1' * 16}.cols"
    other = tmp_path / ".pending-x.cols"
    for path in (mine, orphan, kept, other):
        path.touch()

    assert remove_abandoned(tmp_path, keep=frozenset([kept.name])) == [orphan.name]
    assert {path.name for path in tmp_path.iterdir()} == {mine.name, kept.name, other.name}


def test_a_file_that_nobody_wanted_for_a_day_goes(tmp_path):
    mine = new_pending_path(tmp_path)
    mine.touch()
    long_ago = time.time() - pending._STALE_AFTER_S - 60
    os.utime(mine, (long_ago, long_ago))
    assert remove_abandoned(tmp_path, keep=frozenset()) == [mine.name]


def test_other_names_have_no_segment_id():
    with pytest.raises(ValueError, match="not a pending segment"):
        segment_id_of("MAIN_0.cols")
