"""Searches that are kept: fetches, saves and deletes them off the UI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from incipit.models import SavedSearch
from incipit.ui.library_control import DialogControl
from incipit.ui.save_search_dialog import SaveSearchDialog
from incipit.ui.saved_searches_dialog import SavedSearchesDialog

_LANE = "kept-searches"


class SearchShelf(DialogControl):
    """Opens the dialogs of saved searches.

    ``came`` carries the saved and the recent searches, and whether the library is for reading
    only; ``query_chosen`` a query; ``told`` a sentence.
    """

    came = Signal(object, object, bool)
    query_chosen = Signal(str)
    told = Signal(str)

    def ask(self) -> None:
        """Fetch the kept searches; ``came`` follows."""
        self._ask(
            lambda library: (
                library.saved_searches(),
                library.recent_searches(),
                library.read_only,
            ),
            lambda kept: self.came.emit(*kept),
            lane=_LANE,
        )

    def forget_recent(self) -> None:
        """Forget the recent searches."""
        self._ask(
            lambda library: library.forget_searches(),
            lambda _none: self.told.emit(self.tr("Earlier searches are forgotten.")),
        )

    def save(self, query: str) -> None:
        """Ask for a name for ``query``, and keep it under that."""

        def show(saved: tuple[SavedSearch, ...]) -> None:
            dialog = SaveSearchDialog(query, saved, self._window)
            dialog.named.connect(self._on_named)
            dialog.open()

        self._ask_saved(show)

    def show_saved(self) -> None:
        """Open the list of saved searches."""
        library = self._library
        if library is None or self._dialog is not None:
            return

        def show(saved: tuple[SavedSearch, ...]) -> None:
            dialog = SavedSearchesDialog(saved, read_only=library.read_only, parent=self._window)
            dialog.query_chosen.connect(self.query_chosen)
            dialog.renaming_wanted.connect(self._on_renaming_wanted)
            dialog.deletion_wanted.connect(self._on_deletion_wanted)
            dialog.restoration_wanted.connect(self._on_restoration_wanted)
            self._open(dialog)

        self._ask_saved(show)

    def _on_named(self, name: str, query: str) -> None:
        def tell(search: SavedSearch) -> None:
            self.told.emit(self.tr("Saved as {name}.").format(name=search.name))

        self._ask(lambda library: library.save_search(name, query), tell)

    def _on_renaming_wanted(self, search: SavedSearch, name: str) -> None:
        self._ask(lambda library: library.rename_saved_search(search.id, name), self._show_again)

    def _on_deletion_wanted(self, search: SavedSearch) -> None:
        self._ask(lambda library: library.delete_saved_search(search.id), self._show_again)

    def _on_restoration_wanted(self, search: SavedSearch) -> None:
        self._ask(lambda library: library.save_search(search.name, search.query), self._show_again)

    def _show_again(self, _done: object) -> None:
        def show(saved: tuple[SavedSearch, ...]) -> None:
            if isinstance(self._dialog, SavedSearchesDialog):
                self._dialog.show_searches(saved)

        self._ask_saved(show)

    def _ask_saved(self, show: Callable[[tuple[SavedSearch, ...]], None]) -> None:
        self._ask(lambda library: library.saved_searches(), show, lane=_LANE)
