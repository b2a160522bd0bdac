"""A page of help, from Markdown: set for reading, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QPalette,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from incipit import paths

_PADDING_PX = 6
_MARGIN_PX = 24
_GAP_PX = 14


class HelpPage(QTextBrowser):
    """Shows a page with the pictures that come with the program, as wide as the page.

    Links are not followed, and no other picture is loaded: nothing is fetched from anywhere.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(_MARGIN_PX)

    def show_page(self, markdown: str) -> None:
        """Show a page from its beginning; HTML in it is shown as it stands."""
        features = (
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML
        )
        self.document().setMarkdown(markdown, features)
        self._set_tables()
        self._set_blocks()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the program by its name, and nothing else."""
        url, image = QUrl(name), QImage()
        if kind == QTextDocument.ResourceType.ImageResource.value and url.isRelative():
            image.load(str(paths.resources() / "screenshots" / url.fileName()))
        width = self.viewport().width() - 2 * _MARGIN_PX - self.verticalScrollBar().width()
        if image.width() > width > 0:
            mode = Qt.TransformationMode.SmoothTransformation
            return image.scaledToWidth(width, mode)
        return image

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._set_tables()
            self._set_blocks()

    def _set_tables(self) -> None:
        for table in self._tables():
            form = table.format()
            form.setBorderCollapse(True)
            form.setBorder(1)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(self.palette().brush(QPalette.ColorRole.Midlight))
            form.setCellPadding(_PADDING_PX)
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            form.setTopMargin(_PADDING_PX)
            form.setBottomMargin(_GAP_PX)
            table.setFormat(form)

    def _set_blocks(self) -> None:
        code = self.palette().brush(QPalette.ColorRole.AlternateBase)
        for block in self._blocks():
            if block.blockFormat().headingLevel():
                form = block.blockFormat()
                form.setTopMargin(_GAP_PX)
                form.setBottomMargin(_PADDING_PX)
                QTextCursor(block).setBlockFormat(form)
            walk = block.begin()
            while not walk.atEnd():
                piece = walk.fragment()
                if piece.charFormat().fontFixedPitch():
                    cursor = QTextCursor(block)
                    cursor.setPosition(piece.position())
                    end = piece.position() + piece.length()
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    form_of_code = piece.charFormat()
                    form_of_code.setBackground(code)
                    cursor.setCharFormat(form_of_code)
                walk += 1

    def _tables(self) -> Iterator[QTextTable]:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                yield frame

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()
