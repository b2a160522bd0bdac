"""What the controls of a window share: a library that is asked off the UI thread, and a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from incipit.ui.bridge import Bridge

if TYPE_CHECKING:
    from incipit.services.library import Library

_T = TypeVar("_T")


class LibraryControl(QObject):
    """Asks the library that is open, and nothing where none is.

    What goes wrong is told by the bridge.
    """

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._library: Library | None = None

    def attach(self, library: Library | None) -> None:
        """Speak of ``library`` from now on."""
        self._library = library

    def _ask(
        self, ask: Callable[[Library], _T], done: Callable[[_T], None], *, lane: str = ""
    ) -> None:
        """Call ``ask`` on a thread, then ``done`` on the UI thread.

        What changes the library goes in no lane: another call in it would take the place of a
        change that is still to be made.
        """
        library = self._library
        if library is not None:
            self._bridge.run(lambda _cancel: ask(library), done, lane=lane)


class DialogControl(LibraryControl):
    """Opens dialogs about the library over a window, one at a time."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(bridge, window)
        self._window = window
        self._dialog: QDialog | None = None

    def attach(self, library: Library | None) -> None:
        """Speak of ``library`` from now on; what is open about another is closed."""
        super().attach(library)
        if self._dialog is not None:
            self._dialog.reject()

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None
