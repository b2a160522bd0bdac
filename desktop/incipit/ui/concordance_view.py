"""The concordance over a query: the bar, the lines, the strips and the counts.

Joins these and their control. What a line opens, and what cannot be decided here, goes up as a
signal. Nothing is looked for while the view is not in front.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QStackedLayout, QVBoxLayout, QWidget

from incipit.analysis.sorting import LineKey
from incipit.analysis.thinning import Thinning
from incipit.services.concordance_counts import GroupCount, Overview
from incipit.services.concordance_export import ExportFormat
from incipit.services.concordance_values import Concordance
from incipit.ui import concordance_states as states
from incipit.ui import list_states, wording
from incipit.ui.bridge import Bridge
from incipit.ui.concordance_bar import ConcordanceBar
from incipit.ui.concordance_control import MOST_COPIED, ConcordanceControl, Found
from incipit.ui.concordance_header import ConcordanceHeader
from incipit.ui.concordance_list import ConcordanceList
from incipit.ui.concordance_model import ConcordanceModel
from incipit.ui.counts_dialog import CountsDialog, DefinitionDialog
from incipit.ui.counts_line import CountsLine
from incipit.ui.dispersion_strip import DispersionStrip
from incipit.ui.export_dialog import ExportProgress, ask_export
from incipit.ui.sort_chooser import name_of
from incipit.ui.state_page import StatePage
from incipit.ui.themes import Colours

if TYPE_CHECKING:
    from incipit.services.library import Library


class ConcordanceView(QWidget):
    """Lists every hit of a query in its context.

    ``line_opened`` carries a document id and the number of a hit in it, from 0; ``listed`` the
    :class:`Concordance` that is shown; ``way_chosen`` the key of a way on from a state page;
    ``told`` a sentence about what was done.
    """

    line_opened = Signal(int, int)
    listed = Signal(object)
    way_chosen = Signal(str)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, bridge: Bridge, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = ConcordanceControl(bridge, self)
        self.bar = ConcordanceBar(colours)
        self.model = ConcordanceModel(self)
        self.header = ConcordanceHeader()
        self.list = ConcordanceList(self.model, colours)
        self.state = StatePage(colours)
        self.in_corpus = DispersionStrip(self.tr("In the corpus"), colours)
        self.in_documents = DispersionStrip(self.tr("In documents"), colours)
        self.counts = CountsLine()
        self.progress = ExportProgress(self)
        self._lines = QWidget()
        self._overview: Overview | None = None
        self._active = False
        self._stale = True
        self._is_new = True
        self._build()
        self._connect()
        self._show_state()
        states.show_no_query(self.state)

    # What the window asks for -------------------------------------------------------------------

    def attach(self, library: Library | None) -> None:
        """Ask ``library`` from now on, or nobody."""
        self.control.attach(library)
        self.model.show(None)
        self._clear_counts()
        self._show_state()
        states.show_no_query(self.state)
        self._stale = self._is_new = True
        if self._active:
            # While the documents are looked for, which comes first.
            self.control.prepare()

    def set_keys(self, keys: Sequence[LineKey]) -> None:
        """Sort by ``keys`` from the next question on."""
        self.bar.sorting.set_keys(keys, announce=False)
        self.control.set_keys(self.bar.sorting.keys)

    def set_active(self, active: bool) -> None:
        """Say whether the view is in front; only then it looks for lines."""
        self._active = active
        self._catch_up()

    def show_query(self, query: str, *, is_new: bool) -> None:
        """List the hits of ``query``; where it is not new, what is selected stays so."""
        self.control.set_query(query)
        self._stale = True
        self._is_new = self._is_new or is_new
        self._catch_up()

    def select_hit(self, document_id: int, hit: int) -> None:
        """Select the line of a hit that is read, without opening it again."""
        concordance = self.model.concordance
        if concordance is None or not self.is_showing_lines():
            return
        row = concordance.row_of(document_id, hit)
        if row is None:
            self.list.select_nothing()
        elif row != self.list.current_row():
            self.list.go_to(row, announce=False)

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        for part in (self.bar, self.list, self.state, self.in_corpus, self.in_documents):
            part.set_colours(colours)

    def focus_list(self) -> None:
        """Put the focus on the lines, at the one that is open, or else at the first."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.list.current_row() < 0:
            self.list.go_to(0)

    def is_showing_lines(self) -> bool:
        """Return whether lines are shown, not a state."""
        return self._stack.currentWidget() is self._lines

    # Building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        body = QWidget()
        self._stack = QStackedLayout(body)
        lines = QVBoxLayout(self._lines)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.header)
        lines.addWidget(self.list, 1)
        self._stack.addWidget(self._lines)
        self._stack.addWidget(self.state)
        self._foot = QWidget()
        grid = QGridLayout(self._foot)
        grid.setContentsMargins(16, 6, 12, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, strip in enumerate((self.in_corpus, self.in_documents)):
            caption = QLabel(strip.accessibleName())
            caption.setProperty("role", "muted")
            grid.addWidget(caption, row, 0)
            grid.addWidget(strip, row, 1)
        grid.addWidget(self.counts, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(body, 1)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        control, rows = self.control, self.list
        control.found.connect(self._on_found)
        control.failed.connect(self._on_failed)
        control.slow.connect(self._on_slow)
        control.lines_came.connect(self.model.fill)
        control.lines_failed.connect(self.model.forget)
        control.counted.connect(self._on_counted)
        control.grouped.connect(self._on_grouped)
        control.copied.connect(self._on_copied)
        control.exported.connect(self._on_exported)
        control.export_ended.connect(self.progress.end)
        control.progressed.connect(self.progress.show_progress)
        self.progress.cancelled.connect(control.cancel_export)
        self.model.rows_wanted.connect(self._on_rows_wanted)
        rows.row_selected.connect(self._open)
        rows.opened.connect(self._open)
        rows.sort_wanted.connect(self.bar.sorting.put_first)
        rows.sort_moved.connect(self.bar.sorting.go_along)
        rows.width_changed.connect(self.model.read_anew)
        rows.columns_moved.connect(self.header.set_places)
        self.header.order_wanted.connect(self.bar.sorting.set_keys)
        rows.copy_requested.connect(self.copy_lines)
        rows.menu_requested.connect(self._pop_up)
        self.bar.sorted_otherwise.connect(self._on_sorted)
        self.bar.thinned.connect(self._on_thinned)
        self.bar.copy_wanted.connect(self.copy_lines)
        self.bar.export_wanted.connect(self.ask_export)
        self.bar.fixed_font_changed.connect(rows.set_fixed_font)
        self.in_corpus.line_chosen.connect(self._on_line_chosen)
        self.in_documents.line_chosen.connect(self._on_line_chosen)
        self.counts.definition_wanted.connect(self._define)
        self.counts.groups_wanted.connect(self._count_groups)
        self.state.chosen.connect(self._on_way_chosen)

    # What comes back ----------------------------------------------------------------------------

    def _catch_up(self) -> None:
        if not self._active or not self._stale:
            return
        self._stale = False
        if not self.control.request.query.strip():
            self.control.ask(self.list.width_cp)
            return
        keep = None if self._is_new else self._current_hit()
        self.control.ask(self.list.width_cp, keep)

    def _current_hit(self) -> tuple[int, int] | None:
        row, concordance = self.list.current_row(), self.model.concordance
        return concordance.hit_of(row) if concordance is not None and row >= 0 else None

    def _on_found(self, found: Found) -> None:
        concordance = found.concordance
        is_new, self._is_new = self._is_new, False
        self._clear_counts()
        self.list.set_keys(concordance.request.keys)
        self.header.set_keys(concordance.request.keys)
        self.model.show(concordance, found.first, found.lines)
        self.bar.set_has_lines(len(concordance) > 0)
        if len(concordance):
            self._stack.setCurrentWidget(self._lines)
            self._foot.show()
            # A new list opens its first line; in the same list, grown, what was kept is open.
            if is_new:
                self.list.go_to(0)
            elif found.row is not None:
                self.list.go_to(found.row, announce=False)
        else:
            self._show_state()
            if concordance.request.query.strip():
                states.show_none(self.state, concordance)
            else:
                states.show_no_query(self.state)
        self.listed.emit(concordance)

    def _on_failed(self, problem: Exception) -> None:
        self.model.show(None)
        self._clear_counts()
        self._show_state()
        states.show_failed(self.state, problem)
        self.failed.emit(problem)

    def _on_slow(self) -> None:
        if not self.is_showing_lines():
            states.show_looking(self.state)

    def _on_counted(self, concordance: Concordance, overview: Overview) -> None:
        if concordance is not self.model.concordance:
            return
        self._overview = overview
        self.counts.show_counts(concordance, overview)
        self.in_corpus.set_strip(overview.in_corpus)
        self.in_documents.set_strip(overview.in_documents)

    def _clear_counts(self) -> None:
        self._overview = None
        self.counts.clear()
        self.in_corpus.set_strip(None)
        self.in_documents.set_strip(None)

    def _show_state(self) -> None:
        self._stack.setCurrentWidget(self.state)
        self._foot.hide()
        self.bar.set_has_lines(False)

    def _on_rows_wanted(self, generation: int, first: int, count: int) -> None:
        concordance = self.model.concordance
        if concordance is not None:
            self.control.load(generation, concordance, first, count, self.list.width_cp)

    # What the user does -------------------------------------------------------------------------

    def copy_lines(self) -> None:
        """Copy the selected lines as text, aligned on the hit."""
        rows, concordance = self.list.selected_rows(), self.model.concordance
        if concordance is None or not rows:
            return
        if len(rows) > MOST_COPIED:
            self.told.emit(
                self.tr("At most {n} lines are copied at once; more can be exported.").format(
                    n=wording.number(MOST_COPIED)
                )
            )
        self.control.copy(concordance, rows)

    def ask_export(self) -> None:
        """Ask for a file, and write all lines to it."""
        concordance = self.model.concordance
        if concordance is None or not len(concordance):
            return

        def chosen(path: Path, form: ExportFormat) -> None:
            self.progress.begin(path)
            self.control.export(concordance, path, form, self.list.width_cp)

        ask_export(self, concordance.request.query, chosen)

    def _open(self, row: int) -> None:
        concordance = self.model.concordance
        if concordance is not None and 0 <= row < len(concordance):
            self.line_opened.emit(*concordance.hit_of(row))

    def _on_line_chosen(self, line: int) -> None:
        concordance = self.model.concordance
        if concordance is not None and line >= 0 and concordance.rows[line] >= 0:
            row = int(concordance.rows[line])
            self.list.go_to(row, announce=False)
            self._open(row)

    def _on_sorted(self, keys: tuple[LineKey, ...]) -> None:
        self.control.set_keys(keys)
        self._ask_anew()

    def _on_thinned(self, thinning: Thinning) -> None:
        self.control.set_thinning(thinning)
        self._ask_anew()

    def _ask_anew(self) -> None:
        self._stale = self._is_new = True
        self._catch_up()

    def _on_way_chosen(self, key: str) -> None:
        if key == states.SHOW_ALL:
            self.bar.panel.clear()
        elif key == list_states.RETRY:
            self._ask_anew()
        else:
            self.way_chosen.emit(key)

    def _on_copied(self, text: str, count: int) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit(self.tr("Copied {n}.").format(n=wording.lines(count)))

    def _on_exported(self, path: object, count: int) -> None:
        self.told.emit(
            self.tr("Wrote {n} to {path}.").format(
                n=wording.lines(count), path=wording.path(str(path))
            )
        )

    def _define(self) -> None:
        if self._overview is not None:
            DefinitionDialog(self._overview, self).open()

    def _count_groups(self) -> None:
        if self.model.concordance is not None:
            self.control.count_groups(self.model.concordance)

    def _on_grouped(self, sources: Sequence[GroupCount], folders: Sequence[GroupCount]) -> None:
        CountsDialog(self.control.request.query, sources, folders, self).open()

    def _pop_up(self, place: QPoint, key: LineKey | None) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if key is not None:
            sort = menu.addAction(self.tr("Sort by This Word ({key})").format(key=name_of(key)))
            sort.triggered.connect(lambda: self.bar.sorting.put_first(key))
            menu.addSeparator()
        menu.addActions([self.bar.copy, self.bar.export])
        menu.popup(place)
