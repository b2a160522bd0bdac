"""Correcting an encoding: a list to choose from, how the text then reads, and how far it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from incipit.models import Scope
from incipit.ui import wording
from incipit.ui.dialog_buttons import add_cancel, button_box
from incipit.ui.elided_label import ElidedLabel
from incipit.ui.encoding_list import AUTOMATIC, EncodingList

if TYPE_CHECKING:
    from incipit.services.recoding import EncodingChoices

_LIST_WIDTH_PX = 280


class EncodingDialog(QDialog):
    """Asks in which encoding documents are to be read; never blocks.

    ``preview_wanted`` carries an encoding whose reading is to be shown, None for the automatic
    choice; ``correction_wanted`` the document's id, a :class:`Scope` and an encoding or None.
    """

    preview_wanted = Signal(object)
    correction_wanted = Signal(int, object, object)

    def __init__(self, choices: EncodingChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = choices.document
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Wrong Characters?"))
        self.list = EncodingList(choices.likely, choices.automatic, choices.document.encoding)
        self.list.setFixedWidth(max(_LIST_WIDTH_PX, self.list.full_width()))
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("How the text reads"))
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.scopes: dict[Scope, QRadioButton] = {}
        self.apply = QPushButton(self.tr("Read Again"))
        self._build(choices)
        self.list.encoding_chosen.connect(self._on_encoding_chosen)
        self.resize(820, 560)

    def begin(self) -> None:
        """Choose what the document is read in now, and ask for its preview."""
        self.list.choose(self._document.encoding)
        self.list.setFocus()

    def show_preview(self, text: str) -> None:
        """Show how the text reads in the chosen encoding."""
        self.problem.hide()
        self.preview.setPlainText(text)
        self.apply.setEnabled(True)

    def show_problem(self, problem: Exception) -> None:
        """Say why the text does not read in the chosen encoding."""
        self.preview.clear()
        self.problem.setText(str(problem))
        self.problem.show()
        self.apply.setEnabled(False)

    def scope(self) -> Scope:
        """Return how far the correction is to reach."""
        return next(scope for scope, button in self.scopes.items() if button.isChecked())

    def _build(self, choices: EncodingChoices) -> None:
        name = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        name.setText(wording.path(self._document.path))
        name.setProperty("role", "muted")
        about = QLabel(
            self.tr(
                "Choose the encoding in which the text reads right. Shown are the places where "
                "encodings differ. The file itself is not changed."
            )
        )
        about.setWordWrap(True)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.problem)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(name)
        layout.addWidget(about)
        layout.addLayout(middle, 1)
        layout.addLayout(self._reach(choices))
        layout.addWidget(self._buttons())

    def _reach(self, choices: EncodingChoices) -> QVBoxLayout:
        words = {
            Scope.FILE: self.tr("Only this &file"),
            Scope.FOLDER: self.tr("All of its fol&der ({n})"),
            Scope.SOURCE: self.tr("All that was added &with it ({n})"),
        }
        column = QVBoxLayout()
        column.setSpacing(4)
        for scope, text in words.items():
            button = QRadioButton(text.format(n=wording.files(choices.files[scope])))
            self.scopes[scope] = button
            column.addWidget(button)
        self.scopes[Scope.FILE].setChecked(True)
        return column

    def _buttons(self) -> QDialogButtonBox:
        box = button_box(self)
        self.apply.setProperty("role", "primary")
        self.apply.setDefault(True)
        self.apply.setEnabled(False)
        self.apply.clicked.connect(self._on_applied)
        box.addButton(self.apply, QDialogButtonBox.ButtonRole.ActionRole)
        add_cancel(box)
        return box

    def _on_encoding_chosen(self, name: str) -> None:
        self.apply.setEnabled(False)
        self.preview_wanted.emit(None if name == AUTOMATIC else name)

    def _on_applied(self) -> None:
        name = self.list.encoding()
        if name is not None:
            encoding = None if name == AUTOMATIC else name
            self.correction_wanted.emit(self._document.id, self.scope(), encoding)
            self.accept()
