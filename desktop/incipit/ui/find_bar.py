"""The bar for finding in the document that is read; what is found is shown by the pane."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from incipit.ui import wording
from incipit.ui.icons import icon
from incipit.ui.themes import Colours

_WIDEST_FIELD_PX = 380


class FindBar(QFrame):
    """A field, the place among the matches, and buttons. Enter goes on, Escape closes."""

    needle_changed = Signal(str)
    next_wanted = Signal()
    previous_wanted = Signal()
    closed = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this document"))
        self.field.setAccessibleName(self.tr("Find in this document"))
        self.field.setAcceptDrops(False)
        self.field.setClearButtonEnabled(False)
        self.counter = QLabel()
        self.counter.setTextFormat(Qt.TextFormat.PlainText)
        self.previous = self._button(self.tr("Previous match"), self.tr("Shift+Enter"))
        self.next = self._button(self.tr("Next match"), self.tr("Enter"))
        self.close_button = self._button(self.tr("Close"), self.tr("Esc"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 8, 12, 8)
        layout.setSpacing(6)
        self.field.setMaximumWidth(_WIDEST_FIELD_PX)
        layout.addWidget(self.field, 3)
        layout.addWidget(self.counter, 1)
        for widget in (self.previous, self.next, self.close_button):
            layout.addWidget(widget, 0)
        self.field.textChanged.connect(self.needle_changed)
        self.previous.clicked.connect(self.previous_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.close_button.clicked.connect(self.closed)
        self.set_colours(colours)
        self.show_place(-1, 0, searching=False)

    def set_colours(self, colours: Colours) -> None:
        """Draw the buttons in the colours of a theme."""
        self.previous.setIcon(icon("previous", colours.text))
        self.next.setIcon(icon("next", colours.text))
        self.close_button.setIcon(icon("clear", colours.text))

    def open_with(self, needle: str) -> None:
        """Take the focus, with ``needle`` (where there is one) in the field, selected."""
        if needle:
            self.field.setText(needle)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_place(self, index: int, total: int, *, searching: bool) -> None:
        """Say "3 of 41" for index 2, or that nothing was found."""
        if not self.field.text().strip():
            text = ""
        elif total == 0:
            text = self.tr("Searching…") if searching else self.tr("Not found")
        elif index < 0:
            text = self.tr("{n} found").format(n=wording.number(total))
        else:
            more = "+" if searching else ""
            text = self.tr("{n} of {total}").format(
                n=wording.number(index + 1), total=wording.number(total) + more
            )
        self.counter.setText(text)
        missing = bool(text) and total == 0 and not searching
        self._set_role("error" if missing else "muted")
        self.previous.setEnabled(total > 0)
        self.next.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Shift+Enter, close with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_wanted if back else self.next_wanted).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _set_role(self, role: str) -> None:
        if self.counter.property("role") != role:
            self.counter.setProperty("role", role)
            self.counter.style().polish(self.counter)

    def _button(self, name: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({key})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
