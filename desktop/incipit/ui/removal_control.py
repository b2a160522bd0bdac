"""Removing documents and sources, and taking it back, also after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from incipit.models import Removal
from incipit.ui.library_control import LibraryControl

if TYPE_CHECKING:
    from incipit.services.library import Library


class RemovalControl(LibraryControl):
    """Removes from a library and undoes it.

    ``removed`` carries a :class:`Removal`, ``restored`` the number of documents that came
    back, ``undoable_changed`` whether there is something to undo.
    """

    removed = Signal(object)
    restored = Signal(int)
    undoable_changed = Signal(bool)

    def attach(self, library: Library | None) -> None:
        """Remove from ``library`` from now on."""
        super().attach(library)
        if library is None:
            self.undoable_changed.emit(False)
        self._ask_undoable()

    def remove(self, document_ids: NDArray[np.int64]) -> None:
        """Remove documents from the library; their files stay."""
        if len(document_ids):
            ids = [int(key) for key in document_ids]
            self._ask(lambda library: library.remove(ids), self._on_removed)

    def remove_source(self, source_id: int) -> None:
        """Remove a source with all its documents."""
        self._ask(lambda library: library.remove_source(source_id), self._on_removed)

    def undo(self) -> None:
        """Bring back what was removed last."""

        def work(library: Library) -> int:
            undoable = library.undoable()
            return library.undo(undoable[0].id) if undoable else 0

        self._ask(work, self._on_restored)

    def _on_removed(self, removal: Removal) -> None:
        self.removed.emit(removal)
        self._ask_undoable()

    def _on_restored(self, count: int) -> None:
        self.restored.emit(count)
        self._ask_undoable()

    def _ask_undoable(self) -> None:
        self._ask(
            lambda library: bool(library.undoable()), self.undoable_changed.emit, lane="undoable"
        )
