"""Writing a verified copy of the library, beside whatever else goes on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from incipit.models import CancelToken
from incipit.ui import wording
from incipit.ui.file_choice import ask_new_file
from incipit.ui.library_control import DialogControl

if TYPE_CHECKING:
    from incipit.services.library import Library

_LANE = "backup"


class BackupControl(DialogControl):
    """Asks where the copy goes and has it written off the UI thread.

    ``told`` carries a sentence at the beginning and at the end.
    """

    told = Signal(str)

    def attach(self, library: Library | None) -> None:
        """Copy ``library`` from now on; a copy that is being written is given up."""
        self._bridge.cancel_lane(_LANE)
        super().attach(library)

    def ask(self) -> QFileDialog | None:
        """Ask for the file of the copy; None where there is no library."""
        if self._library is None:
            return None
        name = self.tr("{library} {day}.incipit-backup").format(
            library=self._library.folder.name, day=datetime.now().astimezone().date().isoformat()
        )
        return ask_new_file(self._window, self.tr("Back Up the Library"), name, self.back_up)

    def back_up(self, target: Path) -> None:
        """Write a verified copy of the library to ``target``."""
        library = self._library
        if library is None:
            return
        # The dialog has asked whether a file of this name may go; the copy goes beside it
        # first, so that the old one is there until the new one is verified.
        incoming = target.with_name(target.name + ".new")

        def work(cancel: CancelToken) -> Path:
            incoming.unlink(missing_ok=True)
            library.back_up(incoming, cancel)
            return incoming.replace(target)

        self.told.emit(self.tr("Backing up…"))
        self._bridge.run(work, self._on_written, lane=_LANE)

    def _on_written(self, target: Path) -> None:
        self.told.emit(self.tr("Backed up to {path}").format(path=wording.path(str(target))))
