"""Counting how far a job has come, and saying so often enough and not more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from incipit.models import JobEvent, JobPhase, JobProgress

_INTERVAL_S = 0.1


class Progress:
    """The counters of one job; :meth:`tell` emits them at most ten times a second."""

    def __init__(self, job_id: int, emit: Callable[[JobEvent], None]) -> None:
        self.job_id = job_id
        self.files_done = 0
        self.bytes_done = 0
        self.files_total: int | None = None
        self.bytes_total: int | None = None
        self.failed = 0
        self._emit = emit
        self._phase = JobPhase.WAITING
        self._started = time.monotonic()
        self._told = float("-inf")

    @property
    def elapsed_s(self) -> float:
        """Return the seconds since the job began."""
        return time.monotonic() - self._started

    def enter(self, phase: JobPhase) -> None:
        """Go on to ``phase`` and say so at once."""
        self._phase = phase
        self._told = float("-inf")
        self.tell()

    def restart(self, phase: JobPhase, *, files_total: int) -> None:
        """Go on to a phase that counts from nothing again."""
        self.files_done, self.files_total = 0, files_total
        self.bytes_done, self.bytes_total = 0, None
        self.enter(phase)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Say that the work is paused while inside; the time does not count."""
        phase, began = self._phase, time.monotonic()
        self.enter(JobPhase.PAUSED)
        yield
        self._started += time.monotonic() - began
        self.enter(phase)

    def advance(self, files: int, size_bytes: int = 0) -> None:
        """Count more work as done, and say so when it is time."""
        self.files_done += files
        self.bytes_done += size_bytes
        self.tell()

    def tell(self) -> None:
        """Emit the counters unless that was done a moment ago."""
        now = time.monotonic()
        if now - self._told < _INTERVAL_S:
            return
        self._told = now
        self._emit(
            JobProgress(
                job_id=self.job_id,
                phase=self._phase,
                files_done=self.files_done,
                files_total=self.files_total,
                bytes_done=self.bytes_done,
                bytes_total=self.bytes_total,
                elapsed_s=self.elapsed_s,
                failed=self.failed,
            )
        )
