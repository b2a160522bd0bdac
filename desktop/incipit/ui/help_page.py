"""A page of help, from Markdown: set for reading, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from incipit import paths

_PADDING_PX = 6
_MARGIN_PX = 24
_GAP_PX = 14
#: Of the lightness of a colour.
_HALF = 128
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class HelpPage(QTextBrowser):
    """Shows a page with the pictures that come with the program, in the theme, within its width.

    Links are not followed, and no other picture is loaded: nothing is fetched from anywhere.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: dict[str, QImage] = {}
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
        self._set()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Load nothing: the pictures of the program are given to the page."""
        return QImage()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have pictures follow the width."""
        super().resizeEvent(event)
        self._set_pictures()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._set()

    def _set(self) -> None:
        self._set_tables()
        self._set_blocks()
        self._set_pictures()

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
            for piece in _pieces(block):
                if piece.charFormat().fontFixedPitch():
                    form_of_code = piece.charFormat()
                    form_of_code.setBackground(code)
                    self._give(piece, form_of_code)

    def _set_pictures(self) -> None:
        """Give the page its pictures, in the theme and no wider than it, in pixels of the screen.

        Qt would shrink them too, but without smoothing.
        """
        dark = self.palette().color(QPalette.ColorRole.Base).lightness() < _HALF
        room_px = max(self.viewport().width() - 2 * _MARGIN_PX, 1)
        for block in self._blocks():
            for piece in _pieces(block):
                form = piece.charFormat().toImageFormat()
                image = self._picture(form.name(), dark=dark) if form.isValid() else QImage()
                if image.isNull():
                    continue
                ratio = self.devicePixelRatioF()
                width_px = min(image.width(), room_px)
                image = image.scaledToWidth(round(width_px * ratio), _SMOOTH)
                image.setDevicePixelRatio(ratio)
                kind = QTextDocument.ResourceType.ImageResource
                self.document().addResource(kind.value, QUrl(form.name()), image)
                form.setWidth(width_px)
                form.setHeight(image.height() / ratio)
                self._give(piece, form)

    def _picture(self, name: str, *, dark: bool) -> QImage:
        """Return the picture of the program that the guide calls ``name``, or an empty one."""
        url = QUrl(name)
        if not url.isRelative():
            return QImage()
        file = url.fileName()
        if dark:
            file = file.replace("-light.", "-dark.")
        if file not in self._read:
            self._read[file] = QImage(str(paths.resources() / "screenshots" / file))
        return self._read[file]

    def _give(self, piece: QTextFragment, form: QTextCharFormat) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(piece.position())
        cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)

    def _tables(self) -> Iterator[QTextTable]:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                yield frame

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()


def _pieces(block: QTextBlock) -> Iterator[QTextFragment]:
    walk = block.begin()
    while not walk.atEnd():
        yield walk.fragment()
        walk += 1
