"""Forgetting that files could not be added, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from incipit.models import FailedFile
from incipit.ui import wording
from incipit.ui.library_control import LibraryControl


class FailureControl(LibraryControl):
    """Takes failures off the list of a library.

    ``forgotten`` carries a sentence and the failures, ``restored`` nothing.
    """

    forgotten = Signal(str, object)
    restored = Signal()

    def forget(self, failures: Sequence[FailedFile]) -> None:
        """Take failures off the list; the files are met again when their folder is."""
        if not failures:
            return
        text = self.tr("Forgot {n} that could not be added.").format(n=wording.files(len(failures)))
        self._ask(
            lambda library: library.forget_failures(failures),
            lambda _none: self.forgotten.emit(text, failures),
        )

    def undo(self, failures: Sequence[FailedFile]) -> None:
        """Put failures back on the list."""
        self._ask(
            lambda library: library.restore_failures(failures), lambda _none: self.restored.emit()
        )
