"""All saved searches: running, renaming and deleting one, and taking a deletion back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from incipit.models import SavedSearch
from incipit.ui.dialog_buttons import add_close, button_box

_SEARCH = Qt.ItemDataRole.UserRole


class SavedSearchesDialog(QDialog):
    """Lists saved searches; never blocks.

    ``query_chosen`` carries a query; ``renaming_wanted`` a :class:`SavedSearch` and its new
    name, ``deletion_wanted`` and ``restoration_wanted`` a :class:`SavedSearch`;
    :meth:`show_searches` is to follow on the last three.
    """

    query_chosen = Signal(str)
    renaming_wanted = Signal(object, str)
    deletion_wanted = Signal(object)
    restoration_wanted = Signal(object)

    def __init__(
        self, searches: Sequence[SavedSearch], *, read_only: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._deleted: list[SavedSearch] = []
        self._names: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Saved Searches"))
        self.table = QTableWidget(0, 2)
        self.search = QPushButton(self.tr("Search"))
        self.rename = QPushButton(self.tr("Rename"))
        self.delete = QPushButton(self.tr("Delete"))
        self.undo = QPushButton(self.tr("Undo"))
        self._note = QLabel()
        self._build()
        self.show_searches(searches)
        self.resize(620, 380)

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """List ``searches``, with the focus where it was."""
        row = self.table.currentRow()
        chosen = self._chosen()
        self._names = [search.name for search in searches]
        blocker = QSignalBlocker(self.table)
        self.table.setRowCount(len(searches))
        for place, search in enumerate(searches):
            for column, words in enumerate((search.name, search.query)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                item.setData(_SEARCH, search)
                if column or self._read_only:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(place, column, item)
        blocker.unblock()
        if searches:
            # A search that has another name now stands in another row.
            kept = [n for n, one in enumerate(searches) if chosen and one.id == chosen.id]
            self.table.selectRow(kept[0] if kept else max(0, min(row, len(searches) - 1)))
        self._offer()

    def _build(self) -> None:
        table = self.table
        table.setAccessibleName(self.tr("Saved searches"))
        table.setProperty("role", "plain")
        table.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Search")])
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._offer)
        table.itemDoubleClicked.connect(self._on_search)
        table.itemChanged.connect(self._on_renamed)
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_delete)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self._on_undo)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("role", "muted")
        self.undo.setProperty("role", "link")
        self.undo.clicked.connect(self._on_undo)
        line = QHBoxLayout()
        line.addWidget(self._note)
        line.addWidget(self.undo)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(table, 1)
        layout.addLayout(line)
        layout.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        box = button_box(self)
        self.search.setProperty("role", "primary")
        self.search.setDefault(True)
        self.search.clicked.connect(self._on_search)
        self.rename.clicked.connect(self._on_rename)
        self.rename.setToolTip(self.tr("Give the search another name (F2)"))
        self.delete.clicked.connect(self._on_delete)
        for button in (self.rename, self.delete):
            button.setAutoDefault(False)
        for button in (self.search, self.rename, self.delete):
            box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        close = add_close(box)
        close.setAutoDefault(False)
        return box

    def _chosen(self) -> SavedSearch | None:
        chosen = self.table.selectedItems()
        found: SavedSearch | None = chosen[0].data(_SEARCH) if chosen else None
        return found

    def _offer(self) -> None:
        chosen = self._chosen()
        self.search.setEnabled(chosen is not None)
        for button in (self.rename, self.delete):
            button.setEnabled(chosen is not None and not self._read_only)
        self.undo.setVisible(bool(self._deleted))
        if self._deleted:
            self._note.setText(self.tr("Deleted: {name}").format(name=self._deleted[-1].name))
        else:
            self._note.setText(self.tr("Nothing is saved yet.") if chosen is None else "")

    def _on_search(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.query_chosen.emit(chosen.query)
            self.accept()

    def _on_rename(self) -> None:
        self.table.edit(self.table.model().index(self.table.currentRow(), 0))

    def _on_renamed(self, item: QTableWidgetItem) -> None:
        search: SavedSearch = item.data(_SEARCH)
        name = item.text().strip()
        others = [other for other in self._names if other != search.name]
        is_free = bool(name) and name not in others
        with QSignalBlocker(self.table):
            item.setText(name if is_free else search.name)
        if name in others:
            self._note.setText(self.tr("Another search is saved as {name}.").format(name=name))
        elif is_free and name != search.name:
            self.renaming_wanted.emit(search, name)

    def _on_delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not self._read_only:
            self._deleted.append(chosen)
            self.deletion_wanted.emit(chosen)

    def _on_undo(self) -> None:
        if self._deleted:
            self.restoration_wanted.emit(self._deleted.pop())
            self.table.setFocus()
