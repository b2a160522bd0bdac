"""How running work is spoken to: cancel it, stop it until the next start, pause it, go on."""

from __future__ import annotations

import threading


class JobControl:
    """The orders to one job; safe for any thread. Serves as its cancel token.

    Cancelled work is over; stopped work ends just as soon, but is taken up again when the
    library opens next.
    """

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._for_good = False
        self._going = threading.Event()
        self._going.set()

    def cancel(self) -> None:
        """End the work and forget the rest."""
        self._for_good = True
        self._ended.set()
        self._going.set()

    def stop(self) -> None:
        """End the work and take it up again when the library opens next."""
        self._ended.set()
        self._going.set()

    def pause(self) -> None:
        """Hold the work at its next step."""
        if not self._ended.is_set():
            self._going.clear()

    def resume(self) -> None:
        """Let paused work go on."""
        self._going.set()

    def is_set(self) -> bool:
        """Return whether the work should end, for good or not."""
        return self._ended.is_set()

    @property
    def for_good(self) -> bool:
        """Return whether the rest is not to be taken up again."""
        return self._for_good

    @property
    def paused(self) -> bool:
        """Return whether the work is to wait."""
        return not self._going.is_set()

    def wait_while_paused(self) -> None:
        """Return when the work may go on or should end."""
        self._going.wait()
