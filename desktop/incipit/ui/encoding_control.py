"""From "wrong characters" to a choice of encoding, with previews read off the UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from incipit.errors import UserError
from incipit.text.specimen import specimen
from incipit.ui.bridge import Bridge
from incipit.ui.encoding_dialog import EncodingDialog

if TYPE_CHECKING:
    from incipit.services.library import Library
    from incipit.services.recoding import EncodingChoices

_LANE = "encodings"


class EncodingControl(QObject):
    """Opens the dialog for a document.

    ``correction_wanted`` carries the document's id, a :class:`Scope` and an encoding, None for
    the automatic choice; ``failed`` an exception.
    """

    correction_wanted = Signal(int, object, object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._library: Library | None = None
        self._dialog: EncodingDialog | None = None

    def attach(self, library: Library | None) -> None:
        """Correct documents of ``library`` from now on."""
        self._library = library
        if self._dialog is not None:
            self._dialog.reject()

    def ask(self, document_id: int) -> None:
        """Ask in which encoding a document is to be read."""
        library = self._library
        if library is None or self._dialog is not None:
            return
        if library.read_only:
            self.failed.emit(
                UserError(
                    self.tr("This library can only be read."),
                    advice=self.tr("The encoding cannot be changed here."),
                )
            )
            return
        self._bridge.run(
            lambda _cancel: library.encoding_choices(document_id),
            lambda choices: self._open(library, choices),
            failed=self.failed.emit,
            lane=_LANE,
        )

    def _open(self, library: Library, choices: EncodingChoices) -> None:
        dialog = self._dialog = EncodingDialog(choices, self._window)
        document_id = choices.document.id

        def fail(problem: Exception) -> None:
            dialog.show_problem(problem)
            if not isinstance(problem, UserError):
                self.failed.emit(problem)

        def show(encoding: str | None) -> None:
            self._bridge.run(
                lambda _cancel: specimen(library.preview_encoding(document_id, encoding)),
                dialog.show_preview,
                failed=fail,
                lane=_LANE,
            )

        dialog.preview_wanted.connect(show)
        dialog.correction_wanted.connect(self.correction_wanted)
        dialog.finished.connect(self._on_finished)
        dialog.begin()
        dialog.open()

    def _on_finished(self) -> None:
        # A reading that is on its way would find the dialog gone.
        self._bridge.cancel_lane(_LANE)
        self._dialog = None
