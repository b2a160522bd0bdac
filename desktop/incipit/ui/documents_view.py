"""The views over a query: the documents or their hits on the left, the page on the right.

Joins lists, page and their controls, and nothing else: what it cannot decide (removing,
adding, what a broken library means) goes up as a signal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter, QStackedLayout, QWidget

from incipit.analysis.sorting import keys_or_default
from incipit.models import Document, SearchRequest, SortKey, Suggestion
from incipit.ui import list_states
from incipit.ui.bridge import Bridge
from incipit.ui.concordance_states import DOCUMENTS
from incipit.ui.concordance_view import ConcordanceView
from incipit.ui.document_export import DocumentExport
from incipit.ui.line_reading import LineReading
from incipit.ui.list_pane import ListPane
from incipit.ui.reading_control import ReadingControl, Start
from incipit.ui.reading_history import ReadingHistory, Visit
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.search_control import Keep, Outcome, SearchControl
from incipit.ui.state_page import StatePage
from incipit.ui.themes import Colours
from incipit.ui.view_switch import ViewSwitch

if TYPE_CHECKING:
    from incipit.services.library import Library
    from incipit.services.settings import LibraryState, Settings

_LIST_WIDTH_PX = 400
_LIST_LEAST_PX = 240
#: The views by their places, what the settings call them, and the share of the width that each
#: takes at first.
DOCUMENTS_VIEW, CONCORDANCE_VIEW = 0, 1
_NAMES = ("documents", "concordance")
_SHARES = {DOCUMENTS_VIEW: 0.33, CONCORDANCE_VIEW: 0.62}


class DocumentsView(QWidget):
    """Lists what a query finds and shows the document that is chosen.

    ``answered`` carries the :class:`Outcome` that is listed, ``offered`` a phrase that was
    perhaps meant instead, ``way_chosen`` the key of a way on from a state page, ``ended`` a
    sentence about having reached the first or last document.
    """

    answered = Signal(object)
    offered = Signal(object)
    document_opened = Signal(object)
    way_chosen = Signal(str)
    failed = Signal(object)
    ended = Signal(str)

    def __init__(
        self, bridge: Bridge, pane: ReadingPane, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pane = pane
        self.documents = ListPane(colours)
        self._no_results = list_states.NoResults(self.documents.state)
        self.concordance = ConcordanceView(bridge, colours)
        self.views = ViewSwitch()
        self.welcome = StatePage(colours)
        self.searching = SearchControl(bridge, self._keep, self)
        self.reading = ReadingControl(bridge, pane, self)
        self.line_reading = LineReading(
            self.concordance, self.reading, pane, self._select_document, self
        )
        self.history = ReadingHistory(self.reading, self)
        self.exporting = DocumentExport(bridge, self)
        self._sizes: dict[int, list[int]] = {}
        self._start_at: Start = "first_hit"
        self._restore: LibraryState | None = None
        self._unlisted = 0  # The document on the page that the list does not hold, or 0.
        self._adding = False
        self._read_only = False
        self._build()
        self._connect()

    def menu_parts(self) -> tuple[QMenu, list[QAction], list[QAction]]:
        """Return the menu of orders, an action for each view, and those of going back."""
        going = [self.history.back, self.history.forward]
        return self.documents.sort_menu, self.views.actions_of_views(), going

    # What the window asks for -------------------------------------------------------------------

    def attach(self, library: Library, state: LibraryState) -> None:
        """Show ``library``, where the user was in it."""
        self._read_only = library.read_only
        self._restore = state
        sort = SortKey(state.sort) if state.sort in set(SortKey) else SortKey.RELEVANCE
        self.documents.set_order(sort, descending=state.descending, fold=state.fold_duplicates)
        request = SearchRequest(state.query, sort, state.descending, state.fold_duplicates)
        self.reading.attach(library)
        self.concordance.set_keys(keys_or_default(state.line_sort))
        self.concordance.attach(library)
        self.exporting.attach(library)
        self.searching.attach(library, request)
        self.searching.refresh(Keep(selected_id=state.document_id or None))

    def detach(self) -> None:
        """Show no library."""
        self.searching.detach()
        self.concordance.attach(None)
        self.exporting.attach(None)
        self.history.clear()
        self.reading.detach()
        self.documents.model.show(None)
        self.show_opening()

    def show_opening(self) -> None:
        """Say that a library is being opened."""
        list_states.show_opening(self.welcome)
        self._stack.setCurrentWidget(self.welcome)

    def show_unusable(self, problem: Exception) -> None:
        """Say that the library could not be opened."""
        list_states.show_unusable(self.welcome, problem)
        self._stack.setCurrentWidget(self.welcome)

    def set_adding(self, adding: bool) -> None:
        """Note that documents are on their way, which is what an empty library then says."""
        self._adding = adding
        result = self.documents.model.result
        if result is None or result.request.query.strip():
            return
        if not len(result.document_ids):
            self._show_empty_library()

    def state(self, state: LibraryState) -> LibraryState:
        """Return ``state`` with where the user is now."""
        request = self.searching.request
        return replace(
            state,
            query=request.query,
            sort=request.sort.value,
            descending=request.descending,
            fold_duplicates=request.fold_duplicates,
            line_sort=",".join(self.concordance.bar.sorting.keys),
            document_id=self.reading.wanted_id or 0,
            position_cp=self.reading.position_cp,
        )

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        self.documents.set_colours(colours)
        self.concordance.set_colours(colours)
        self.welcome.set_colours(colours)
        self.pane.set_colours(colours)

    def restore(self, settings: Settings) -> None:
        """Show the view that was in front, in the font that it had."""
        self.concordance.bar.fixed.setChecked(settings.fixed_font)
        self.views.show_view(_NAMES.index(settings.view))

    def settings(self, settings: Settings) -> Settings:
        """Return ``settings`` with the view that is in front, and its font."""
        return replace(
            settings,
            view=_NAMES[self.views.current()],
            fixed_font=self.concordance.bar.fixed.isChecked(),
        )

    def is_empty(self) -> bool:
        """Return whether the library holds nothing, or is not there yet."""
        return self._stack.currentWidget() is self.welcome

    def focus_list(self) -> None:
        """Put the focus on the list, at the row that is open, or else at the first."""
        if self.views.current() == CONCORDANCE_VIEW:
            self.concordance.focus_list()
            return
        self.documents.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.documents.list.current_row() < 0:
            self.documents.list.go_to(0)

    def go_document(self, step: int) -> None:
        """Open the document ``step`` rows further."""
        self._go(step, "first_hit")

    # Building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.views.add(self.tr("&Documents"), "Ctrl+1", self.documents)
        self.views.add(self.tr("&Concordance"), "Ctrl+2", self.concordance)
        self.splitter.addWidget(self.views)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_LIST_WIDTH_PX, _LIST_WIDTH_PX * 2])
        self.views.setMinimumWidth(_LIST_LEAST_PX)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self.welcome)
        self.show_opening()

    def _connect(self) -> None:
        found, rows = self.searching, self.documents
        found.found.connect(self._on_found)
        found.failed.connect(self._on_search_failed)
        found.slow.connect(self._on_slow)
        found.suggested.connect(self._on_suggested)
        found.rows_came.connect(rows.model.fill)
        found.rows_failed.connect(rows.model.forget)
        rows.model.rows_wanted.connect(self._on_rows_wanted)
        rows.order_changed.connect(lambda sort, down: found.reorder(sort, descending=down))
        rows.folding_changed.connect(found.fold)
        rows.list.row_selected.connect(self._on_selected)
        rows.list.opened.connect(lambda _row: self.pane.setFocus())
        rows.state.chosen.connect(self._on_way_chosen)
        self.welcome.chosen.connect(self._on_way_chosen)
        self.reading.opened.connect(self._on_opened)
        self.reading.failed.connect(self._on_reading_failed)
        self._connect_concordance()
        self._connect_exports()
        self.history.wanted.connect(self._on_visit_wanted)
        self.pane.next_document_requested.connect(lambda: self._go(1, "first_hit"))
        self.pane.previous_document_requested.connect(lambda: self._go(-1, "last_hit"))

    def _connect_concordance(self) -> None:
        lines = self.concordance
        self.views.view_changed.connect(self._on_view_changed)
        lines.way_chosen.connect(self._on_way_chosen)
        lines.failed.connect(self.failed)
        lines.told.connect(self.ended)
        lines.list.left_upward.connect(self.documents.list.left_upward)

    def _connect_exports(self) -> None:
        self.exporting.follow(self.documents)
        self.exporting.told.connect(self.ended)

    def _on_view_changed(self, view: int) -> None:
        """Give each view the width that it had, or at first the width that it needs."""
        sizes = self.splitter.sizes()
        # Before the window is shown no view has a width of its own yet.
        if self.isVisible():
            self._sizes[CONCORDANCE_VIEW if view == DOCUMENTS_VIEW else DOCUMENTS_VIEW] = sizes
        left = round(sum(sizes) * _SHARES[view])
        self.splitter.setSizes(self._sizes.get(view, [left, sum(sizes) - left]))
        self.concordance.set_active(view == CONCORDANCE_VIEW)

    # What comes back ----------------------------------------------------------------------------

    def _on_found(self, outcome: Outcome) -> None:
        result = outcome.result
        has_query = bool(result.request.query.strip())
        self.documents.set_has_hits(has_query)
        row_before = self.documents.list.current_row()
        self.documents.model.show(result, outcome.first, outcome.rows)
        if len(result.document_ids):
            self.documents.show_list()
            self._stack.setCurrentWidget(self.splitter)
            self._place(outcome, row_before)
        elif has_query:
            self._no_results.show(result)
            self.documents.show_state()
            self._stack.setCurrentWidget(self.splitter)
            self.reading.close_document()
        else:
            self.reading.close_document()
            self._show_empty_library()
        self._restore = None
        if not outcome.is_new:
            self.reading.renew()
        self.answered.emit(outcome)
        self.concordance.show_query(result.request.query, is_new=outcome.is_new)
        if has_query:
            self.searching.suggest(has_results=len(result.document_ids) > 0)

    def _place(self, outcome: Outcome, row_before: int) -> None:
        """Select and scroll: what was kept or restored, or its neighbour, or the first row."""
        rows = self.documents.list
        restore = self._restore
        if outcome.selected_row is not None and (restore is not None or not outcome.is_new):
            if restore is not None and restore.position_cp:
                self._start_at = restore.position_cp
            open_already = self.reading.wanted_id == self.documents.model.id_at(
                outcome.selected_row
            )
            rows.go_to(outcome.selected_row, announce=not open_already)
            if open_already:
                self._on_selected(outcome.selected_row)
        elif outcome.is_new or (row_before < 0 and self._unlisted != self.reading.wanted_id):
            rows.go_to(0)
        elif row_before >= 0:
            # What was open is no longer in the list: it was removed, and this took its place.
            rows.go_to(min(row_before, self.documents.model.rowCount() - 1))
        if outcome.top_row is not None:
            rows.put_at_top(outcome.top_row)

    def _show_empty_library(self) -> None:
        if self._adding:
            list_states.show_adding(self.welcome)
        else:
            list_states.show_empty_library(self.welcome, read_only=self._read_only)
        self._stack.setCurrentWidget(self.welcome)

    def _on_search_failed(self, problem: Exception) -> None:
        list_states.show_failed(self.documents.state, problem)
        self.documents.show_state()
        self._stack.setCurrentWidget(self.splitter)
        self.failed.emit(problem)

    def _on_slow(self) -> None:
        if self.documents.model.result is None or not self.documents.is_showing_list():
            list_states.show_searching(self.documents.state)
            self.documents.show_state()

    def _on_suggested(self, query: str, suggestions: tuple[Suggestion, ...]) -> None:
        result = self.documents.model.result
        if result is None or result.request.query != query:
            return
        if not len(result.document_ids):
            self._no_results.show(result, suggestions)
        elif suggestions:
            self.offered.emit(suggestions[0])

    def _on_rows_wanted(self, generation: int, first: int, count: int) -> None:
        result = self.documents.model.result
        if result is not None:
            self.searching.load_rows(generation, result, first, count)

    def _on_selected(self, row: int) -> None:
        start_at, self._start_at = self._start_at, "first_hit"
        document_id = self.documents.model.id_at(row)
        result = self.documents.model.result
        if document_id is not None and result is not None:
            self.reading.open_document(document_id, result.request.query, start_at)
            if self.reading.document is not None and self.reading.document.id == document_id:
                self._tell_place()

    def _on_opened(self, document: Document) -> None:
        self._tell_place()
        self.document_opened.emit(document)

    def _tell_place(self) -> None:
        # Of a document that is not in the list there is no place.
        row = self.documents.list.current_row()
        self.pane.set_document_place(row + 1, self.documents.model.rowCount())

    def _on_reading_failed(self, problem: Exception) -> None:
        self.pane.show_message(self.tr("This document cannot be shown"), str(problem))
        self.failed.emit(problem)

    def _on_way_chosen(self, key: str) -> None:
        if key == DOCUMENTS:
            self.views.show_view(DOCUMENTS_VIEW)
        elif key == list_states.RETRY and self.documents.model.result is not None:
            self.searching.refresh()
        else:
            self.way_chosen.emit(key)

    def _select_document(self, document_id: int) -> None:
        """Select the row of a document that a line of the concordance opens."""
        result = self.documents.model.result
        if result is None:
            return
        rows = np.flatnonzero(result.document_ids == document_id)
        if len(rows):
            self.documents.list.go_to(int(rows[0]), announce=False)

    def _on_visit_wanted(self, visit: Visit) -> None:
        """Return to a document, also where the list does not hold it any more."""
        self._select_document(visit.document_id)
        self._unlisted = 0
        if self.documents.model.id_at(self.documents.list.current_row()) != visit.document_id:
            self._unlisted = visit.document_id
            self.documents.list.select_nothing()
        start_at: Start = "first_hit" if visit.position_cp is None else visit.position_cp
        self.reading.open_document(visit.document_id, self.searching.request.query, start_at)

    def _go(self, step: int, start_at: Start) -> None:
        row = self.documents.list.current_row() + step
        if 0 <= row < self.documents.model.rowCount():
            self._start_at = start_at
            self.documents.list.go_to(row)
        elif step > 0:
            self.ended.emit(self.tr("This is the last document."))
        else:
            self.ended.emit(self.tr("This is the first document."))

    def _keep(self) -> Keep:
        model = self.documents.model
        return Keep(self.reading.wanted_id, model.id_at(self.documents.list.top_row()))
