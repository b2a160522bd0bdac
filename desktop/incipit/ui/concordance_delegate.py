"""How a line of the concordance looks: the hit at one place, its contexts to both sides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from incipit.analysis.sorting import LineKey
from incipit.services.concordance_values import KwicLine
from incipit.text.contexts import Edge
from incipit.ui.concordance_model import LINE_COLUMN, LINE_ROLE, percent
from incipit.ui.kwic_layout import HIT_AT, KwicLayout
from incipit.ui.row_list import RowDelegate
from incipit.ui.themes import Colours

_MARGIN_X = 10
_MARGIN_Y = 4
_ACCENT_WIDTH = 3
_EDGE_GAP = 4
_TEETH = 3

_Index = QModelIndex | QPersistentModelIndex


class ConcordanceDelegate(RowDelegate):
    """Paints :class:`KwicLine` in two columns: the line, and where it comes from."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(colours, parent)
        self._keys: tuple[LineKey, ...] = ()
        self._fixed = False
        self._line_font = QFont()
        self._metrics = QFontMetricsF(self._font)

    @property
    def line_font(self) -> QFont:
        """Return the font of the lines."""
        return self._line_font

    def set_keys(self, keys: Sequence[LineKey]) -> None:
        """Colour the words at these places, which the lines are sorted by."""
        self._keys = tuple(keys)

    def set_fixed(self, fixed: bool) -> None:
        """Write lines in a font of one width, or not, from when the font is set next."""
        self._fixed = fixed

    def set_font(self, font: QFont) -> None:
        """Write in ``font``, lines perhaps in one of one width and the same size."""
        super().set_font(font)
        self._line_font = QFont(font)
        if self._fixed:
            self._line_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            self._line_font.setStyleHint(QFont.StyleHint.Monospace)
            self._line_font.setPointSizeF(font.pointSizeF())
        self._metrics = QFontMetricsF(self._line_font)

    def row_height(self) -> int:
        """Return the height of every row in pixels."""
        return 2 * _MARGIN_Y + max(super().row_height(), round(self._metrics.height()))

    def characters_beside(self, width_px: float) -> int:
        """Return how many characters fill the larger side of a line ``width_px`` wide."""
        # Narrow letters are common: some more than the average would need.
        return round(width_px * (1 - HIT_AT) / self._metrics.averageCharWidth() * 1.2)

    def layout_of(self, line: KwicLine) -> KwicLayout:
        """Return the layout of a line, as it is painted."""
        return KwicLayout(line, self._line_font, self._colours, self._keys)

    def hit_x(self, area: QRectF) -> float:
        """Return where in the area of a line its hit begins."""
        return area.x() + area.width() * HIT_AT

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the fixed height, as wide as the column."""
        del index
        return QSize(option.rect.width(), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        area = QRectF(option.rect)
        line = index.data(LINE_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(area)
        self._paint_ground(painter, area, option.state, index.column())
        if line is None:
            self._paint_placeholder(painter, area, index)
        elif index.column() == LINE_COLUMN:
            self._paint_line(painter, area, line, selected=selected)
        else:
            self._paint_place(painter, area, line, selected=selected)
        painter.restore()

    def _ink(self, *, selected: bool) -> QColor:
        return self._colours.selection_text if selected else self._colours.text

    def _paint_ground(
        self, painter: QPainter, area: QRectF, state: QStyle.StateFlag, column: int
    ) -> None:
        colours = self._colours
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colours.selection_background)
            if column == LINE_COLUMN:
                bar = QRectF(area.x(), area.y(), _ACCENT_WIDTH, area.height())
                painter.fillRect(bar, colours.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colours.surface_hover)
        else:
            painter.fillRect(area, colours.surface)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colours.accent)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_placeholder(self, painter: QPainter, area: QRectF, index: _Index) -> None:
        if index.column() != LINE_COLUMN:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.border)
        share = 0.7 + (index.row() * 7 % 5) * 0.06
        bar = self._metrics.xHeight()
        width = area.width() * share
        left = self.hit_x(area) - width * HIT_AT
        painter.drawRoundedRect(QRectF(left, area.center().y() - bar / 2, width, bar), 3, 3)

    def _paint_line(
        self, painter: QPainter, area: QRectF, line: KwicLine, *, selected: bool
    ) -> None:
        layout = self.layout_of(line)
        painter.setPen(self._ink(selected=selected))
        top = area.y() + (area.height() - layout.height) / 2
        start = layout.draw(painter, self.hit_x(area), top)
        end = start + layout.width
        self._paint_edge(painter, start - _EDGE_GAP, area, line.context.left_edge)
        self._paint_edge(painter, end + _EDGE_GAP, area, line.context.right_edge)

    def _paint_edge(self, painter: QPainter, x: float, area: QRectF, edge: Edge) -> None:
        """Draw where the text ends: a bar for a document's end, teeth where it was cut."""
        if edge is Edge.NONE or not area.x() <= x <= area.right():
            return
        top, bottom = area.y() + _MARGIN_Y, area.bottom() - _MARGIN_Y
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if edge is Edge.DOCUMENT:
            painter.setPen(QPen(self._colours.muted, 2))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            return
        painter.setPen(QPen(self._colours.warning, 1.5))
        step = (bottom - top) / (2 * _TEETH)
        points = [QPointF(x + (2 if n % 2 else -2), top + n * step) for n in range(2 * _TEETH + 1)]
        painter.drawPolyline(QPolygonF(points))

    def _paint_place(
        self, painter: QPainter, area: QRectF, line: KwicLine, *, selected: bool
    ) -> None:
        inner = area.adjusted(_MARGIN_X, 0, -_MARGIN_X, 0)
        painter.setFont(self._font)
        painter.setPen(self._colours.selection_muted if selected else self._colours.muted)
        metrics = QFontMetricsF(self._font)
        middle = Qt.AlignmentFlag.AlignVCenter
        place = percent(line)
        room = inner.width() - metrics.horizontalAdvance("100 %") - _MARGIN_X
        title = metrics.elidedText(line.document.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, place)
