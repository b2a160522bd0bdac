"""Which tags some documents have: ticked, partly ticked, and new ones by name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from incipit.ui import wording
from incipit.ui.dialog_buttons import add_cancel, button_box

_NAME_LENGTH = 100
_States = Qt.CheckState


class TagsDialog(QDialog):
    """Shows the tags of a library for some documents; never blocks.

    ``counts`` maps each tag to how many of the ``total`` documents have it. ``changed``
    carries the tags to put on all of them and those to take off, as two tuples of names.
    """

    changed = Signal(object, object)

    def __init__(
        self, counts: Mapping[str, int], total: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._before: dict[str, Qt.CheckState] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Tags of {n}").format(n=wording.documents(total)))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.setProperty("role", "plain")
        self.field = QLineEdit()
        self.field.setMaxLength(_NAME_LENGTH)
        self.field.setPlaceholderText(self.tr("A new tag"))
        self.field.setAccessibleName(self.tr("Name of a new tag"))
        self.add = QPushButton(self.tr("&Add"))
        self.apply = QPushButton(self.tr("Apply"))
        for name, count in counts.items():
            self._put(name, _state(count, total))
        self._build()
        self._on_field_changed()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add what stands in the field by Enter, and leave the dialog open."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.field.hasFocus() and self.add.isEnabled():
            self._on_add()
        else:
            super().keyPressEvent(event)

    def _put(self, name: str, state: Qt.CheckState) -> QListWidgetItem:
        item = QListWidgetItem(name)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        self._before[name] = state
        self.list.addItem(item)
        return item

    def _build(self) -> None:
        hint = QLabel(self.tr("Search for a tag with tag: and its name."))
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setProperty("role", "muted")
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addWidget(self.add)
        box = button_box(self)
        self.apply.setProperty("role", "primary")
        box.addButton(self.apply, QDialogButtonBox.ButtonRole.AcceptRole)
        add_cancel(box)
        self.apply.setDefault(True)
        self.add.setAutoDefault(False)
        box.accepted.connect(self._on_accepted)
        self.field.textChanged.connect(self._on_field_changed)
        self.add.clicked.connect(self._on_add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self.list, 1)
        layout.addLayout(line)
        layout.addWidget(hint)
        layout.addWidget(box)
        self.resize(380, 420)

    def _on_field_changed(self) -> None:
        self.add.setEnabled(bool(self.field.text().strip()))

    def _on_add(self) -> None:
        name = self.field.text().strip()
        if not name:
            return
        # Case makes no difference: a tag that is there is ticked.
        there = self.list.findItems(name, Qt.MatchFlag.MatchFixedString)
        item = there[0] if there else self._put(name, _States.Unchecked)
        item.setCheckState(_States.Checked)
        self.list.setCurrentItem(item)
        self.field.clear()

    def _on_accepted(self) -> None:
        self._on_add()
        add: list[str] = []
        remove: list[str] = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.checkState() != self._before[item.text()]:
                (add if item.checkState() == _States.Checked else remove).append(item.text())
        if add or remove:
            self.changed.emit(tuple(add), tuple(remove))
        self.accept()


def _state(count: int, total: int) -> Qt.CheckState:
    if not count:
        return _States.Unchecked
    return _States.Checked if count == total else _States.PartiallyChecked
