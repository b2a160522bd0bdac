"""The only crossing between service threads and the UI thread.

Calls to the library run on a small pool of threads; what they return, and the events of jobs,
arrive on the UI thread through one queued signal. Runs in one *lane* replace each other: the
older one's token is set and its outcome never arrives, so a stale answer cannot show.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from incipit.errors import Cancelled
from incipit.models import CancelToken

_T = TypeVar("_T")
_WORKERS = 3
_log = logging.getLogger(__name__)


class Ticket:
    """A run of work under way; it is the cancel token that the work is given."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def is_set(self) -> bool:
        """Return whether the work should stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop, and drop whatever it returns. UI thread."""
        self._cancelled.set()


class Bridge(QObject):
    """Runs work off the UI thread and brings its outcome back.

    Made and used on the UI thread. ``failed`` carries what no caller asked for.
    """

    failed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, *, workers: int = _WORKERS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="incipit-bridge")
        self._under_way: dict[Future[None], Ticket] = {}
        self._lanes: dict[str, Ticket] = {}
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[CancelToken], _T],
        done: Callable[[_T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        lane: str = "",
    ) -> Ticket:
        """Run ``work`` on a thread, then ``done`` or ``failed`` on the UI thread.

        A run in a named ``lane`` takes the place of the one before it. Neither callback is
        called once the ticket is cancelled. After :meth:`close` nothing runs any more.
        """
        ticket = Ticket()
        if lane:
            self.cancel_lane(lane)
            self._lanes[lane] = ticket
        if self._closed:
            ticket.cancel()
            return ticket
        on_failed = failed or self.failed.emit
        future = self._pool.submit(self._work, work, ticket, done, on_failed)
        self._under_way[future] = ticket
        return ticket

    def run_after_all(self, work: Callable[[], _T], done: Callable[[_T], None]) -> Ticket:
        """Run ``work`` when all that is under way has ended, then ``done`` on the UI thread."""
        before = list(self._under_way)

        def last(_cancel: CancelToken) -> _T:
            wait(before)
            return work()

        return self.run(last, done)

    def cancel_lane(self, lane: str) -> None:
        """Cancel what runs in ``lane``, if anything does."""
        ticket = self._lanes.pop(lane, None)
        if ticket is not None:
            ticket.cancel()

    def listener(self, receive: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return a function for any thread that has ``receive`` called on the UI thread."""

        def forward(event: Any) -> None:  # noqa: ANN401 - whatever the job publishes
            self._send(Ticket(), receive, event)

        return forward

    def close(self, limit_s: float = 5.0) -> bool:
        """Cancel everything and wait for the threads; return whether all have ended."""
        self._closed = True
        for ticket in self._under_way.values():
            ticket.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)
        # A call that was still in the queue is cancelled now, and would never be waited for.
        running = [future for future in self._under_way if not future.done()]
        late = wait(running, timeout=limit_s).not_done
        if late:
            _log.warning("%d calls did not end within %.1f s", len(late), limit_s)
        return not late

    def _work(
        self,
        work: Callable[[CancelToken], _T],
        ticket: Ticket,
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if ticket.is_set():
            return
        try:
            value = work(ticket)
        except Cancelled:
            return
        except Exception as problem:  # noqa: BLE001 - handed to the caller on the UI thread
            self._send(ticket, failed, problem)
        else:
            self._send(ticket, done, value)

    def _send(self, ticket: Ticket, receive: Callable[[Any], None], value: object) -> None:
        try:
            self._arrived.emit((ticket, receive, value))
        except RuntimeError:
            # The window is gone with its Qt objects; nobody is left to tell.
            _log.debug("an outcome arrived after the window had gone")

    def _deliver(self, parcel: tuple[Ticket, Callable[[Any], None], object]) -> None:
        for future in [future for future in self._under_way if future.done()]:
            del self._under_way[future]
        ticket, receive, value = parcel
        if not ticket.is_set() and not self._closed:
            receive(value)
