"""The page: text as text, in a comfortable measure, of which a window is laid out at a time.

Offsets in and out are code points of the whole text. The view scrolls pixels inside the window
it has laid out and moves the window when an end of it comes near, so that the reader sees one
text of any length. It has no scroll bar of its own: `reach` and `scroll_to` serve one that
stands for the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from incipit.ui import typesetting
from incipit.ui.appearance import ReadingAppearance
from incipit.ui.displayed_text import DisplayedText, TextWindow
from incipit.ui.highlighting import HitHighlighter, Span, SpanList
from incipit.ui.page_geometry import PageGeometry
from incipit.ui.themes import Colours
from incipit.ui.window_selection import WindowSelection

# Where a hit is put when it has to be brought into view, and where it may stay, in heights.
_REVEAL_AT = 0.33
_IN_VIEW = (0.06, 0.86)
# About as much as is in view.
_ABOUT_VIEW_CP = 2_000


@dataclass(frozen=True, slots=True)
class Reach:
    """What part of the whole is in view, for a scroll bar; `maximum` is the last `value`.

    The unit is a pixel for a text shown whole and a code point for one shown in windows.
    """

    value: int
    page: int
    maximum: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A line by its first code point, and how far above it the view begins, in pixels."""

    cp: int
    above_px: float


