"""Ties the search bar to the views: what is typed is searched, what was found is said."""

from __future__ import annotations

from PySide6.QtCore import QObject

from incipit.ui import wording
from incipit.ui.documents_view import DocumentsView
from incipit.ui.search_bar import SearchBar
from incipit.ui.search_control import Outcome


class SearchLink(QObject):
    """Keeps the search bar and the views over its query in step."""

    def __init__(self, bar: SearchBar, views: DocumentsView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._views = views
        searching = views.searching
        bar.query_changed.connect(searching.search)
        bar.query_committed.connect(searching.remember)
        bar.completions_wanted.connect(searching.complete)
        bar.left_downward.connect(views.focus_list)
        searching.completed.connect(bar.set_completions)
        views.answered.connect(self._on_answered)
        views.offered.connect(bar.show_offer)
        views.documents.list.left_upward.connect(bar.focus)
        views.concordance.list.text_typed.connect(bar.type_text)
        views.pane.word_activated.connect(self._on_word_activated)

    def _on_answered(self, outcome: Outcome) -> None:
        result = outcome.result
        self._bar.show_searched(result.understood, result.notes)
        self._bar.set_counts(wording.found(result))
        if not outcome.is_new:
            # The same question again: there may be other documents now.
            self._bar.renew_completions()
        appears = self._bar.isHidden()
        empty = self._views.is_empty()
        self._bar.setVisible(not empty or bool(result.request.query))
        if appears and not empty and not self._bar.query():
            # What had the focus was the page of the empty library, which is gone now.
            self._bar.focus()

    def _on_word_activated(self, words: str, adds: bool) -> None:
        query = self._views.searching.query_for(words)
        if adds:
            query = f"{self._bar.query().rstrip()} {query}".strip()
        self._bar.set_query(query, announce=False)
        self._views.searching.search_from(query)
