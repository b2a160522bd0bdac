"""Ties the page to the scroll bar that stands for the whole text, and marks the hits in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker

from incipit.ui.highlighting import SpanList
from incipit.ui.hit_map import HitScrollBar
from incipit.ui.text_view import TextView


class ScrollLink(QObject):
    """Keeps a scroll bar and a page in step."""

    def __init__(self, view: TextView, bar: HitScrollBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._bar = bar
        self._hits = SpanList()
        view.scrolled.connect(self._on_scrolled)
        view.laid_out.connect(self._mark)
        bar.valueChanged.connect(self._on_bar_moved)

    def set_hits(self, hits: SpanList) -> None:
        """Mark other hits."""
        self._hits = hits
        self._bar.set_current(-1)
        self._mark()

    def _mark(self) -> None:
        self._bar.set_marks(self._view.fractions(self._hits.spans[:, 0]))

    def _on_bar_moved(self, value: int) -> None:
        self._view.scroll_to(value)

    def _on_scrolled(self) -> None:
        reach = self._view.reach()
        with QSignalBlocker(self._bar):
            # While the handle is held, a page that varies with the text must not move it.
            if not self._bar.isSliderDown():
                self._bar.setPageStep(reach.page)
                self._bar.setSingleStep(max(1, reach.page // 12))
                self._bar.setRange(0, reach.maximum)
                self._bar.setValue(reach.value)
        self._bar.update()
