"""Jobs run in order in processes of their own, and their listener hears the end, always."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from incipit.errors import BugError, LibraryUnusable
from incipit.models import JobEvent, JobFinished, JobPhase, JobProgress
from incipit.services.jobs import JobQueue
from incipit.services.tasks import ImportTask, IndexTask
from incipit.store.library_store import Store

_WAIT_S = 60


class Heard:
    """A listener that keeps what it hears and can be waited for."""

    def __init__(self) -> None:
        self.events: list[JobEvent] = []
        self.first = threading.Event()

    def __call__(self, event: JobEvent) -> None:
        self.events.append(event)
        self.first.set()

    @property
    def last(self) -> JobFinished:
        last = self.events[-1]
        assert isinstance(last, JobFinished)
        return last


@pytest.fixture
def queue(tmp_path: Path):
    Store.create(tmp_path / "library").close()
    queue = JobQueue(tmp_path / "library")
    yield queue
    queue.close()


def test_import_runs_in_another_process_and_reports(queue: JobQueue, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("some words")
    heard = Heard()
    job = queue.start(ImportTask((str(tmp_path / "a.txt"),)), heard)
    assert job.wait(_WAIT_S)
    assert job.done
    assert heard.last.report is not None
    assert heard.last.report.added == 1
    assert {event.job_id for event in heard.events} == {job.id}


def test_second_job_waits_for_the_first(queue: JobQueue, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("some words")
    first, second = Heard(), Heard()
    one = queue.start(ImportTask((str(tmp_path / "a.txt"),)), first)
    assert first.first.wait(_WAIT_S)
    two = queue.start(ImportTask((str(tmp_path / "a.txt"),)), second)
    assert second.events[0] == JobProgress(two.id, JobPhase.WAITING)
    assert one.wait(_WAIT_S)
    assert two.wait(_WAIT_S)
    assert second.last.report is not None
    assert second.last.report.unchanged == 1


def test_cancelled_job_ends_with_a_report(queue: JobQueue, tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text("words")
    heard = Heard()
    job = queue.start(ImportTask((str(tmp_path),)), heard)
    job.cancel()
    assert job.wait(_WAIT_S)
    assert heard.last.report is not None
    assert heard.last.report.cancelled


def test_error_of_the_library_is_told_as_it_is(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "nowhere")
    heard = Heard()
    try:
        assert queue.start(IndexTask(), heard).wait(_WAIT_S)
    finally:
        queue.close()
    assert isinstance(heard.last.error, LibraryUnusable)


def test_killed_process_is_told(queue: JobQueue, tmp_path: Path) -> None:
    import multiprocessing

    (tmp_path / "a.txt").write_text("some words")
    heard = Heard()
    job = queue.start(ImportTask((str(tmp_path),)), heard)
    while not (children := multiprocessing.active_children()):
        assert not job.done
    for child in children:
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
    assert job.wait(_WAIT_S)
    assert isinstance(heard.last.error, BugError)


def test_no_job_starts_on_a_closed_queue(queue: JobQueue) -> None:
    queue.close()
    with pytest.raises(BugError):
        queue.start(IndexTask(), Heard())
