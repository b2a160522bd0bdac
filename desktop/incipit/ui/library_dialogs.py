"""The dialogs about a library as a whole: its sources, its state, and what this program is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from incipit import paths
from incipit.models import FailedFile, LibraryStatus, Source
from incipit.ui.bridge import Bridge
from incipit.ui.library_control import DialogControl
from incipit.ui.sources_dialog import SourcesDialog
from incipit.ui.state_dialog import StateDialog

_LANE = "library-dialog"


class LibraryDialogs(DialogControl):
    """Opens dialogs with what the library says.

    ``source_removal_wanted`` and ``source_refresh_wanted`` carry a :class:`Source`,
    ``retry_wanted`` failures to try again, ``forgetting_wanted`` failures to take off the list.
    """

    source_removal_wanted = Signal(object)
    source_refresh_wanted = Signal(object)
    retry_wanted = Signal(object)
    forgetting_wanted = Signal(object)

    def __init__(self, bridge: Bridge, is_busy: Callable[[], bool], window: QWidget) -> None:
        super().__init__(bridge, window)
        self._is_busy = is_busy

    def show_sources(self) -> None:
        """Open the list of what was given to the library."""

        def show(found: tuple[tuple[Source, ...], bool]) -> None:
            sources, read_only = found
            dialog = SourcesDialog(sources, read_only=read_only, parent=self._window)
            dialog.removal_wanted.connect(self.source_removal_wanted)
            dialog.refresh_wanted.connect(self.source_refresh_wanted)
            self._open(dialog)

        self._ask(lambda library: (library.sources(), library.read_only), show, lane=_LANE)

    def explain(self) -> None:
        """Open the explanation of what can be searched, and what cannot, and why."""
        library = self._library
        if library is None:
            return

        def show(state: tuple[LibraryStatus, Sequence[FailedFile]]) -> None:
            dialog = StateDialog(
                *state,
                folder=str(library.folder),
                busy=self._is_busy(),
                read_only=library.read_only,
                parent=self._window,
            )
            dialog.retry_wanted.connect(self.retry_wanted)
            dialog.forgetting_wanted.connect(self.forgetting_wanted)
            self._open(dialog)

        self._ask(lambda library: (library.status(), library.failures()), show, lane=_LANE)

    def open_logs(self) -> None:
        """Show the log folder in the system's file manager."""
        folder = paths.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def show_about(self) -> None:
        """Say what this program is."""
        # Imported here: what reads the statements of packages need not delay the first paint.
        from incipit.services.licences import licences
        from incipit.ui.about_dialog import AboutDialog, details

        self._bridge.run(
            lambda _cancel: (details(), licences()),
            lambda said: AboutDialog(*said, parent=self._window).open(),
            lane=_LANE,
        )
