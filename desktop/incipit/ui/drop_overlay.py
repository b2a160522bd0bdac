"""What is seen while files are dragged over the window: what letting go of them will do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from incipit.ui import wording
from incipit.ui.file_urls import local_paths
from incipit.ui.icons import pixmap
from incipit.ui.themes import Colours

_ICON_PX = 48
_VEIL_ALPHA = 215
_LONGEST_NAME = 60


class DropOverlay(QWidget):
    """Covers the widget it is given while files are dragged over it, and takes the drop.

    ``dropped`` carries the paths. Whatever is dragged, the action is always a copy: accepting a
    proposed move would invite the other program to delete the originals.
    """

    dropped = Signal(list)

    def __init__(self, covered: QWidget, colours: Colours) -> None:
        super().__init__(covered)
        self._covered = covered
        self._colours = colours
        self._open = False
        self._read_only = False
        # Seen, not felt: the drop goes to the window below.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = _centred()
        self._body = _centred()
        self._body.setProperty("role", "muted")
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        card = QFrame()
        card.setProperty("role", "drop")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 32, 32, 32)
        inside.setSpacing(10)
        inside.addStretch()
        for widget in (self._icon, self._title, self._body):
            inside.addWidget(widget)
        inside.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 28, 28, 28)
        layout.addWidget(card)
        self.hide()
        covered.installEventFilter(self)

    def set_open(self, is_open: bool, *, read_only: bool = False) -> None:
        """Say whether there is a library to drop into, and whether it can be changed."""
        self._open = is_open
        self._read_only = read_only

    def announce(self, paths: Sequence[Path]) -> None:
        """Say what dropping ``paths`` will do, or why it can do nothing."""
        if self._read_only:
            self._title.setText(self.tr("This library can only be read"))
            self._body.setText(self.tr("Nothing can be added to it here."))
        else:
            self._title.setText(self._what(paths))
            self._body.setText(
                self.tr(
                    "Folders are read with everything in them. "
                    "The originals stay where they are, unchanged."
                )
            )
        self._refresh_icon()
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()

    def text(self) -> str:
        """Return what is announced, or nothing when nothing is."""
        return "" if self.isHidden() else self._title.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        self._colours = colours

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Serve what is dragged over the covered widget, and stay as large as it."""
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        elif kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            assert isinstance(event, QDropEvent)
            return self._take(event, local_paths(event.mimeData()))
        elif kind == QEvent.Type.DragLeave:
            self.hide()
        return super().eventFilter(watched, event)

    def _take(self, event: QDropEvent, paths: list[Path]) -> bool:
        if event.type() == QEvent.Type.Drop:
            # Also where the data is gone by now, with the program that it was dragged from.
            self.hide()
        # What is dragged out of the list is in the library already.
        if not paths or not self._open or event.source() is not None:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.DragEnter:
            self.announce(paths)
        elif event.type() == QEvent.Type.Drop:
            self.dropped.emit(paths)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Veil what is below."""
        del event
        veil = QColor(self._colours.window)
        veil.setAlpha(_VEIL_ALPHA)
        QPainter(self).fillRect(self.rect(), veil)

    def _what(self, paths: Sequence[Path]) -> str:
        if len(paths) == 1:
            name = wording.path(paths[0].name or str(paths[0]))
            if len(name) > _LONGEST_NAME:
                name = name[: _LONGEST_NAME - 1] + "…"
            return self.tr("Add “{name}” to the library").format(name=name)
        return self.tr("Add {n} files and folders to the library").format(
            n=wording.number(len(paths))
        )

    def _refresh_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap("drop", self._colours.accent, _ICON_PX, ratio))


def _centred() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
