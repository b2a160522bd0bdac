"""Printing a document: plain pages with its title, its file and the number of the page.

The print classes are imported when something is printed: they cost start-up time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog, QWidget

from incipit.models import Document
from incipit.text.paragraphs import display_blocks
from incipit.ui import wording
from incipit.ui.appearance import ReadingAppearance, reading_font
from incipit.ui.displayed_text import showable

_POINTS = 10.5
_HEADER_POINTS = 8.0
_LEADING = 1.4
# Wider lines are hard to follow, on paper too.
_MEASURE_EM = 38
_POINTS_PER_INCH = 72
# Texts over this are printed with a dialog that can stop it.
_LONG_CP = 200_000


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The geometry of a page in device pixels."""

    text: QRectF
    header: QRectF
    font: QFont
    header_font: QFont
    line_px: float


def print_with_dialog(
    document: Document, text: str, appearance: ReadingAppearance, parent: QWidget
) -> bool:
    """Ask for a printer and print; return whether it was printed to the end."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.title)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    first, last = printer.fromPage(), printer.toPage()
    return print_document(
        printer, document, text, appearance, first or 1, last or None, parent=parent
    )


def print_document(
    device: QPagedPaintDevice,
    document: Document,
    text: str,
    appearance: ReadingAppearance,
    first_page: int = 1,
    last_page: int | None = None,
    *,
    parent: QWidget | None = None,
) -> bool:
    """Print pages ``first_page`` to ``last_page`` (from 1; None: the last); True at the end."""
    waiting = None
    if len(text) > _LONG_CP:
        waiting = QProgressDialog(parent)
        waiting.setLabelText(QCoreApplication.translate("Printing", "Printing…"))
        waiting.setRange(0, len(text))
        waiting.setWindowModality(Qt.WindowModality.WindowModal)
    painter = QPainter(device)
    try:
        pages = _Pages(device, painter, document, appearance, first_page)
        for done_cp in pages.print(text):
            if last_page is not None and pages.number >= last_page:
                break
            if waiting is not None:
                waiting.setValue(done_cp)
                QApplication.processEvents()
                if waiting.wasCanceled():
                    return False
    finally:
        painter.end()
        if waiting is not None:
            waiting.close()
    return True


class _Pages:
    """Fills pages with lines, one after the other."""

    def __init__(
        self,
        device: QPagedPaintDevice,
        painter: QPainter,
        document: Document,
        appearance: ReadingAppearance,
        first_page: int,
    ) -> None:
        self._device = device
        self._painter = painter
        self._document = document
        self._first_page = first_page
        self._sheet = _sheet(device, appearance)
        self.number = 0
        self._y = 0.0
        self._drawn_pages = 0

    def print(self, text: str) -> Iterator[int]:
        """Draw all lines; yield the code points done before each new page but the first."""
        self._begin_page()
        for start, block in _blocks(text):
            for line, layout in _lines(block, self._sheet, self._device):
                if self._y + self._sheet.line_px > self._sheet.text.bottom():
                    yield start
                    self._begin_page()
                if self.number >= self._first_page:
                    place = layout.lineAt(line)
                    offset = QPointF(self._sheet.text.left(), self._y - place.y())
                    place.draw(self._painter, offset)
                self._y += self._sheet.line_px

    def _begin_page(self) -> None:
        self.number += 1
        self._y = self._sheet.text.top()
        if self.number < self._first_page:
            return
        if self._drawn_pages:
            self._device.newPage()
        self._drawn_pages += 1
        self._draw_header()

    def _draw_header(self) -> None:
        painter, rect = self._painter, self._sheet.header
        painter.setFont(self._sheet.header_font)
        painter.setPen(Qt.GlobalColor.black)
        metrics = QFontMetricsF(self._sheet.header_font, self._device)
        page = QCoreApplication.translate("Printing", "page {n}").format(n=self.number)
        left = QRectF(rect)
        left.setWidth(rect.width() - metrics.horizontalAdvance(page) - 2 * metrics.height())
        title = " ".join(self._document.title.split())
        elide = Qt.TextElideMode.ElideRight
        align = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        painter.drawText(left, align, metrics.elidedText(title, elide, left.width()))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        painter.drawText(rect, right, page)
        path = metrics.elidedText(
            wording.path(self._document.path), Qt.TextElideMode.ElideMiddle, rect.width()
        )
        below = rect.translated(0, metrics.lineSpacing())
        painter.drawText(below, align, path)
        rule = rect.top() + 2.4 * metrics.lineSpacing()
        painter.drawLine(QPointF(rect.left(), rule), QPointF(rect.right(), rule))


def _sheet(device: QPagedPaintDevice, appearance: ReadingAppearance) -> _Sheet:
    font = reading_font(appearance, QFont())
    font.setPointSizeF(_POINTS)
    header_font = QFont(QApplication.font())
    header_font.setPointSizeF(_HEADER_POINTS)
    header_metrics = QFontMetricsF(header_font, device)
    em_px = _POINTS / _POINTS_PER_INCH * device.logicalDpiY()
    width = min(device.width() - 2 * em_px, _MEASURE_EM * em_px)
    header = QRectF((device.width() - width) / 2, 2 * em_px, width, device.height() - 5 * em_px)
    text = header.adjusted(0, 4 * header_metrics.lineSpacing(), 0, 0)
    metrics = QFontMetricsF(font, device)
    line_px = max(_LEADING * em_px, metrics.ascent() + metrics.descent())
    return _Sheet(text, header, font, header_font, line_px)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the display blocks of a text with their starts, a line's end left off."""
    place = 0
    while place < len(text):
        line_end = text.find("\n", place)
        line_end = len(text) if line_end < 0 else line_end
        line = text[place:line_end]
        bounds = [*(int(start) for start in display_blocks(line)), len(line)]
        for start, end in pairwise(bounds):
            yield place + start, showable(line[start:end])
        place = line_end + 1


def _lines(
    block: str, sheet: _Sheet, device: QPagedPaintDevice
) -> Iterator[tuple[int, QTextLayout]]:
    """Yield the lines of a block laid out at the width of the page."""
    layout = QTextLayout(block, sheet.font, device)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(sheet.text.width())
        line.setPosition(QPointF(0, layout.lineCount() * sheet.line_px))
    layout.endLayout()
    for number in range(max(layout.lineCount(), 1)):
        yield number, layout
