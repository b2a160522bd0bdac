"""From "wrong characters" to a choice of encoding, with previews read off the UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from incipit.errors import UserError
from incipit.text.specimen import specimen
from incipit.ui.encoding_dialog import EncodingDialog
from incipit.ui.library_control import DialogControl

if TYPE_CHECKING:
    from incipit.services.library import Library
    from incipit.services.recoding import EncodingChoices

_LANE = "encodings"


class EncodingControl(DialogControl):
    """Opens the dialog for a document.

    ``correction_wanted`` carries the document's id, a :class:`Scope` and an encoding, None for
    the automatic choice.
    """

    correction_wanted = Signal(int, object, object)

    def ask(self, document_id: int) -> None:
        """Ask in which encoding a document is to be read."""
        library = self._library
        if library is None or self._dialog is not None:
            return
        if library.read_only:
            self._bridge.failed.emit(
                UserError(
                    self.tr("This library can only be read."),
                    advice=self.tr("The encoding cannot be changed here."),
                )
            )
            return
        self._ask(
            lambda library: library.encoding_choices(document_id),
            lambda choices: self._show(library, choices),
            lane=_LANE,
        )

    def _show(self, library: Library, choices: EncodingChoices) -> None:
        dialog = EncodingDialog(choices, self._window)
        document_id = choices.document.id

        def fail(problem: Exception) -> None:
            dialog.show_problem(problem)
            if not isinstance(problem, UserError):
                self._bridge.failed.emit(problem)

        def show(encoding: str | None) -> None:
            self._bridge.run(
                lambda _cancel: specimen(library.preview_encoding(document_id, encoding)),
                dialog.show_preview,
                failed=fail,
                lane=_LANE,
            )

        dialog.preview_wanted.connect(show)
        dialog.correction_wanted.connect(self.correction_wanted)
        dialog.begin()
        self._open(dialog)

    def _on_finished(self) -> None:
        # A reading that is on its way would find the dialog gone.
        self._bridge.cancel_lane(_LANE)
        super()._on_finished()
