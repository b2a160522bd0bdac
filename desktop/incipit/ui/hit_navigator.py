"""Which hit of how many, in which document of how many, and the two buttons to go on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from incipit.ui import wording
from incipit.ui.icons import icon
from incipit.ui.themes import Colours


class HitNavigator(QWidget):
    """Shows the place among the hits; emits that the reader wants to go on or back."""

    next_wanted = Signal()
    previous_wanted = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_hits = False
        self._has_place = False
        self.hit_label = _counter()
        self.document_label = _counter()
        self.document_label.setProperty("role", "muted")
        self.previous = _button(self.tr("Previous hit"), self.tr("Previous hit (Shift+F3)"))
        self.next = _button(self.tr("Next hit"), self.tr("Next hit (F3)"))
        self.previous.clicked.connect(self.previous_wanted)
        self.next.clicked.connect(self.next_wanted)
        counters = QVBoxLayout()
        counters.setSpacing(1)
        counters.addWidget(self.hit_label)
        counters.addWidget(self.document_label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(counters)
        layout.addSpacing(4)
        layout.addWidget(self.previous)
        layout.addWidget(self.next)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_colours(colours)
        self.show_hit(-1, 0)
        self.show_document_place(0, 0)

    def set_colours(self, colours: Colours) -> None:
        """Draw the buttons in the colours of a theme."""
        self.previous.setIcon(icon("previous", colours.text))
        self.next.setIcon(icon("next", colours.text))

    def show_hit(self, index: int, total: int) -> None:
        """Say "3 of 17" for index 2; -1 where none is current yet."""
        if index >= 0:
            text = self.tr("{n} of {total}").format(
                n=wording.number(index + 1), total=wording.number(total)
            )
            self.hit_label.setAccessibleName(self.tr("Hit {place}").format(place=text))
        else:
            text = wording.hits(total)
            self.hit_label.setAccessibleName(text)
        self.hit_label.setText(text)
        self.hit_label.setVisible(total > 0)
        self._has_hits = total > 0
        self._appear()

    def show_counting(self) -> None:
        """Say that there are hits of which it is not known yet how many."""
        text = self.tr("counting hits…")
        self.hit_label.setText(text)
        self.hit_label.setAccessibleName(text)
        self.hit_label.setVisible(True)
        self._has_hits = True
        self._appear()

    def show_document_place(self, place: int, total: int) -> None:
        """Say "document 5 of 214"; nothing for 0."""
        self._has_place = place > 0
        self.document_label.setVisible(self._has_place)
        self.document_label.setText(
            self.tr("document {n} of {total}").format(
                n=wording.number(place), total=wording.number(total)
            )
        )
        self._appear()

    def _appear(self) -> None:
        self.setVisible(self._has_hits or self._has_place)


def _counter() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def _button(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
