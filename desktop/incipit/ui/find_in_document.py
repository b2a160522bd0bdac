"""Finding in the document that is read: joins the bar, the search in slices and the page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from incipit.ui.find_bar import FindBar
from incipit.ui.finding import TextFinder
from incipit.ui.highlighting import SpanList
from incipit.ui.text_view import TextView


class FindInDocument(QObject):
    """What is found is underlined in the page, the current match is selected."""

    def __init__(self, bar: FindBar, view: TextView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._view = view
        self._finder = TextFinder(self)
        self._found = SpanList()
        self._index = -1
        self._from_cp = 0
        bar.hide()
        bar.needle_changed.connect(self._on_needle_changed)
        bar.next_wanted.connect(self.go_on)
        bar.previous_wanted.connect(self.go_back)
        bar.closed.connect(self.close)
        self._finder.progressed.connect(self._on_progressed)

    @property
    def is_open(self) -> bool:
        """Whether the bar is open."""
        return not self._bar.isHidden()

    def open(self) -> None:
        """Open the bar, with the selection as what to find where it is on one line."""
        span = self._view.selected_span()
        selected = self._view.text[span[0] : span[1]] if span else ""
        self._bar.show()
        self._from_cp = span[0] if span else self._view.top_cp()
        same = self._bar.field.text()
        self._bar.open_with(selected if "\n" not in selected and len(selected) < 200 else "")
        if same and same == self._bar.field.text():
            self._on_needle_changed(same)

    def close(self) -> None:
        """Close the bar; what was found stays selected, and the page takes the focus."""
        if not self.is_open:
            return
        self._finder.stop()
        self._bar.hide()
        self._show(SpanList(), -1)
        self._view.setFocus()

    def text_changed(self) -> None:
        """Find in another text, from its top on, without scrolling it."""
        self._finder.stop()
        self._found, self._index = SpanList(), -1
        if self.is_open:
            self._from_cp = len(self._view.text)
            self._finder.find(self._view.text, self._bar.field.text())

    def go_on(self) -> None:
        """Go to the next match, after the last to the first."""
        self._go(1)

    def go_back(self) -> None:
        """Go to the match before, before the first to the last."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if not len(self._found):
            return
        if self._index < 0:
            first = self._found.first_from(self._view.top_cp())
            self._index = (first if step > 0 else first - 1) % len(self._found)
        else:
            self._index = (self._index + step) % len(self._found)
        self._reveal()
        self._tell()

    def _on_needle_changed(self, needle: str) -> None:
        if self._index >= 0 and self._index < len(self._found):
            self._from_cp = self._found[self._index][0]
        self._index = -1
        self._finder.find(self._view.text, needle)

    def _on_progressed(self, spans: NDArray[np.int64], ended: bool) -> None:
        before = self._index
        found = SpanList(spans)
        first = found.first_from(self._from_cp)
        if self._index < 0 and first < len(found):
            self._index = first
        elif self._index < 0 and ended and len(found) and self._from_cp < len(self._view.text):
            self._index = 0
        self._show(found, self._index)
        if before < 0 <= self._index:
            self._reveal()
        elif ended and not len(found) and self._bar.field.text():
            # What was found of a shorter word is no longer it.
            self._view.select((self._from_cp, self._from_cp))

    def _show(self, found: SpanList, index: int) -> None:
        self._found, self._index = found, index
        self._view.set_found(found)
        self._tell()

    def _tell(self) -> None:
        self._bar.show_place(self._index, len(self._found), searching=self._finder.is_searching)

    def _reveal(self) -> None:
        span = self._found[self._index]
        self._view.select(span)
        self._view.reveal(span)
