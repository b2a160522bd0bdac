"""Worker processes: every task has a result, one dies alone, and a cancel ends them soon."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from incipit.errors import Cancelled, UserError
from incipit.services.priority import give_way
from incipit.services.workers import Workers, stopped

Numbers = tuple[int, ...]
_DEADLY = -1


def total(numbers: Numbers) -> int:
    if _DEADLY in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return sum(numbers)


def work_until_stopped(numbers: Numbers) -> int:
    while not stopped():
        time.sleep(0.001)
    return sum(numbers)


def work_on_unasked(marker: tuple[str, ...]) -> int:
    Path(marker[0] + ".begun").touch()
    time.sleep(20)
    Path(marker[0] + ".ended").touch()
    return 0


def fail(_numbers: Numbers) -> int:
    raise ValueError("a worker's own error")


def policy(_numbers: Numbers) -> int:
    return os.sched_getscheduler(0)


def policy_of_a_worker(*, behind_a_window: bool) -> int:
    if behind_a_window:
        give_way()
    return next(workers(policy, threading.Event()).run([(1,)]))


def workers(function, cancel: threading.Event) -> Workers[Numbers, int]:
    return Workers(function, split=halves, lost=lambda _: -1000, cancel=cancel, count=2)


def halves(numbers: Numbers) -> tuple[Numbers, ...]:
    middle = len(numbers) // 2
    return (numbers[:middle], numbers[middle:]) if middle else ()


def test_every_task_has_its_result() -> None:
    tasks = [(number, number) for number in range(20)]
    assert sorted(workers(total, threading.Event()).run(tasks)) == list(range(0, 40, 2))


def test_task_that_kills_its_process_is_found_and_the_rest_is_done() -> None:
    tasks = [(1, 2, 3), (10, 20, _DEADLY, 30), (100,)]
    results = list(workers(total, threading.Event()).run(tasks))
    assert results.count(-1000) == 1
    assert sum(results) == 1 + 2 + 3 + 10 + 20 + 30 + 100 - 1000


@pytest.fixture
def processes_that_end_at_once(tmp_path: Path) -> Iterator[None]:
    short_lived = tmp_path / "python"
    short_lived.write_text("#!/bin/sh\nexit 1\n")
    short_lived.chmod(0o755)
    multiprocessing.set_executable(str(short_lived))
    yield
    multiprocessing.set_executable(sys.executable)


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for the interpreter")
@pytest.mark.usefixtures("processes_that_end_at_once")
def test_processes_that_never_begin_are_no_fault_of_a_task() -> None:
    with pytest.raises(UserError) as told:
        list(workers(total, threading.Event()).run([(1, 2, 3, 4), (5,)]))
    assert told.value.code == "workers"
    # The last may be about to end, or another thread to notice it: what matters is that it does.
    give_up_at = time.monotonic() + 30
    while multiprocessing.active_children():
        assert time.monotonic() < give_up_at
        time.sleep(0.001)


def test_error_of_a_task_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="own error"):
        list(workers(fail, threading.Event()).run([(1,)]))


def test_cancel_ends_workers_that_ask() -> None:
    cancel = threading.Event()
    run = workers(work_until_stopped, cancel).run([(1,), (2,), (3,)])
    threading.Timer(0.3, cancel.set).start()
    with pytest.raises(Cancelled):
        next(run)
    assert multiprocessing.active_children() == []


def test_cancel_ends_workers_that_do_not_ask(tmp_path: Path) -> None:
    cancel = threading.Event()
    whole = Workers(work_on_unasked, split=lambda _: (), lost=lambda _: 0, cancel=cancel, count=1)

    def cancel_when_begun() -> None:
        while not (tmp_path / "a.begun").exists():
            time.sleep(0.001)
        cancel.set()

    threading.Thread(target=cancel_when_begun).start()
    with pytest.raises(Cancelled):
        next(whole.run([(str(tmp_path / "a"),)]))
    assert multiprocessing.active_children() == []
    assert not (tmp_path / "a.ended").exists()


def test_tasks_are_taken_only_as_workers_become_free() -> None:
    taken: list[int] = []

    def tasks():
        for number in range(50):
            taken.append(number)
            yield (number,)

    run = workers(total, threading.Event()).run(tasks())
    next(run)
    assert len(taken) < 10
    run.close()


def report_and_wait(_numbers: Numbers) -> int:
    sys.stdout.write("working\n")
    sys.stdout.flush()
    time.sleep(3600)
    return 0


_PARENT = """
import os, sys, threading, time
sys.path.insert(0, sys.argv[1])
import test_workers
if __name__ == "__main__":
    run = test_workers.workers(test_workers.report_and_wait, threading.Event()).run([(1,)])
    next(run)
"""


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    with subprocess.Popen(
        [sys.executable, str(script), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"working\n"
        parent.kill()
        # The worker holds the other end of the pipe: end of file is the worker's end.
        assert parent.communicate(timeout=60)[0] == b""


@pytest.mark.parametrize("here", [True, False])
def test_results_that_nobody_wants_any_more_leave_no_process(here: bool) -> None:
    before = set(multiprocessing.active_children())
    pool = workers(total, threading.Event())
    with pool.results([(number,) for number in range(50)], here=here) as results:
        next(results)
    # The results are still held, as a report of an error may hold them for long.
    assert next(results, None) is None
    assert set(multiprocessing.active_children()) <= before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has times that nobody wants")
@pytest.mark.parametrize("behind_a_window", [True, False])
def test_workers_of_what_gives_way_to_a_window_take_what_is_left(behind_a_window: bool) -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = pool.submit(policy_of_a_worker, behind_a_window=behind_a_window).result()
    assert found == (os.SCHED_IDLE if behind_a_window else os.SCHED_OTHER)
