"""Searches that are kept: fetches, saves and deletes them off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from incipit.models import SavedSearch
from incipit.ui.bridge import Bridge
from incipit.ui.save_search_dialog import SaveSearchDialog
from incipit.ui.saved_searches_dialog import SavedSearchesDialog

if TYPE_CHECKING:
    from incipit.services.library import Library

_T = TypeVar("_T")
_LANE = "kept-searches"


class SearchShelf(QObject):
    """Opens the dialogs of saved searches.

    ``came`` carries the saved and the recent searches, and whether the library is for reading
    only; ``query_chosen`` a query; ``told`` a sentence; ``failed`` an exception.
    """

    came = Signal(object, object, bool)
    query_chosen = Signal(str)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._library: Library | None = None
        self._dialog: SavedSearchesDialog | None = None

    def attach(self, library: Library | None) -> None:
        """Keep searches in ``library`` from now on."""
        self._library = library
        if self._dialog is not None:
            self._dialog.reject()

    def ask(self) -> None:
        """Fetch the kept searches; ``came`` follows."""
        self._ask(
            lambda library: (library.saved_searches(), library.recent_searches()),
            lambda library, kept: self.came.emit(*kept, library.read_only),
        )

    def forget_recent(self) -> None:
        """Forget the recent searches."""
        self._do(
            lambda library: library.forget_searches(),
            lambda _library, _none: self.told.emit(self.tr("Earlier searches are forgotten.")),
        )

    def save(self, query: str) -> None:
        """Ask for a name for ``query``, and keep it under that."""

        def show(_library: Library, saved: tuple[SavedSearch, ...]) -> None:
            dialog = SaveSearchDialog(query, saved, self._window)
            dialog.named.connect(self._on_named)
            dialog.open()

        self._ask(lambda library: library.saved_searches(), show)

    def show_saved(self) -> None:
        """Open the list of saved searches."""

        def show(library: Library, saved: tuple[SavedSearch, ...]) -> None:
            dialog = SavedSearchesDialog(saved, read_only=library.read_only, parent=self._window)
            dialog.query_chosen.connect(self.query_chosen)
            dialog.renaming_wanted.connect(self._on_renaming_wanted)
            dialog.deletion_wanted.connect(self._on_deletion_wanted)
            dialog.restoration_wanted.connect(self._on_restoration_wanted)
            dialog.finished.connect(self._on_closed)
            dialog.open()
            self._dialog = dialog

        if self._dialog is None:
            self._ask(lambda library: library.saved_searches(), show)

    def _on_named(self, name: str, query: str) -> None:
        def tell(_library: Library, search: SavedSearch) -> None:
            self.told.emit(self.tr("Saved as {name}.").format(name=search.name))

        self._do(lambda library: library.save_search(name, query), tell)

    def _on_renaming_wanted(self, search: SavedSearch, name: str) -> None:
        self._do(lambda library: library.rename_saved_search(search.id, name), self._show_again)

    def _on_deletion_wanted(self, search: SavedSearch) -> None:
        self._do(lambda library: library.delete_saved_search(search.id), self._show_again)

    def _on_restoration_wanted(self, search: SavedSearch) -> None:
        self._do(lambda library: library.save_search(search.name, search.query), self._show_again)

    def _show_again(self, _library: Library, _done: object) -> None:
        def show(_library: Library, saved: tuple[SavedSearch, ...]) -> None:
            if self._dialog is not None:
                self._dialog.show_searches(saved)

        self._ask(lambda library: library.saved_searches(), show)

    def _on_closed(self) -> None:
        self._dialog = None

    def _ask(
        self, ask: Callable[[Library], _T], show: Callable[[Library, _T], None], lane: str = _LANE
    ) -> None:
        library = self._library
        if library is not None:
            self._bridge.run(
                lambda _cancel: ask(library),
                lambda answer: show(library, answer),
                failed=self.failed.emit,
                lane=lane,
            )

    def _do(self, act: Callable[[Library], _T], done: Callable[[Library, _T], None]) -> None:
        # In no lane: another call would take the place of a change that is still to be made.
        self._ask(act, done, lane="")
