"""Long work on a library, one job at a time, in a process of its own.

The window must never wait for an import, so the import runs in a child process (started fresh,
which works everywhere, also frozen) and tells over a pipe how it goes. :class:`JobQueue` starts
the jobs in order, hands their events to a listener on a thread of its own, and turns a child
that died into an error that says so. The command line calls :func:`tasks.run` without a child.
"""

from __future__ import annotations

import itertools
import multiprocessing
import threading
import traceback
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from incipit.errors import BugError, IncipitError
from incipit.models import JobEvent, JobFinished, JobPhase, JobProgress
from incipit.services import tasks
from incipit.services.children import one_matrix_thread
from incipit.services.control import JobControl
from incipit.services.priority import give_way

Listener = Callable[[JobEvent], None]

_ORDERS = ("cancel", "stop", "pause", "resume")
_CLOSE_TIMEOUT_S = 10.0


class Job:
    """One piece of work: wait for it, ask whether it is done, cancel it. Any thread may."""

    def __init__(self, number: int, task: tasks.Task, listener: Listener) -> None:
        self.id = number
        self.task = task
        self.listener = listener
        self._orders: list[str] = []
        self._finished = threading.Event()
        self._pipe: Connection | None = None
        self._guard = threading.Lock()

    @property
    def done(self) -> bool:
        """Return whether the last event has been handed over."""
        return self._finished.is_set()

    def cancel(self) -> None:
        """Ask the job to end soon, keeping what was committed; returns at once."""
        self._order("cancel")

    def stop(self) -> None:
        """Ask the job to end soon, to be taken up again when the library opens next."""
        self._order("stop")

    def pause(self) -> None:
        """Ask the job to hold at its next step."""
        self._order("pause")

    def resume(self) -> None:
        """Let a paused job go on."""
        self._order("resume")

    def _order(self, order: str) -> None:
        with self._guard:
            self._orders.append(order)
            if self._pipe is not None:
                _send(self._pipe, order)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end of the job and return whether it came."""
        return self._finished.wait(timeout_s)

    def run(self, library: Path) -> None:
        """Run the job to its end in a child process; called by the queue's thread."""
        try:
            last = self._run_child(library)
        except Exception as problem:  # noqa: BLE001 - whatever broke, the listener must hear of it
            last = JobFinished(self.id, error=problem)
        try:
            self.listener(last)
        finally:
            self._finished.set()

    def _run_child(self, library: Path) -> JobFinished:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(
            target=_child_main, args=(theirs, library, self.task, self.id), name="incipit-job"
        )
        with one_matrix_thread():
            child.start()
        theirs.close()
        with self._guard:
            self._pipe = ours
            for order in self._orders:
                _send(ours, order)
        try:
            return self._relay(ours)
        finally:
            with self._guard:
                self._pipe = None
            ours.close()
            child.join()
            child.close()

    def _relay(self, pipe: Connection) -> JobFinished:
        while True:
            try:
                event = pipe.recv()
            except (EOFError, OSError):
                return JobFinished(
                    self.id,
                    error=BugError(
                        "The importing process ended without a word. All that it had reported "
                        "is kept; the rest is taken up again when the library opens next."
                    ),
                )
            if isinstance(event, JobFinished):
                return event
            self.listener(event)


class JobQueue:
    """Runs the jobs of one library in the order in which they came."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._numbers = itertools.count(1)
        self._waiting: deque[Job] = deque()
        self._current: Job | None = None
        self._closed = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self, task: tasks.Task, listener: Listener) -> Job:
        """Queue ``task`` and return its job at once; ``listener`` is called from a thread."""
        job = Job(next(self._numbers), task, listener)
        with self._changed:
            if self._closed:
                raise BugError("a job was started on a closed library")
            waits = self._current is not None
            self._waiting.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="incipit-jobs")
                self._thread.start()
            self._changed.notify_all()
        if waits:
            listener(JobProgress(job.id, JobPhase.WAITING))
        return job

    def busy(self) -> bool:
        """Return whether a job runs or waits."""
        with self._changed:
            return self._current is not None or bool(self._waiting)

    def holds(self, kind: type[tasks.Task]) -> bool:
        """Return whether a job of this kind of task runs or waits."""
        with self._changed:
            jobs = [*self._waiting, *([self._current] if self._current else [])]
        return any(isinstance(job.task, kind) for job in jobs)

    def close(self) -> None:
        """Stop all jobs, let the commit in hand finish, and end the thread."""
        with self._changed:
            self._closed = True
            for job in self._waiting:
                job.stop()
            if self._current is not None:
                self._current.stop()
            self._changed.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CLOSE_TIMEOUT_S)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if not self._waiting:
                    return
                job = self._current = self._waiting.popleft()
            try:
                job.run(self._library)
            finally:
                with self._changed:
                    self._current = None


def _child_main(pipe: Connection, library: Path, task: tasks.Task, job_id: int) -> None:
    """Run ``task`` in this child process, sending its events and listening for orders."""
    give_way()
    control = JobControl()
    sending = threading.Lock()

    def listen() -> None:
        # A closed pipe means that the window is gone: finish the commit in hand and stop.
        try:
            while (order := pipe.recv()) in _ORDERS:
                getattr(control, order)()
        except (EOFError, OSError):
            control.stop()

    def emit(event: JobEvent) -> None:
        with sending:
            _send(pipe, event)

    threading.Thread(target=listen, name="incipit-orders", daemon=True).start()
    try:
        emit(JobFinished(job_id, report=tasks.run(library, task, job_id, emit, control)))
    except Exception as problem:  # noqa: BLE001 - the parent must hear of whatever broke
        emit(JobFinished(job_id, error=_portable(problem)))


def _portable(problem: Exception) -> Exception:
    """Return ``problem`` in a form that survives pickling, with its traceback where it is ours."""
    if isinstance(problem, IncipitError) and not isinstance(problem, BugError):
        return problem
    return BugError("".join(traceback.format_exception(problem)))


def _send(pipe: Connection, message: object) -> None:
    try:
        pipe.send(message)
    except (BrokenPipeError, OSError):
        return  # nobody listens any more