class PageView(QTextEdit):
    """Shows a text of any length, with its hits lit, and scrolls to any place of it.

    ``laid_out`` tells that `fractions` have changed, ``scrolled`` that other lines are in view.
    """

    scrolled = Signal()
    laid_out = Signal()

    def __init__(
        self, appearance: ReadingAppearance, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._displayed = DisplayedText("")
        self._window = TextWindow("", 0, 0)
        self._selection = WindowSelection()
        self._in_view: Span | None = None  # what was revealed, until the reader scrolls
        self._arranging = False
        self._holding = False
        self._set_up()
        self._set: typesetting.PageSetting | None = None
        self._geometry = PageGeometry(self.document(), self._window)
        self._highlighter = HitHighlighter(self.document(), colours)
        self.set_colours(colours)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.selectionChanged.connect(self._on_cursor_moved)

    # What is shown --------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The whole text that is shown."""
        return self._displayed.text

    @property
    def window_cp(self) -> Span:
        """The part of the text that is laid out now."""
        return self._window.start_cp, self._window.end_cp

    def show_text(
        self,
        text: str,
        hits: SpanList | None = None,
        current: Span | None = None,
        *,
        top_cp: int = 0,
    ) -> None:
        """Show another text, with the current hit in view or the line of ``top_cp`` on top."""
        self._displayed = DisplayedText(text)
        self._selection.set(0, 0)
        self._in_view = None
        self._highlighter.set_hits(hits or SpanList(), current)
        self._highlighter.set_found(SpanList())
        height = self.viewport().height()
        if current is None:
            self._show_window_at(_Place(top_cp, 0.0 if top_cp else -height))
            return
        self._show_window_at(_Place(current[0], -_REVEAL_AT * height))
        if self._window.start_cp == 0 and self._geometry.top_of(current[0]) <= _IN_VIEW[1] * height:
            # A hit of the first screen is read with the beginning of the text.
            self.verticalScrollBar().setValue(0)
        self._in_view = current

    def set_hits(self, hits: SpanList, current: Span | None = None) -> None:
        """Light other hits, and one of them as the current one."""
        self._highlighter.set_hits(hits, current)
        self._light_view()

    def set_found(self, found: SpanList) -> None:
        """Light other matches of find-in-document."""
        self._highlighter.set_found(found)
        self._light_view()

    def set_current(self, span: Span | None) -> None:
        """Make a span the current hit, without scrolling."""
        self._highlighter.set_current(span)
        self._light_view()

    def set_appearance(self, appearance: ReadingAppearance) -> None:
        """Set the page anew; the line on top stays there."""
        if appearance != self._appearance:
            place = self._top_place()
            self._appearance = appearance
            self._show_window_at(place)

    def set_colours(self, colours: Colours) -> None:
        """Paint in the colours of another theme."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, colours.background)
        palette.setColor(QPalette.ColorRole.Window, colours.background)
        palette.setColor(QPalette.ColorRole.Text, colours.text)
        palette.setColor(QPalette.ColorRole.Highlight, colours.accent)
        palette.setColor(QPalette.ColorRole.HighlightedText, colours.accent_text)
        self.setPalette(palette)
        # Under a style sheet of the application the viewport does not inherit it.
        self.viewport().setPalette(palette)
        self._highlighter.set_colours(colours)
        self._light_view()

    # Scrolling ------------------------------------------------------------------------------

    def top_cp(self) -> int:
        """Return the first code point of the line on top of the view."""
        return self._top_place().cp

    def visible_span(self) -> Span:
        """Return the code points of the lines in view, those partly in view included."""
        top = self.verticalScrollBar().value()
        bottom = self._geometry.line_at(top + self.viewport().height())
        return self._geometry.line_at(top).start_cp, bottom.end_cp

    def reach(self) -> Reach:
        """Return what part of the whole is in view."""
        bar = self.verticalScrollBar()
        if self._displayed.is_whole:
            return Reach(bar.value(), bar.pageStep(), bar.maximum())
        top, bottom = (
            self._geometry.cp_at(bar.value()),
            self._geometry.cp_at(bar.value() + bar.pageStep()),
        )
        at_end = bar.value() == bar.maximum() and self._window.end_cp == len(self._displayed)
        page = max(1, (len(self._displayed) if at_end else bottom) - top)
        return Reach(top, page, max(top, len(self._displayed) - page))

    def scroll_to(self, value: int) -> None:
        """Scroll to a value in the unit of `reach`."""
        bar = self.verticalScrollBar()
        if self._displayed.is_whole:
            bar.setValue(value)
        elif value >= self.reach().maximum:
            self.scroll_to_end()
        else:
            self.scroll_to_cp(value)

    def scroll_to_cp(self, cp: int, *, down_px: float = 0.0) -> None:
        """Bring the line that holds ``cp`` to the top of the view, or ``down_px`` below it."""
        if self._is_laid_out(cp):
            self._scroll_px(self._geometry.top_of(cp) - down_px)
        else:
            self._show_window_at(_Place(cp, -down_px))

    def scroll_to_end(self) -> None:
        """Go to the last line of the whole text."""
        if self._window.end_cp < len(self._displayed):
            self._show_window_at(_Place(len(self._displayed), 0.0))
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def reveal(self, span: Span) -> None:
        """Bring a span into view where it is not, or only just."""
        height = self.viewport().height()
        seen = False
        if self._is_laid_out(span[0]):
            y = self._geometry.top_of(span[0]) - self.verticalScrollBar().value()
            seen = _IN_VIEW[0] * height <= y <= _IN_VIEW[1] * height
        if not seen:
            self.scroll_to_cp(span[0], down_px=_REVEAL_AT * height)
        self._in_view = span

    def fractions(self, cps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return where in the whole, 0 to 1, code points stand: by height, or by characters."""
        if not self._displayed.is_whole:
            return cps / max(1, len(self._displayed))
        return self._geometry.fractions(cps)

    # Selecting ------------------------------------------------------------------------------

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the window while Qt moves its cursor through it, and move it afterwards."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        self._on_scrolled()

    def selected_span(self) -> Span | None:
        """Return what is selected of the whole text, in code points, or None."""
        return self._selection.span

    def select(self, span: Span) -> None:
        """Select a part of the whole text (an empty one: put the caret), without scrolling."""
        self._selection.set(*span)
        self._place_selection()

    # Events ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the measure; the line on top stays there."""
        place = self._top_place()
        self._arranging = True
        try:
            super().resizeEvent(event)
            setting = self._setting()
            if setting != self._set:
                self._set = setting
                typesetting.set_page(self.document(), setting)
        finally:
            self._arranging = False
        self._arrange(place)
        if self._in_view is not None:
            self.reveal(self._in_view)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._show_window_at(self._top_place())

    # Private --------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # Drops belong to the window.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(self.wordWrapMode().WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setCursorWidth(0)
        self.document().setDocumentMargin(0)
        self.setAccessibleName(self.tr("Text"))

    def _setting(self) -> typesetting.PageSetting:
        return typesetting.page_setting(self._appearance, self.text, self.viewport().width())

    def _show_window_at(self, place: _Place) -> None:
        """Lay out the window around a place, and scroll to it."""
        window = self._displayed.window_around(place.cp)
        self._on_cursor_moved()
        self._arranging = True
        try:
            self._set = self._setting()
            self._window = self._geometry.window = window
            self._highlighter.set_window(window)
            typesetting.set_window(
                self.document(), window, self._set, lambda: self._light_around(place.cp)
            )
        finally:
            self._arranging = False
        self._place_selection()
        self._arrange(place)

    def _arrange(self, place: _Place) -> None:
        """Finish the layout, scroll to a place and light what is seen."""
        self._geometry.finish_layout()
        self._arranging = True
        try:
            self._scroll_px(self._geometry.top_of(place.cp) + place.above_px)
        finally:
            self._arranging = False
        self._light_view()
        if self._displayed.is_whole:
            self.laid_out.emit()
        self.scrolled.emit()

    def _scroll_px(self, y: float) -> None:
        self.verticalScrollBar().setValue(round(y))

    def _is_laid_out(self, cp: int) -> bool:
        inside = self._window.start_cp <= cp < self._window.end_cp
        return inside or self._window.end_cp == len(self._displayed) <= cp

    def _on_scrolled(self) -> None:
        if self._arranging:
            return
        self._in_view = None
        self._move_window()
        self._light_view()
        self.scrolled.emit()

    def _move_window(self) -> None:
        """Lay out another window where an end of this one, but not of the text, is near."""
        if self._displayed.is_whole or self._holding:
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        start, end = self.window_cp
        near_start = bar.value() < height and start > 0
        near_end = bar.value() > bar.maximum() - height and end < len(self._displayed)
        if near_start or near_end:
            place = self._top_place()
            if self._displayed.bounds_around(place.cp) != (start, end):
                self._show_window_at(place)

    def _light_view(self) -> None:
        bar = self.verticalScrollBar()
        first = self._geometry.block_at(bar.value())
        last = self._geometry.block_at(bar.value() + self.viewport().height())
        self._highlighter.light(first, last)

    def _light_around(self, cp: int) -> None:
        """Light what will be in view about a place, before it is laid out."""
        first = self._window.block_of(cp - _ABOUT_VIEW_CP)
        last = self._window.block_of(cp + _ABOUT_VIEW_CP)
        self._highlighter.light(first, last, laid_out=False)

    def _top_place(self) -> _Place:
        top = float(self.verticalScrollBar().value())
        line = self._geometry.line_at(top)
        return _Place(line.start_cp, top - line.top_px)

    def _place_selection(self) -> None:
        """Put what the window shows of the selection into the document, without scrolling."""
        top = self.verticalScrollBar().value()
        self._arranging = True
        try:
            self.setTextCursor(self._selection.cursor(self.document(), self._window))
            self.verticalScrollBar().setValue(top)
        finally:
            self._arranging = False

    def _on_cursor_moved(self) -> None:
        if not self._arranging:
            self._selection.follow(self.textCursor(), self._window)
