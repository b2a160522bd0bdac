"""The licences of the program and its parts: a list of parts, and the text of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from incipit.services.licences import Licence
from incipit.ui.dialog_buttons import add_close, button_box

_SIZE_PX = (760, 520)
_LIST_PX = 220


class LicencesDialog(QDialog):
    """Shows ``licences``; ``parts`` is the list, ``text`` what is read of the one chosen."""

    def __init__(self, licences: Sequence[Licence], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._licences = licences
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Licences"))
        self.parts = QListWidget()
        self.parts.setAccessibleName(self.tr("Parts of the program"))
        self.parts.addItems([licence.name for licence in licences])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Licence"))
        self.parts.currentRowChanged.connect(self._on_chosen)
        sides = QSplitter()
        sides.addWidget(self.parts)
        sides.addWidget(self.text)
        sides.setSizes([_LIST_PX, _SIZE_PX[0] - _LIST_PX])
        buttons = button_box(self)
        add_close(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(sides, 1)
        layout.addWidget(buttons)
        self.resize(*_SIZE_PX)
        self.parts.setCurrentRow(0)

    def _on_chosen(self, row: int) -> None:
        if 0 <= row < len(self._licences):
            texts = self._licences[row].texts
            parts = [text if len(texts) == 1 else f"{name}\n\n{text}" for name, text in texts]
            self.text.setPlainText("\n\n\n".join(parts))
