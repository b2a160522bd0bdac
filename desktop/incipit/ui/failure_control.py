"""Forgetting that files could not be added, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from incipit.models import FailedFile
from incipit.ui import wording
from incipit.ui.bridge import Bridge

if TYPE_CHECKING:
    from incipit.services.library import Library


class FailureControl(QObject):
    """Takes failures off the list of a library.

    ``forgotten`` carries a sentence and the failures, ``restored`` nothing, ``failed`` an
    exception.
    """

    forgotten = Signal(str, object)
    restored = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._library: Library | None = None

    def attach(self, library: Library | None) -> None:
        """Speak of ``library`` from now on."""
        self._library = library

    def forget(self, failures: Sequence[FailedFile]) -> None:
        """Take failures off the list; the files are met again when their folder is."""
        library = self._library
        if library is None or not failures:
            return
        text = self.tr("Forgot {n} that could not be added.").format(n=wording.files(len(failures)))
        self._bridge.run(
            lambda _cancel: library.forget_failures(failures),
            lambda _none: self.forgotten.emit(text, failures),
            failed=self.failed.emit,
        )

    def undo(self, failures: Sequence[FailedFile]) -> None:
        """Put failures back on the list."""
        library = self._library
        if library is not None:
            self._bridge.run(
                lambda _cancel: library.restore_failures(failures),
                lambda _none: self.restored.emit(),
                failed=self.failed.emit,
            )
