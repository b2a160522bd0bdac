"""The page as the reader's hand meets it: selecting, copying, keys, wheel and menu.

What is shown and where is the page's own affair (`page_view`).
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from incipit.ui import reading_keys
from incipit.ui.appearance import ReadingAppearance
from incipit.ui.highlighting import Span
from incipit.ui.page_view import PageView
from incipit.ui.themes import Colours
from incipit.ui.typesetting import line_height_px
from incipit.ui.words_at import is_unspaced, word_span_at

_WHEEL_STEP = 120
# More is a text and not a question.
_MOST_SEARCHED_CP = 1_000


class TextView(PageView):
    """Shows a text for reading.

    ``word_activated`` carries a word to search and whether to add it, ``menu_requested`` a
    QPoint on the screen and the span of the word that the menu is about, or None.
    """

    zoom_requested = Signal(int)
    word_activated = Signal(str, bool)
    menu_requested = Signal(object, object)

    def __init__(
        self, appearance: ReadingAppearance, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, colours, parent)
        self._wheel_rest = 0

    def word_at_caret(self) -> Span | None:
        """Return the word that the caret stands in or behind."""
        return word_span_at(self.text, self._selection.caret_cp)

    def words_of(self, span: Span) -> str:
        """Return the words of a span in one line; of a very long one, the first of them."""
        end = min(span[1], span[0] + _MOST_SEARCHED_CP)
        return " ".join(self.text[span[0] : end].split())

    def selectAll(self) -> None:
        """Select the whole text, of which only a window may be laid out."""
        self.select((0, len(self._displayed)))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give what is selected as plain text, exactly as stored."""
        data = QMimeData()
        span = self.selected_span()
        if span is not None:
            data.setText(self.text[span[0] : span[1]])
        return data

    def copy_selection(self) -> None:
        """Copy what is selected as plain text."""
        if self.selected_span() is not None:
            QGuiApplication.clipboard().setMimeData(self.createMimeDataFromSelection())

    # Events ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, select, copy, or search the word at the caret; leave the rest to others."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._activate(self.selected_span() or self.word_at_caret(), adds=adds)
        elif reading_keys.extends_selection(event):
            self._caret_into_view()
            with self.held():
                super().keyPressEvent(event)
        elif (to_end := reading_keys.extends_to_end(event)) is not None:
            self.select((self._selection.anchor_cp, len(self._displayed) if to_end else 0))
        else:
            self._scroll_by_key(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Search the word; with Ctrl, add it."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            word = self._word_under(event.position())
            # Qt selects the nearest word, wherever that is.
            caret = self._selection.caret_cp
            self.select((caret, caret) if word is None else word)
            adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._activate(word, adds=adds)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, with the word it is about."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            word = self.selected_span() or self._word_under(QPointF(event.pos()))
            self.menu_requested.emit(event.globalPos(), word)
        else:
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
            self.menu_requested.emit(place, self.selected_span() or self.word_at_caret())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel_rest += event.angleDelta().y()
        steps = int(self._wheel_rest / _WHEEL_STEP)
        self._wheel_rest -= steps * _WHEEL_STEP
        if steps:
            self.zoom_requested.emit(steps)
        event.accept()

    # Private --------------------------------------------------------------------------------

    def _caret_into_view(self) -> None:
        """Let selecting by keyboard begin in what is seen."""
        if self.selected_span() is None:
            top, bottom = self.visible_span()
            if not top <= self._selection.caret_cp <= bottom:
                self.select((top, top))

    def _word_under(self, point: QPointF) -> Span | None:
        place = self._letter_near(point)
        if place is None:
            return None
        cursor = self.cursorForPosition(place.toPoint())
        cp = self._window.to_cp(cursor.position())
        # The place is between two characters; where no space parts words, each is one.
        if place.x() < self.cursorRect(cursor).x() and is_unspaced(self.text, cp - 1):
            cp -= 1
        return word_span_at(self.text, cp)

    def _letter_near(self, point: QPointF) -> QPointF | None:
        """Return where on a line a point means, or None where there is none.

        A quarter of the page is space between lines, which Qt takes for the end of the upper one.
        """
        layout, down = self.document().documentLayout(), self.verticalScrollBar().value()
        reach = line_height_px(self.document().defaultFont()) / 6
        for off in (0.0, -reach, reach):
            place = point + QPointF(0, off)
            hit = layout.hitTest(place + QPointF(0, down), Qt.HitTestAccuracy.ExactHit)
            if hit >= 0:
                return place
        return None

    def _activate(self, span: Span | None, *, adds: bool) -> None:
        if span is not None:
            self.word_activated.emit(self.words_of(span), adds)

    def _scroll_by_key(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        line = line_height_px(self.document().defaultFont())
        step = reading_keys.scroll_step(event, line_px=2 * line, page_px=bar.pageStep() - 2 * line)
        if step is not None:
            bar.setValue(bar.value() + step)
        elif event.key() == Qt.Key.Key_Home:
            self.scroll_to_cp(0, down_px=self.viewport().height())
        elif event.key() == Qt.Key.Key_End:
            self.scroll_to_end()
        else:
            event.ignore()
