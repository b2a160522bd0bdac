"""Ctrl+C for work that takes long: asked once it ends soon, asked twice it ends at once.

The work runs on a thread of its own, on which the signal is blocked: processes that it starts
inherit that, so that a Ctrl+C in the terminal, which goes to all of them, reaches only the
main thread here. It asks the work to end; the work then ends its processes itself.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Generic, Protocol, TypeVar

from incipit.cli.exit_codes import INTERRUPTED

Result = TypeVar("Result")
_POLL_S = 0.2


class Endable(Protocol):
    """Whatever can be asked to end: it sees to it itself that the work looks."""

    def cancel(self) -> None:
        """End soon, for good."""

    def stop(self) -> None:
        """End soon, to be taken up again."""


class _Worker(Generic[Result]):
    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._thread = threading.Thread(target=self._run, name="incipit-work", daemon=True)
        self._problem: BaseException | None = None
        self._results: list[Result] = []

    def start(self) -> None:
        self._thread.start()

    def ended(self, timeout_s: float) -> bool:
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def result(self) -> Result:
        if self._problem is not None:
            raise self._problem
        return self._results[0]

    def _run(self) -> None:
        _block_interrupts()
        try:
            self._results.append(self._work())
        except BaseException as problem:  # noqa: BLE001 - raised again by the main thread
            self._problem = problem


def run_interruptibly(
    work: Callable[[], Result], order: Endable, idle: Callable[[float], None] | None = None
) -> Result:
    """Return what ``work`` returns, or raise what it raises; Ctrl+C asks it to end.

    A polite kill asks it to stop until next time. ``idle`` is called several times a second
    with the seconds since the start. For the main thread.
    """
    worker = _Worker(work)
    with _interrupts_go_to(order):
        worker.start()
        waited_s = 0.0
        while not worker.ended(_POLL_S):
            waited_s += _POLL_S
            if idle is not None:
                idle(waited_s)
    return worker.result()


@contextmanager
def _interrupts_go_to(order: Endable) -> Iterator[None]:
    asked = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            # Somebody who asks twice does not want to wait. What was committed is safe.
            os._exit(INTERRUPTED)
        asked = True
        order.cancel()

    def terminate(_number: int, _frame: FrameType | None) -> None:
        order.stop()

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, interrupt),
        signal.SIGTERM: signal.signal(signal.SIGTERM, terminate),
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _block_interrupts() -> None:
    """Keep SIGINT from this thread and from the processes it starts, where systems know that."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
