"""Keeping the counts of a library true, also when another process changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from incipit.ui.bridge import Bridge

if TYPE_CHECKING:
    from incipit.services.library import Library

_EVERY_MS = 2000


class LibraryWatch(QObject):
    """Asks a library now and then.

    ``status_came`` carries a :class:`LibraryStatus`; ``changed`` comes when the documents are
    others than when it was last asked.
    """

    status_came = Signal(object)
    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._library: Library | None = None
        self._counter: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def attach(self, library: Library | None) -> None:
        """Watch ``library`` from now on, or nothing."""
        self._library = library
        self._counter = None
        if library is None:
            self._timer.stop()
            self._bridge.cancel_lane("status")
            self._bridge.cancel_lane("change-counter")
        else:
            self._timer.start()
            self.ask_status()

    def ask_status(self) -> None:
        """Ask for the counts; ``status_came`` follows."""
        library = self._library
        if library is not None:
            self._bridge.run(lambda _cancel: library.status(), self.status_came.emit, lane="status")

    def look(self) -> None:
        """Look whether the documents have changed; ``changed`` follows if they have."""
        library = self._library
        if library is not None:
            self._bridge.run(
                lambda _cancel: library.change_counter(), self._on_counter, lane="change-counter"
            )

    def _on_counter(self, counter: int) -> None:
        known, self._counter = self._counter, counter
        if known is not None and known != counter:
            self.changed.emit()
