"""Tagging documents: fetches their tags, asks, changes them, and takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from incipit.models import TagChange
from incipit.ui import wording
from incipit.ui.bridge import Bridge
from incipit.ui.tags_dialog import TagsDialog

if TYPE_CHECKING:
    from incipit.services.library import Library


class TagControl(QObject):
    """Opens the dialog of tags.

    ``changed`` carries a sentence and the :class:`TagChange`, ``undone`` nothing, ``failed``
    an exception.
    """

    changed = Signal(str, object)
    undone = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._library: Library | None = None
        self._dialog: TagsDialog | None = None

    def attach(self, library: Library | None) -> None:
        """Tag the documents of ``library`` from now on."""
        self._library = library
        if self._dialog is not None:
            self._dialog.reject()

    def ask(self, document_ids: NDArray[np.int64]) -> None:
        """Ask which tags documents are to have."""
        library = self._library
        ids = [int(key) for key in document_ids]
        if library is None or library.read_only or not ids or self._dialog is not None:
            return

        def show(counts: dict[str, int]) -> None:
            dialog = TagsDialog(counts, len(ids), self._window)
            dialog.changed.connect(lambda add, remove: self._change(ids, add, remove))
            dialog.finished.connect(self._on_closed)
            self._dialog = dialog
            dialog.open()

        self._bridge.run(
            lambda _cancel: library.tag_counts_among(ids),
            show,
            failed=self.failed.emit,
            lane="tags",
        )

    def undo(self, made: TagChange) -> None:
        """Take a change back."""
        library = self._library
        if library is not None:
            self._bridge.run(
                lambda _cancel: library.undo_tags(made),
                lambda _none: self.undone.emit(),
                failed=self.failed.emit,
            )

    def _change(self, ids: list[int], add: tuple[str, ...], remove: tuple[str, ...]) -> None:
        library = self._library
        if library is None:
            return

        def done(made: TagChange) -> None:
            self.changed.emit(self._told(add, remove, len(ids)), made)

        self._bridge.run(
            lambda _cancel: library.change_tags(ids, add, remove), done, failed=self.failed.emit
        )

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

    def _on_closed(self) -> None:
        self._dialog = None
