"""From a title that is typed into the document list to its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from incipit.ui.bridge import Bridge
from incipit.ui.library_control import LibraryControl
from incipit.ui.list_pane import ListPane

if TYPE_CHECKING:
    from incipit.services.library import Library

_LANE = "titles"


class TitleJump(LibraryControl):
    """Goes to the next row whose title begins as typed, and says so above the list.

    Titles of rows that were never in view are known to the library only, so that it is asked,
    off the UI thread.
    """

    def __init__(self, bridge: Bridge, pane: ListPane, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._pane = pane
        self._began = -1  # The row at which typing began.
        pane.list.title_typed.connect(self._on_typed)
        pane.list.typing_ended.connect(pane.show_own_caption)

    def attach(self, library: Library | None) -> None:
        """Ask ``library`` from now on."""
        super().attach(library)
        self._bridge.cancel_lane(_LANE)

    def _on_typed(self, typed: str) -> None:
        result = self._pane.model.result
        if result is None:
            return
        # One letter again and again goes through the titles that begin with it.
        same = len(set(typed.casefold())) == 1
        if same:
            self._began = self._pane.list.current_row()
        beginning, first = typed[0] if same else typed, self._began + 1

        def show(row: int | None) -> None:
            if self._pane.model.result is result:
                self._show(typed, row)

        self._ask(lambda library: library.row_titled(result, beginning, first), show, lane=_LANE)

    def _show(self, typed: str, row: int | None) -> None:
        if row is not None:
            self._pane.list.go_to(row)
            self._pane.set_caption(self.tr("To title: {typed}").format(typed=typed))
            return
        words = self.tr("No title begins with “{typed}”").format(typed=typed)
        self._pane.set_caption(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._pane.list, words))
