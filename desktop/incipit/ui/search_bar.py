"""The search bar: a field with results as you type, what was found, and the line below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from incipit.models import Completion, QueryPart, SavedSearch, Suggestion
from incipit.ui.icons import icon
from incipit.ui.query_summary import QuerySummary
from incipit.ui.search_field import SearchField
from incipit.ui.search_menu import SearchMenu
from incipit.ui.themes import Colours

#: How long the user pauses before a search begins. Shorter searches words nobody meant.
DEBOUNCE_MS = 110
_SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """A part that was left out of a query: its words, the query, and the query without it."""

    part: str
    query: str
    without: str


class SearchBar(QWidget):
    """Says what is to be searched, and shows what was.

    ``query_changed`` carries the text after a pause, ``query_committed`` after Enter or a
    choice; ``completions_wanted`` the beginning of a word; ``saving_wanted`` a query to keep.
    """

    query_changed = Signal(str)
    query_committed = Signal(str)
    completions_wanted = Signal(str)
    history_wanted = Signal()
    saving_wanted = Signal(str)
    managing_wanted = Signal()
    forgetting_wanted = Signal()
    left_downward = Signal()
    files_pasted = Signal(list)

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = SearchField()
        self._summary = QuerySummary()
        self._counts = QLabel()
        self._counts.setProperty("role", "muted")
        self._history = QToolButton()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._sent = ""
        self._left_out: list[_LeftOut] = []  # The last one last.
        self._is_typed = False  # What stands in the field is being typed, and may be completed.
        self._clear = QAction(self)
        self._glass = QAction(self)
        self._build()
        self._connect()
        self.set_colours(colours)

    def query(self) -> str:
        """Return the text in the field."""
        return self._field.text()

    def set_query(self, query: str, *, announce: bool = True) -> None:
        """Put ``query`` into the field and, unless ``announce`` is false, search it at once."""
        self._field.setText(query)
        self._pause.stop()
        if announce:
            self._send()
        else:
            self._sent = query

    def focus(self) -> None:
        """Put the cursor into the field with its text selected."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def start_over(self) -> None:
        """Empty the field, show everything again, and put the cursor into the field."""
        self.set_query("")
        self.focus()

    def type_text(self, text: str) -> None:
        """Go on typing in the field with ``text``."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.insert(text)

    def set_open(self, is_open: bool) -> None:
        """Take queries or, where there is no library to search, take none and count nothing."""
        self.setEnabled(is_open)
        if not is_open:
            self.set_counts("")

    def set_counts(self, text: str) -> None:
        """Say how much was found, to eyes and to screen readers."""
        if text != self._counts.text():
            self._counts.setText(text)
            if text and QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, text))

    def show_searched(self, parts: Sequence[QueryPart], notes: Sequence[str] = ()) -> None:
        """Say what was searched for the text in the field."""
        if self.query().strip():
            self._summary.show_query(parts, notes)
        else:
            self._summary.show_hint()
        if self._left_out and self.query() == self._left_out[-1].without:
            self._summary.show_left_out(self._left_out[-1].part)
        else:
            self._left_out.clear()

    def show_offer(self, offer: Suggestion) -> None:
        """Offer a phrase that was perhaps meant, beside what was searched."""
        self._summary.show_offer(offer)

    def set_completions(self, prefix: str, completions: Sequence[Completion]) -> None:
        """Offer completions for ``prefix``, if that is still what is being typed."""
        if prefix != self._field.word_at_cursor() or not (self._is_typed and self._has_focus()):
            completions = ()
        self._summary.show_completions(completions)

    def renew_completions(self) -> None:
        """Ask again for what completes the word being typed: the corpus is another now."""
        if self._is_typed:
            self._ask_completions()

    def show_searches(
        self, saved: Sequence[SavedSearch], recent: Sequence[str], *, read_only: bool
    ) -> None:
        """Open a menu of saved and earlier searches below the field."""
        menu = SearchMenu(self.query(), saved, recent, read_only=read_only, parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.query_chosen.connect(self._choose)
        menu.saving_wanted.connect(self.save)
        menu.managing_wanted.connect(self.managing_wanted)
        menu.forgetting_wanted.connect(self.forgetting_wanted)
        menu.setMinimumWidth(min(self._field.width(), 420))
        menu.popup(self._field.mapToGlobal(QPoint(0, self._field.height() + 2)))

    def save(self) -> None:
        """Ask for a name under which the query is to be kept."""
        if self.query().strip():
            self.saving_wanted.emit(self.query().strip())

    def set_colours(self, colours: Colours) -> None:
        """Draw the icons in ``colours``."""
        self._glass.setIcon(icon("search", colours.muted))
        self._clear.setIcon(icon("clear", colours.muted))
        self._history.setIcon(icon("history", colours.muted))

    def _build(self) -> None:
        self._field.setAccessibleName(self.tr("Search"))
        self._field.setPlaceholderText(self.tr("Search all texts"))
        self._field.setToolTip(self.tr("Search all texts (Ctrl+F)"))
        self._field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._field.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(self.tr("Clear the search"))
        self._clear.setToolTip(self.tr("Clear the search (Esc)"))
        self._glass.setText(self.tr("Search"))
        # The buttons that a line edit makes of its actions have no names of their own.
        for button in self._field.findChildren(QToolButton):
            button.setAccessibleName(button.defaultAction().text())
        self._clear.setVisible(False)
        self._history.setAccessibleName(self.tr("Saved and earlier searches"))
        self._history.setToolTip(self.tr("Saved and earlier searches (Alt+Down)"))
        self._history.setIconSize(QSize(20, 20))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._history)
        row.addWidget(self._counts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._summary)
        self._enlarge()

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_text_changed)
        self._field.committed.connect(self._on_committed)
        self._field.left_downward.connect(self.left_downward)
        self._field.history_wanted.connect(self.history_wanted)
        self._field.files_pasted.connect(self.files_pasted)
        self._clear.triggered.connect(self._field.clear)
        self._history.clicked.connect(self.history_wanted)
        self._pause.timeout.connect(self._send)
        focus = QApplication.instance().focusChanged  # type: ignore[union-attr] # widgets have one
        focus.connect(self._on_focus_changed)
        self._summary.query_chosen.connect(self._choose)
        self._summary.part_left_out.connect(self._on_part_left_out)
        self._summary.put_back.connect(self._on_put_back)
        self._summary.completion_chosen.connect(self._on_completion_chosen)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if text:
            self._pause.start()
        else:
            self._pause.stop()
            self._send()
        self._is_typed = self._has_focus()
        self._ask_completions()

    def _ask_completions(self) -> None:
        prefix = self._field.word_at_cursor()
        if len(prefix) >= _SHORTEST_PREFIX:
            self.completions_wanted.emit(prefix)
        else:
            self._summary.show_completions(())

    def _has_focus(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    def _end_completing(self) -> None:
        self._is_typed = False
        self._summary.show_completions(())

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        # Completions are for typing; Tab from the field into them is typing still.
        if now is not None and not self.isAncestorOf(now):
            self._end_completing()

    def _on_committed(self) -> None:
        self._end_completing()
        self._pause.stop()
        self._send()
        self.query_committed.emit(self.query())

    def _on_part_left_out(self, part: str, without: str) -> None:
        self._left_out.append(_LeftOut(part, self.query(), without))
        self._choose(without)

    def _on_put_back(self) -> None:
        self._choose(self._left_out.pop().query)

    def _on_completion_chosen(self, word: str) -> None:
        self._field.replace_word(word)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_committed()

    def _choose(self, query: str) -> None:
        self._field.setText(query)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_committed()

    def _send(self) -> None:
        if self.query() != self._sent:
            self._sent = self.query()
            self.query_changed.emit(self._sent)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_field"):
            self._enlarge()

    def _enlarge(self) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self._field.setFont(font)
