"""Tagging documents: fetches their tags, asks, changes them, and takes that back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from incipit.models import TagChange
from incipit.ui import wording
from incipit.ui.library_control import DialogControl
from incipit.ui.tags_dialog import TagsDialog


class TagControl(DialogControl):
    """Opens the dialog of tags.

    ``changed`` carries a sentence and the :class:`TagChange`, ``undone`` nothing.
    """

    changed = Signal(str, object)
    undone = Signal()

    def ask(self, document_ids: NDArray[np.int64]) -> None:
        """Ask which tags documents are to have."""
        library = self._library
        ids = [int(key) for key in document_ids]
        if library is None or library.read_only or not ids or self._dialog is not None:
            return

        def show(counts: dict[str, int]) -> None:
            dialog = TagsDialog(counts, len(ids), self._window)
            dialog.changed.connect(lambda add, remove: self._change(ids, add, remove))
            self._open(dialog)

        self._ask(lambda library: library.tag_counts_among(ids), show, lane="tags")

    def undo(self, made: TagChange) -> None:
        """Take a change back."""
        self._ask(lambda library: library.undo_tags(made), lambda _none: self.undone.emit())

    def _change(self, ids: list[int], add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        def done(made: TagChange) -> None:
            self.changed.emit(self._told(add, remove, len(ids)), made)

        self._ask(lambda library: library.change_tags(ids, add, remove), done)

    def _told(self, add: tuple[str, ...], remove: tuple[str, ...], count: int) -> str:
        parts = []
        if add:
            names = ", ".join(add)
            parts.append(
                self.tr("Tagged {n} with {names}.").format(n=wording.documents(count), names=names)
            )
        if remove:
            names = ", ".join(remove)
            parts.append(
                self.tr("Took {names} off {n}.").format(n=wording.documents(count), names=names)
            )
        return " ".join(parts)
