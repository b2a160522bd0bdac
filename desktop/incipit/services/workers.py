"""Worker processes: bounded, cancellable, and able to lose one of themselves.

Tasks are handed out as workers become free, a few ahead; results come back as they are done.
When a process dies (killed for memory, or by a file that breaks a library in C) the tasks in
flight are tried again one at a time and in ever smaller halves, until the one that kills is
found and given to the caller as such. Where processes die that have nothing to do, it is no
task's fault, and said.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait as wait_for_handles
from multiprocessing.synchronize import Event as ProcessEvent
from typing import Generic, TypeVar

from incipit.errors import Cancelled, UserError
from incipit.models import CancelToken
from incipit.services.children import one_matrix_thread
from incipit.services.priority import gives_way, take_what_is_left

Work = TypeVar("Work")
Result = TypeVar("Result")
Answer = TypeVar("Answer")

_AHEAD = 2
_POLL_S = 0.1
_MOST = 4
_BYTES_AT_ONCE = 18 << 20
#: What does not ask whether to stop (a sort, a long file being decoded) is ended after so long.
_GRACE_S = 0.3

_stop: ProcessEvent | None = None


def worker_count() -> int:
    """Return how many processes work at once; more would only wait for the one that writes."""
    return min(os.cpu_count() or 1, _MOST)


def batch_bytes() -> int:
    """Return how many bytes of text one batch may have, so that all workers stay in bounds.

    A worker takes 35 MB by itself and six to seven times the text of its batch, where that is in
    four bytes a character ten times; the process that writes, at the most, as much again.
    """
    return _BYTES_AT_ONCE // worker_count()


class Workers(Generic[Work, Result]):
    """Runs ``function`` over tasks in ``count`` spawned processes.

    ``split`` halves a task, or returns the empty tuple for one that cannot be halved;
    ``lost`` gives the result that stands for a task that ended its process. ``function`` must
    be importable by its name, and may ask :func:`stopped` whether to give up early; where it
    does not in time its process ends, so what it leaves half done must do no harm.
    """

    def __init__(
        self,
        function: Callable[[Work], Result],
        *,
        split: Callable[[Work], tuple[Work, ...]],
        lost: Callable[[Work], Result],
        cancel: CancelToken,
        count: int | None = None,
    ) -> None:
        self._function = function
        self._split = split
        self._lost = lost
        self._cancel = cancel
        self._count = count or worker_count()
        self._stop: ProcessEvent | None = None
        self._pool: ProcessPoolExecutor | None = None
        self._has_worked = False

    def run(self, tasks: Iterable[Work]) -> Generator[Result, None, None]:
        """Yield the result of every task, in the order in which they are done.

        Raises: Cancelled; UserError with code ``workers`` where no process stays alive; whatever
        ``function`` raises.
        """
        pending = iter(tasks)
        flying: dict[Future[Result], Work] = {}
        suspects: deque[Work] = deque()
        try:
            while True:
                self._check_cancel()
                self._launch(pending, flying, suspects)
                if not flying:
                    if suspects:
                        yield from self._try_alone(suspects)
                        continue
                    return
                done, _ = wait(flying, timeout=_POLL_S, return_when=FIRST_COMPLETED)
                for future in done:
                    task = flying.pop(future)
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        # The others in flight end the same way and follow.
                        suspects.append(task)
                        self._drop_pool()
                        continue
                    self._has_worked = True
                    yield result
        finally:
            self.close(abandon=bool(flying))

    @contextmanager
    def results(self, tasks: Iterable[Work], *, here: bool = False) -> Iterator[Iterator[Result]]:
        """Yield what :meth:`run` yields; however the block ends, no process is left behind.

        With ``here`` the work is done in this process, one task after the other.
        """
        yielded = (self._function(task) for task in tasks) if here else self.run(tasks)
        with closing(yielded):
            yield yielded

    def close(self, *, abandon: bool = False) -> None:
        """End the processes; with ``abandon`` the tasks in flight give up."""
        if abandon and self._stop is not None:
            self._stop.set()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        self._stop = None

    def _launch(
        self, pending: Iterator[Work], flying: dict[Future[Result], Work], suspects: deque[Work]
    ) -> None:
        while not suspects and len(flying) < self._count + _AHEAD:
            try:
                task = next(pending)
            except StopIteration:
                return
            try:
                flying[self._submit(self._function, task)] = task
            except BrokenProcessPool:
                suspects.append(task)
                self._drop_pool()

    def _try_alone(self, suspects: deque[Work]) -> Iterator[Result]:
        if not self._has_worked:
            self._try_idle()
        task = suspects.popleft()
        try:
            future = self._submit(self._function, task)
        except BrokenProcessPool:
            self._drop_pool()
            self._try_idle()
            suspects.appendleft(task)
            return
        while not wait([future], timeout=_POLL_S).done:
            self._check_cancel()
        try:
            result = future.result()
        except BrokenProcessPool:
            self._drop_pool()
            halves = self._split(task)
            if halves:
                suspects.extendleft(reversed(halves))
                return
            result = self._lost(task)
        yield result

    def _try_idle(self) -> None:
        """Find out whether processes live that have nothing to do."""
        try:
            self._submit(_begin_only).result()
        except BrokenProcessPool:
            self._drop_pool()
            raise UserError(
                "The processes that read the files end as soon as they begin.",
                advice="There may be too little memory: close other programs and try again. "
                "What was added is kept.",
                code="workers",
            ) from None
        self._has_worked = True

    def _submit(self, function: Callable[..., Answer], *task: Work) -> Future[Answer]:
        """Hand out a task. Raises: BrokenProcessPool, also where no process can be started."""
        try:
            with one_matrix_thread():
                return self._open_pool().submit(function, *task)
        except (OSError, ValueError) as problem:
            # So it ends, too, where one process dies while another is being started: the pool
            # has closed what that one was to be given.
            raise BrokenProcessPool(str(problem)) from problem

    def _open_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._stop = self._stop or context.Event()
            self._pool = ProcessPoolExecutor(
                self._count,
                mp_context=context,
                initializer=_begin,
                initargs=(self._stop,),
            )
        return self._pool

    def _drop_pool(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _check_cancel(self) -> None:
        if self._cancel.is_set():
            self.close(abandon=True)
            raise Cancelled


def stopped() -> bool:
    """Return whether this worker's task should be given up; False outside a worker."""
    return _stop is not None and _stop.is_set()


def _begin(stop: ProcessEvent) -> None:
    """Prepare a new worker: know when to stop, end with the parent, and work behind a window."""
    global _stop  # noqa: PLW0603 - a worker process has no other way to keep what it was given
    _stop = stop
    threading.Thread(target=_end_after, args=(stop,), name="incipit-stop", daemon=True).start()
    parent = parent_process()
    if parent is not None:
        threading.Thread(
            target=_end_with, args=(parent.sentinel,), name="incipit-parent", daemon=True
        ).start()
    # Not the threads: what ends this process does not wait until nobody wants the time.
    if gives_way():
        take_what_is_left()


def _begin_only() -> None:
    """Do nothing, in a worker."""


def _end_after(stop: ProcessEvent) -> None:
    """End this process some time after it was told to stop, unless it has ended by then."""
    stop.wait()
    time.sleep(_GRACE_S)
    os._exit(1)


def _end_with(parent: int) -> None:
    """End this process when its parent, of which this is the handle, has ended."""
    wait_for_handles([parent])
    os._exit(1)
