"""How a row of the document list looks: a title with its hits, and a line about the text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from incipit.models import ResultRow, Snippet
from incipit.ui import wording
from incipit.ui.document_model import ROW_ROLE
from incipit.ui.row_list import RowDelegate
from incipit.ui.themes import Colours

_MARGIN_X = 16
_MARGIN_Y = 10
_LINE_GAP = 4
_TITLE_SCALE = 1.04
_SECOND_SCALE = 0.94
_COUNT_PADDING = 7
_ACCENT_WIDTH = 3
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class _Inks:
    """The colours of one row, selected or not."""

    title: QColor
    second: QColor
    mark: QColor
    mark_text: QColor


class DocumentDelegate(RowDelegate):
    """Paints :class:`ResultRow` on two lines."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(colours, parent)
        self._title_font = QFont()
        self._second_font = QFont()
        self._title_metrics = QFontMetricsF(self._title_font)
        self._second_metrics = QFontMetricsF(self._second_font)
        self.set_font(QFont())

    def set_font(self, font: QFont) -> None:
        """Derive both lines from the font of the view."""
        super().set_font(font)
        self._title_font = QFont(font)
        self._title_font.setPointSizeF(font.pointSizeF() * _TITLE_SCALE)
        self._title_font.setWeight(QFont.Weight.DemiBold)
        self._second_font = QFont(font)
        self._second_font.setPointSizeF(font.pointSizeF() * _SECOND_SCALE)
        self._title_metrics = QFontMetricsF(self._title_font)
        self._second_metrics = QFontMetricsF(self._second_font)

    def row_height(self) -> int:
        """Return the height of every row in pixels."""
        lines = self._title_metrics.height() + _LINE_GAP + self._second_metrics.height()
        return round(2 * _MARGIN_Y + lines)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the fixed height, as wide as the view."""
        del index
        return QSize(option.rect.width(), self.row_height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row = index.data(ROW_ROLE)
        area = QRectF(option.rect)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state)
        inner = area.adjusted(_MARGIN_X, _MARGIN_Y, -_MARGIN_X, -_MARGIN_Y)
        painter.setClipRect(inner.adjusted(-2, 0, 2, 0))
        if row is None:
            self._paint_placeholder(painter, inner, index.row())
        else:
            self._paint_row(painter, inner, row, self._inks(selected))
        painter.restore()

    def _inks(self, selected: bool) -> _Inks:
        colours = self._colours
        return _Inks(
            title=colours.selection_text if selected else colours.text,
            second=colours.selection_muted if selected else colours.muted,
            mark=colours.hit_background,
            mark_text=colours.hit_text,
        )

    def _paint_ground(self, painter: QPainter, area: QRectF, state: QStyle.StateFlag) -> None:
        colours = self._colours
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colours.selection_background)
            painter.fillRect(
                QRectF(area.x(), area.y(), _ACCENT_WIDTH, area.height()), colours.accent
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colours.surface_hover)
        else:
            painter.fillRect(area, colours.surface)
        line = QRectF(area.x() + _MARGIN_X, area.bottom() - 1, area.width() - 2 * _MARGIN_X, 1)
        painter.fillRect(line, colours.border)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colours.accent)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -1.5))

    def _paint_placeholder(self, painter: QPainter, inner: QRectF, row: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.border)
        # Widths that differ from row to row look like text on its way rather than a table.
        widths = (0.62 + (row * 7 % 5) * 0.06, 0.78 + (row * 5 % 4) * 0.05)
        bar = self._second_metrics.xHeight()
        tops = (inner.y() + bar * 0.5, inner.bottom() - bar * 1.5)
        for top, width in zip(tops, widths, strict=True):
            painter.drawRoundedRect(QRectF(inner.x(), top, inner.width() * width, bar), 3, 3)

    def _paint_row(self, painter: QPainter, inner: QRectF, row: ResultRow, inks: _Inks) -> None:
        count_width = self._paint_count(painter, inner, row.hits, inks)
        metrics = self._title_metrics
        painter.setFont(self._title_font)
        painter.setPen(inks.title)
        title = metrics.elidedText(
            row.document.title, Qt.TextElideMode.ElideRight, inner.width() - count_width
        )
        painter.drawText(QPointF(inner.x(), inner.y() + metrics.ascent()), title)
        top = inner.y() + metrics.height() + _LINE_GAP
        if row.snippet is not None and row.snippet.text:
            self._paint_snippet(
                painter, QRectF(inner.x(), top, inner.width(), 0), row.snippet, inks
            )
        else:
            self._paint_facts(painter, inner, top, row, inks)

    def _paint_count(self, painter: QPainter, inner: QRectF, hits: int, inks: _Inks) -> float:
        if not hits:
            return 0.0
        text = wording.number(hits)
        metrics = self._second_metrics
        width = metrics.horizontalAdvance(text)
        painter.setFont(self._second_font)
        painter.setPen(inks.second)
        painter.drawText(
            QPointF(inner.right() - width, inner.y() + self._title_metrics.ascent()), text
        )
        return width + 2 * _COUNT_PADDING

    def _paint_facts(
        self, painter: QPainter, inner: QRectF, top: float, row: ResultRow, inks: _Inks
    ) -> None:
        metrics = self._second_metrics
        folder = wording.place(row.document.folder)
        size = wording.size(row.document.size_bytes)
        painter.setFont(self._second_font)
        painter.setPen(inks.second)
        head = f"{size}  ·  "
        left = inner.width() - metrics.horizontalAdvance(head)
        text = head + metrics.elidedText(folder, Qt.TextElideMode.ElideMiddle, left)
        painter.drawText(QPointF(inner.x(), top + metrics.ascent()), text)

    def _paint_snippet(
        self, painter: QPainter, place: QRectF, snippet: Snippet, inks: _Inks
    ) -> None:
        text, marks = fit(snippet, self._second_metrics, place.width())
        layout = QTextLayout(text, self._second_font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setCacheEnabled(False)
        layout.setFormats([_format(start, end, inks) for start, end in marks])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(place.width() * 4)
        layout.endLayout()
        painter.setPen(inks.second)
        layout.draw(painter, place.topLeft())


def _format(start: int, end: int, inks: _Inks) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = start
    found.length = end - start
    style = QTextCharFormat()
    style.setBackground(inks.mark)
    style.setForeground(inks.mark_text)
    found.format = style
    return found


def fit(
    snippet: Snippet, metrics: QFontMetricsF, width: float
) -> tuple[str, list[tuple[int, int]]]:
    """Cut a snippet to ``width`` pixels around its first mark.

    Returns the text with ellipses where it was cut, and its marks in UTF-16 units, which is
    what Qt counts.
    """
    text = " ".join(snippet.text.splitlines()) if "\n" in snippet.text else snippet.text
    marks = list(snippet.marks)
    if marks and metrics.horizontalAdvance(text[: marks[0][1]]) > width * 0.7:
        text, marks = _from_first_mark(text, marks, metrics, width * 0.3)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    kept = len(shown) - 1 if shown != text else len(text)
    clipped = [(start, min(end, kept)) for start, end in marks if start < kept]
    return shown, [(_units(shown, start), _units(shown, end)) for start, end in clipped]


def _from_first_mark(
    text: str, marks: list[tuple[int, int]], metrics: QFontMetricsF, lead: float
) -> tuple[str, list[tuple[int, int]]]:
    first = marks[0][0]
    start = first
    while start > 0 and metrics.horizontalAdvance(text[start - 1 : first]) < lead:
        start -= 1
    # Begin with a whole word, where the words are short enough for one to begin here.
    gap = text.find(" ", start, first)
    start = gap + 1 if gap >= 0 else start
    shift = len(_ELLIPSIS) - start
    return _ELLIPSIS + text[start:], [(a + shift, b + shift) for a, b in marks if a >= start]


def _units(text: str, position_cp: int) -> int:
    head = text[:position_cp]
    return position_cp if head.isascii() else len(head.encode("utf-16-le", "surrogatepass")) // 2
