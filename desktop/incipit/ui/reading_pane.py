"""The reading pane: one document, its hits, and everything a reader does with it.

Takes what to show as arguments and tells by signals what the reader wants; it knows neither
the library nor the window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPagedPaintDevice,
)
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from incipit.models import Document
from incipit.ui.appearance import ReadingAppearance
from incipit.ui.document_header import DocumentHeader
from incipit.ui.find_bar import FindBar
from incipit.ui.find_in_document import FindInDocument
from incipit.ui.highlighting import Span
from incipit.ui.hit_map import HitScrollBar
from incipit.ui.hit_navigator import HitNavigator
from incipit.ui.known_hits import KnownHits
from incipit.ui.page_frame import PageFrame
from incipit.ui.printing import print_document, print_with_dialog
from incipit.ui.reading_keys import ReadingWish, wish_of
from incipit.ui.reading_menu import ReadingMenu
from incipit.ui.scroll_link import ScrollLink
from incipit.ui.state_page import StatePage
from incipit.ui.text_view import TextView
from incipit.ui.themes import Colours

StartAt = Literal["first_hit", "last_hit"] | int
_SETTLED_MS = 400
# How much around a hit is said to a screen reader.
_SAID_CP = 60


class ReadingPane(QWidget):
    """Shows one document for reading.

    ``hit_changed`` carries the current hit counted from 0 (-1: none yet) and how many there
    are, once all are known. ``position_changed`` carries a document's id and the first code
    point of the line on top, some time after scrolling stopped and when the document goes.
    ``citation_wanted`` carries a document and the bounds, in code points, of what to quote.
    """

    hit_changed = Signal(int, int)
    word_activated = Signal(str, bool)
    position_changed = Signal(int, int)
    next_document_requested = Signal()
    previous_document_requested = Signal()
    wrong_characters_requested = Signal(int)
    zoom_changed = Signal(int)
    citation_wanted = Signal(object, int, int)

    def __init__(
        self, appearance: ReadingAppearance, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._document: Document | None = None
        self._hits = KnownHits()
        self.setAccessibleName(self.tr("Reading pane"))
        self.view = TextView(appearance, colours)
        self.scroll_bar = HitScrollBar(colours)
        self.navigator = HitNavigator(colours)
        self.header = DocumentHeader(self.navigator)
        self.find_bar = FindBar(colours)
        self.message = StatePage(colours)
        self._frame = PageFrame(self.view, self.scroll_bar, colours)
        self._find = FindInDocument(self.find_bar, self.view, self)
        self._link = ScrollLink(self.view, self.scroll_bar, self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._lay_out()
        self._connect()
        self.clear()

    # What is shown --------------------------------------------------------------------------

    @property
    def document(self) -> Document | None:
        """The document that is shown, or None."""
        return self._document

    @property
    def appearance(self) -> ReadingAppearance:
        """How the page is set."""
        return self._appearance

    @property
    def current_hit(self) -> int:
        """The current hit counted from 0, or -1."""
        return self._hits.index

    def show_document(
        self,
        document: Document,
        text: str,
        spans_cp: NDArray[np.int64],
        *,
        start_at: StartAt = "first_hit",
        are_all: bool = True,
    ) -> None:
        """Show a document at its first or last hit, or with a code point's line on top.

        ``spans_cp`` are its hits, int64 of shape (n, 2), by start, then end; unless ``are_all``,
        those around that place, and `complete_hits` follows.
        """
        self._tell_position()
        self._document = document
        self.header.show_document(document)
        self._stack.setCurrentIndex(0)
        self.view.setAccessibleDescription(document.title)
        top_cp = min(start_at, len(text)) if isinstance(start_at, int) else 0
        self._hits = KnownHits(spans_cp, are_all=are_all)
        if not isinstance(start_at, int):
            self._hits.start_at_end(last=start_at == "last_hit")
        self.view.show_text(text, self._hits.spans, self._hits.current, top_cp=top_cp)
        self._link.set_hits(self._hits.spans)
        self._set_hit(self._hits.index)
        self._find.text_changed()
        self._settled.stop()

    def set_hits(self, spans_cp: NDArray[np.int64], *, are_all: bool = True) -> None:
        """Show the hits of another query in the same document, from what is read now on."""
        seen = self.view.visible_span()
        selected = self.view.selected_span()
        start = selected[0] if selected and seen[0] <= selected[0] < seen[1] else seen[0]
        self._hits = KnownHits(spans_cp, are_all=are_all)
        self._hits.start_from(start)
        self._show_hits()
        if self._hits.current is not None:
            self.view.reveal(self._hits.current)

    def complete_hits(self, spans_cp: NDArray[np.int64]) -> None:
        """Take all hits where those of a part were known; the page stays where it is."""
        self._hits = self._hits.completed(spans_cp)
        self._show_hits()
        if self._hits.awaited is not None:
            self.show_hit(self._hits.awaited)

    def refresh_document(self, document: Document) -> None:
        """Show other particulars of the document in the pane: its title may have been found."""
        if self._document is not None and self._document.id == document.id:
            self._document = document
            self.header.show_document(document)
            self.view.setAccessibleDescription(document.title)

    def set_document_place(self, n: int, of: int) -> None:
        """Say which of the documents found this is, counted from 1; 0 says nothing."""
        self.navigator.show_document_place(n, of)

    def set_edges(self, start: float, end: float) -> None:
        """Say how likely the first and the last word of a slab are torn, 0 to 1."""
        self.header.show_edges(start, end)

    def set_tags(self, names: Sequence[str]) -> None:
        """Show the tags of the document."""
        self.header.show_tags(names)

    def show_message(self, title: str, body: str = "", *, icon: str = "book") -> None:
        """Show words where the document would be: nothing chosen, loading, an error."""
        self._leave_document()
        self.message.show_state(icon, title, body)
        self._stack.setCurrentIndex(1)

    def clear(self) -> None:
        """Show nothing."""
        self._leave_document()
        self._stack.setCurrentIndex(2)

    def set_colours(self, colours: Colours) -> None:
        """Show everything in the colours of another theme."""
        parts = (self.view, self.scroll_bar, self._frame, self.navigator, self.find_bar)
        for part in (*parts, self.message):
            part.set_colours(colours)

    def set_appearance(self, appearance: ReadingAppearance) -> None:
        """Set the page anew; the line on top stays."""
        before, self._appearance = self._appearance, appearance
        self.view.set_appearance(appearance)
        if before.zoom_percent != appearance.zoom_percent:
            self.zoom_changed.emit(appearance.zoom_percent)

    # What a reader does ---------------------------------------------------------------------

    def next_hit(self) -> bool:
        """Go to the next hit; after the last, ask for the next document and return False."""
        found = self._go_to_hit(self._hits.index_after(self.view.top_cp()))
        if not found:
            self.next_document_requested.emit()
        return found

    def previous_hit(self) -> bool:
        """Go to the hit before; before the first, ask for the document before; return False."""
        found = self._go_to_hit(self._hits.index_before(self.view.top_cp()))
        if not found:
            self.previous_document_requested.emit()
        return found

    def show_hit(self, index: int) -> None:
        """Go to a hit, counted from 0; one that there is not changes nothing."""
        if not self._hits.are_all:
            self._hits.awaited = index
        else:
            self._go_to_hit(index)

    def zoom_in(self) -> None:
        """Set the page a step larger."""
        self._zoom_by(1)

    def zoom_out(self) -> None:
        """Set the page a step smaller."""
        self._zoom_by(-1)

    def zoom_reset(self) -> None:
        """Set the page at 100 percent."""
        self.set_appearance(self._appearance.unzoomed())

    def open_find(self) -> None:
        """Open the bar for finding in this document."""
        if self._document is not None:
            self._find.open()

    def copy(self) -> None:
        """Copy what is selected as plain text."""
        self.view.copy_selection()

    def copy_with_citation(self) -> None:
        """Ask that what is selected (or the current hit) be copied with where it stands."""
        span = self._selected()
        if self._document is not None and span is not None:
            self.citation_wanted.emit(self._document, *span)

    def select_all(self) -> None:
        """Select the whole text."""
        self.view.selectAll()

    def print_document(self, printer: QPagedPaintDevice | None = None) -> bool:
        """Print to a QPrinter, or ask for one; return whether it was printed to the end."""
        if self._document is None:
            return False
        if printer is None:
            return print_with_dialog(self._document, self.view.text, self._appearance, self)
        return print_document(printer, self._document, self.view.text, self._appearance)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Serve the keys of reading where no menu of the window has taken them."""
        wish = wish_of(event)
        if wish is None:
            super().keyPressEvent(event)
        else:
            self._wishes[wish]()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the page: with a focus proxy, Tab would pass over the header."""
        super().focusInEvent(event)
        self.view.setFocus(event.reason())

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the reading position before the pane goes."""
        self._tell_position()
        super().hideEvent(event)

    # Private --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        rule = QFrame()
        rule.setProperty("role", "rule")
        rule.setFixedHeight(1)
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(rule)
        column.addWidget(self._frame, 1)
        column.addWidget(self.find_bar)
        self._stack = QStackedWidget()
        for part in (reading, self.message, QWidget()):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        walk = (self.header.wrong, self.navigator.previous, self.navigator.next, self.view)
        for before, after in pairwise(walk):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.view.scrolled.connect(self._settled.start)
        self.view.zoom_requested.connect(self._zoom_by)
        self.view.word_activated.connect(self.word_activated)
        self.view.menu_requested.connect(self._on_menu_requested)
        self.scroll_bar.hit_clicked.connect(self._walk_to_hit)
        self.navigator.next_wanted.connect(self.next_hit)
        self.navigator.previous_wanted.connect(self.previous_hit)
        self.header.wrong_characters.connect(self._on_wrong_characters)
        self._wishes: dict[ReadingWish, Callable[[], object]] = {
            ReadingWish.NEXT_HIT: self.next_hit,
            ReadingWish.PREVIOUS_HIT: self.previous_hit,
            ReadingWish.ZOOM_IN: self.zoom_in,
            ReadingWish.ZOOM_OUT: self.zoom_out,
            ReadingWish.ZOOM_RESET: self.zoom_reset,
            ReadingWish.FIND: self.open_find,
            ReadingWish.CITE: self.copy_with_citation,
        }
        self._settled.timeout.connect(self._emit_position)

    def _go_to_hit(self, index: int) -> bool:
        """Go to a hit that is known; return False where it is known that there is none."""
        is_known = 0 <= index < len(self._hits)
        if is_known:
            self._walk_to_hit(index)
        return is_known or not self._hits.are_all

    def _walk_to_hit(self, index: int) -> None:
        """Go to a hit as the reader asked: the caret goes with it, and it is said aloud."""
        self._set_hit(index)
        start, end = self._hits.spans[index]
        self.view.set_current((start, end))
        self.view.reveal((start, end))
        self.view.select((start, start))
        around = self.view.text[max(0, start - _SAID_CP) : end + _SAID_CP]
        said = f"{self.navigator.hit_label.text()}: {' '.join(around.split())}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, said))

    def _show_hits(self) -> None:
        self.view.set_hits(self._hits.spans, self._hits.current)
        self._link.set_hits(self._hits.spans)
        self._set_hit(self._hits.index)

    def _set_hit(self, index: int) -> None:
        self._hits.index = index
        self.scroll_bar.set_current(index)
        if not self._hits.are_all:
            self.navigator.show_counting()
            return
        self.navigator.show_hit(index, len(self._hits))
        self.hit_changed.emit(index, len(self._hits))

    def _leave_document(self) -> None:
        self._tell_position()
        self._document = None
        self._find.close()
        if self.view.text:
            self.view.show_text("")
        self._hits = KnownHits()
        self._link.set_hits(self._hits.spans)
        self._set_hit(-1)
        self.set_document_place(0, 0)
        self._settled.stop()

    def _tell_position(self) -> None:
        if self._settled.isActive():
            self._settled.stop()
            self._emit_position()

    def _emit_position(self) -> None:
        if self._document is not None:
            self.position_changed.emit(self._document.id, self.view.top_cp())

    def _zoom_by(self, steps: int) -> None:
        self.set_appearance(self._appearance.zoomed(steps))

    def _selected(self) -> Span | None:
        return self.view.selected_span() or self._hits.current

    def _on_wrong_characters(self) -> None:
        if self._document is not None:
            self.wrong_characters_requested.emit(self._document.id)

    def _on_print_chosen(self) -> None:
        self.print_document()

    def _on_menu_requested(self, place: QPoint, word: Span | None) -> None:
        if self._document is None:
            return
        words = self.view.words_of(word) if word else ""
        menu = ReadingMenu(words, can_cite=self._selected() is not None)
        menu.search_chosen.connect(self.word_activated)
        menu.copy_chosen.connect(self.copy)
        menu.cite_chosen.connect(self.copy_with_citation)
        menu.select_all_chosen.connect(self.select_all)
        menu.find_chosen.connect(self.open_find)
        menu.print_chosen.connect(self._on_print_chosen)
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
