"""Removing documents and sources, and taking it back, also after a restart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from incipit.models import Removal
from incipit.ui.bridge import Bridge

if TYPE_CHECKING:
    from incipit.services.library import Library


class RemovalControl(QObject):
    """Removes from a library and undoes it.

    ``removed`` carries a :class:`Removal`, ``restored`` the number of documents that came
    back, ``undoable_changed`` whether there is something to undo, ``failed`` an exception.
    """

    removed = Signal(object)
    restored = Signal(int)
    undoable_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._library: Library | None = None

    def attach(self, library: Library) -> None:
        """Remove from ``library`` from now on."""
        self._library = library
        self._ask_undoable()

    def detach(self) -> None:
        """Remove from nothing from now on."""
        self._library = None
        self.undoable_changed.emit(False)

    def remove(self, document_ids: NDArray[np.int64]) -> None:
        """Remove documents from the library; their files stay."""
        library = self._library
        if library is not None and len(document_ids):
            self._run(lambda: library.remove([int(key) for key in document_ids]))

    def remove_source(self, source_id: int) -> None:
        """Remove a source with all its documents."""
        library = self._library
        if library is not None:
            self._run(lambda: library.remove_source(source_id))

    def undo(self) -> None:
        """Bring back what was removed last."""
        library = self._library
        if library is None:
            return

        def work() -> int:
            undoable = library.undoable()
            return library.undo(undoable[0].id) if undoable else 0

        self._bridge.run(lambda _cancel: work(), self._on_restored, failed=self.failed.emit)

    def _run(self, remove: Callable[[], Removal]) -> None:
        self._bridge.run(lambda _cancel: remove(), self._on_removed, failed=self.failed.emit)

    def _on_removed(self, removal: Removal) -> None:
        self.removed.emit(removal)
        self._ask_undoable()

    def _on_restored(self, count: int) -> None:
        self.restored.emit(count)
        self._ask_undoable()

    def _ask_undoable(self) -> None:
        library = self._library
        if library is not None:
            self._bridge.run(
                lambda _cancel: bool(library.undoable()),
                self.undoable_changed.emit,
                failed=self.failed.emit,
                lane="undoable",
            )
