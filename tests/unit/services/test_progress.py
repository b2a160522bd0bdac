"""Progress is told at once when the phase changes, and not more often than can be seen."""

from __future__ import annotations

from incipit.models import JobEvent, JobPhase, JobProgress
from incipit.services.progress import Progress


def test_a_thousand_files_are_told_in_few_events() -> None:
    told: list[JobEvent] = []
    progress = Progress(7, told.append)
    progress.files_total = 1000
    progress.enter(JobPhase.IMPORTING)
    for _ in range(1000):
        progress.advance(1, 10)
    assert 1 <= len(told) < 100
    progress.enter(JobPhase.NAMING)
    last = told[-1]
    assert isinstance(last, JobProgress)
    assert (last.job_id, last.phase) == (7, JobPhase.NAMING)
    assert (last.files_done, last.bytes_done, last.files_total) == (1000, 10_000, 1000)


def test_a_phase_that_restarts_counts_from_nothing() -> None:
    told: list[JobEvent] = []
    progress = Progress(1, told.append)
    progress.advance(5, 50)
    progress.restart(JobPhase.INDEXING, files_total=3)
    last = told[-1]
    assert isinstance(last, JobProgress)
    assert (last.files_done, last.files_total, last.bytes_done) == (0, 3, 0)
    assert last.bytes_total is None
