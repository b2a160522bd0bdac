"""The only crossing between service threads and the UI thread.

Calls to the library run on a small pool of threads; what they return, and the events of jobs,
arrive on the UI thread through one queued signal. Runs in one *lane* replace each other: the
older one's token is set and its outcome never arrives, so a stale answer cannot show.

A thread holds neither the bridge nor the callbacks of a call: it would sometimes be the last to
let go of them, and destroy objects of Qt outside their thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
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


class _Mailbox:
    """Where threads leave what is for the UI thread, until the bridge closes."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge: Bridge | None = bridge
        self._guard = threading.Lock()

    def put(self, parcel: tuple[Ticket | None, Callable[[Any], None] | None, object]) -> None:
        """Send a parcel, from any thread."""
        with self._guard:
            if self._bridge is not None:
                self._bridge.post(parcel)

    def close(self) -> None:
        """Take nothing from now on."""
        with self._guard:
            self._bridge = None


@dataclass(frozen=True, slots=True)
class _Callbacks:
    """What is called on the UI thread when a call has ended."""

    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


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
        self._callbacks: dict[Ticket, _Callbacks] = {}
        self._mailbox = _Mailbox(self)
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
        self._callbacks[ticket] = _Callbacks(done, failed or self.failed.emit)
        future = self._pool.submit(_work, work, ticket, self._mailbox)
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
        mailbox = self._mailbox

        def forward(event: Any) -> None:  # noqa: ANN401 - whatever the job publishes
            mailbox.put((None, receive, event))

        return forward

    def close(self, limit_s: float = 5.0) -> bool:
        """Cancel everything and wait for the threads; return whether all have ended."""
        self._closed = True
        self._mailbox.close()
        for ticket in self._under_way.values():
            ticket.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)
        # A call that was still in the queue is cancelled now, and would never be waited for.
        running = [future for future in self._under_way if not future.done()]
        late = wait(running, timeout=limit_s).not_done
        if late:
            _log.warning("%d calls did not end within %.1f s", len(late), limit_s)
        return not late

    def post(self, parcel: tuple[Ticket | None, Callable[[Any], None] | None, object]) -> None:
        """Have a parcel delivered on the UI thread; any thread."""
        try:
            self._arrived.emit(parcel)
        except RuntimeError:
            # The window is gone with its Qt objects; nobody is left to tell.
            _log.debug("an outcome arrived after the window had gone")

    def _deliver(self, parcel: tuple[Ticket | None, Callable[[Any], None] | None, object]) -> None:
        ticket, receive, value = parcel
        callbacks = None if ticket is None else self._callbacks.pop(ticket, None)
        self._forget_what_ended()
        if self._closed or (ticket is not None and ticket.is_set()):
            return
        if receive is not None:
            receive(value)
        elif callbacks is not None and isinstance(value, _Failure):
            callbacks.failed(value.problem)
        elif callbacks is not None:
            callbacks.done(value)

    def _forget_what_ended(self) -> None:
        for future in [future for future in self._under_way if future.done()]:
            ticket = self._under_way.pop(future)
            if ticket.is_set():
                # Nothing was sent, or is to be delivered.
                self._callbacks.pop(ticket, None)


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a call raised."""

    problem: Exception


def _work(work: Callable[[CancelToken], object], ticket: Ticket, mailbox: _Mailbox) -> None:
    """Do the work of one call, on a thread."""
    if ticket.is_set():
        return
    try:
        outcome = work(ticket)
    except Cancelled:
        ticket.cancel()
        return
    except Exception as problem:  # noqa: BLE001 - handed to the caller on the UI thread
        outcome = _Failure(problem)
    mailbox.put((ticket, None, outcome))
