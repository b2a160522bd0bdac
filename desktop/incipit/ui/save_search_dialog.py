"""Giving a search a name, under which it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from incipit.models import SavedSearch
from incipit.ui.dialog_buttons import add_cancel, button_box
from incipit.ui.elided_label import ElidedLabel


class SaveSearchDialog(QDialog):
    """Asks for the name of a search; never blocks. ``named`` carries name and query."""

    named = Signal(str, str)

    def __init__(
        self, query: str, saved: Sequence[SavedSearch], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._query = query
        self._saved = {search.name: search for search in saved}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Save This Search"))
        self.name = QLineEdit(self._first_name(saved))
        self.name.setMaxLength(200)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.save = QPushButton(self.tr("Save"))
        self._build()
        self.name.textChanged.connect(self._on_name_changed)
        self._on_name_changed()
        self.name.selectAll()
        self.resize(460, self.sizeHint().height())

    def _first_name(self, saved: Sequence[SavedSearch]) -> str:
        """Return the name that this query has already, or else the query itself."""
        return next((one.name for one in saved if one.query == self._query), self._query)

    def _build(self) -> None:
        searched = ElidedLabel()
        searched.setText(self._query)
        form = QFormLayout()
        form.addRow(self.tr("Search:"), searched)
        form.addRow(self.tr("&Name:"), self.name)
        box = button_box(self)
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        box.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        add_cancel(box)
        box.accepted.connect(self._on_accepted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(box)

    def _on_name_changed(self) -> None:
        name = self.name.text().strip()
        self.save.setEnabled(bool(name))
        there = self._saved.get(name)
        if there is not None and there.query != self._query:
            self.note.setText(
                self.tr("This takes the place of the saved search {query}").format(
                    query=there.query
                )
            )
        else:
            self.note.setText(self.tr("Saved searches stand in the menu beside the search field."))

    def _on_accepted(self) -> None:
        self.named.emit(self.name.text().strip(), self._query)
        self.accept()
