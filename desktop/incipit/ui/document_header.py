"""What stands over the page: the document's title, its file, words, encoding and tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from incipit.models import Document
from incipit.text import encodings
from incipit.ui import wording
from incipit.ui.elided_label import ElidedLabel
from incipit.ui.one_line import OneLine

_TITLE_SCALE = 1.22
_LEAST_PX = 320
_GAP_PX = 8


class DocumentHeader(QWidget):
    """Shows one document's title and particulars. ``wrong_characters`` asks for a correction."""

    wrong_characters = Signal()

    def __init__(self, beside: QWidget, parent: QWidget | None = None) -> None:
        """Put ``beside`` (the hit navigator) at the right end."""
        super().__init__(parent)
        self.title = ElidedLabel()
        self.path = ElidedLabel(Qt.TextElideMode.ElideMiddle, least_chars=18)
        self.words = _muted()
        self.encoding = _muted()
        self.edges = _muted()
        self.tags = ElidedLabel(least_chars=12)
        self.tags.setProperty("role", "muted")
        self._tags_shown = False
        self._is_slab = False
        self.edges.setToolTip(
            self.tr(
                "This file was cut out of a longer text. How likely its first and its last word "
                "are torn is estimated from the words of all texts; they can be found, but are "
                "left out of titles and counts."
            )
        )
        self.wrong = QPushButton(self.tr("Wrong characters?"))
        self.wrong.setProperty("role", "quiet")
        self.wrong.setToolTip(self.tr("Read this file in another encoding"))
        self.wrong.clicked.connect(self.wrong_characters)
        self.path.setProperty("role", "muted")
        self._arrange(beside)
        self._enlarge()

    def show_document(self, document: Document) -> None:
        """Show the particulars of a document."""
        self.title.setText(document.title)
        self.path.setText(wording.place(document.path))
        words = self.tr("1 word") if document.word_count == 1 else self.tr("{n} words")
        self.words.setText(words.format(n=wording.number(document.word_count)))
        label = encodings.label(document.encoding)
        self.encoding.setText(_short(label))
        self.encoding.setToolTip(label)
        self.encoding.setAccessibleName(self.tr("Encoding: {name}").format(name=label))
        self.edges.setText(self.tr("Cut at the ends"))
        self._is_slab = document.is_slab
        self._arrange_particulars()
        self.setAccessibleName(document.title)

    def show_edges(self, start: float, end: float) -> None:
        """Say how likely the first and the last word of a slab are torn, 0 to 1."""
        self.edges.setText(
            self.tr("Ends torn: {start}, {end}").format(
                start=f"{round(100 * start)} %", end=f"{round(100 * end)} %"
            )
        )
        self._arrange_particulars()

    def show_tags(self, names: Sequence[str]) -> None:
        """Show the tags of the document."""
        if not names and not self._tags_shown:
            return
        self._tags_shown = bool(names)
        self.tags.setText(self.tr("Tags: {names}").format(names=", ".join(names)))
        self._arrange_particulars()

    def _arrange_particulars(self) -> None:
        edges = (self.edges,) if self._is_slab else ()
        tags = (self.tags,) if self._tags_shown else ()
        parts = (self.encoding, self.wrong, *edges, self.words, *tags, self.path)
        self._particulars.set_wanted(parts)

    def minimumSizeHint(self) -> QSize:
        """Ask for room to read in, and for more where the size of the text needs it."""
        return super().minimumSizeHint().expandedTo(QSize(_LEAST_PX, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the system's text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "wrong"):
            self._enlarge()

    def _arrange(self, beside: QWidget) -> None:
        # The path gives way first: the list and its tool tip tell it too.
        self._particulars = OneLine(
            (self.encoding, self.wrong, self.edges, self.words, self.tags, self.path), ()
        )
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.title, 1)
        top.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
        # The particulars have all of the width, so that small windows show them too.
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 12, 8)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._particulars)

    def _enlarge(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _TITLE_SCALE)
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)


def _short(label: str) -> str:
    """Return of "Western European (Windows-1252)" what tells it from others of its region."""
    return label.rpartition("(")[2].removesuffix(")")


def _muted() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "muted")
    label.setContentsMargins(0, 0, _GAP_PX, 0)
    return label
