"""The menu of searches: saving the one at hand, those with a name, and the latest ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from incipit.models import SavedSearch

_MOST = 12
_MOST_CHARS = 70


class SearchMenu(QMenu):
    """Lists searches to choose from. ``query_chosen`` carries the query of one."""

    query_chosen = Signal(str)
    saving_wanted = Signal()
    managing_wanted = Signal()
    forgetting_wanted = Signal()

    def __init__(
        self,
        query: str,
        saved: Sequence[SavedSearch],
        recent: Sequence[str],
        *,
        read_only: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        if saved:
            self._add_heading(self.tr("Saved searches"))
            for search in saved[:_MOST]:
                self._add_query(search.name, search.query)
        if recent:
            self._add_heading(self.tr("Earlier searches"))
            for earlier in recent[:_MOST]:
                self._add_query(earlier, earlier)
        if not saved and not recent:
            self.addAction(self.tr("No earlier searches")).setEnabled(False)
        self.addSeparator()
        save = self.addAction(self.tr("&Save This Search…"))
        save.setEnabled(bool(query.strip()) and not read_only)
        save.triggered.connect(self.saving_wanted)
        manage = self.addAction(self.tr("&All Saved Searches…"))
        manage.setEnabled(bool(saved))
        manage.triggered.connect(self.managing_wanted)
        forget = self.addAction(self.tr("&Forget Earlier Searches"))
        forget.setEnabled(bool(recent) and not read_only)
        forget.triggered.connect(self.forgetting_wanted)

    def _add_heading(self, words: str) -> None:
        heading = self.addAction(words)
        heading.setEnabled(False)

    def _add_query(self, words: str, query: str) -> None:
        shown = words if len(words) <= _MOST_CHARS else words[: _MOST_CHARS - 1] + "…"
        action = self.addAction(shown.replace("&", "&&"))
        action.setToolTip(query)
        action.triggered.connect(lambda _checked=False: self.query_chosen.emit(query))
