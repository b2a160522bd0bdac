"""The folders and files that were given to the library, and taking one out again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from incipit.models import Source
from incipit.ui import wording
from incipit.ui.dialog_buttons import add_close, button_box

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SourceModel(QAbstractTableModel):
    """Three columns: place, documents, when it was added."""

    def __init__(self, sources: Sequence[Source], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sources = tuple(sources)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of sources."""
        return 0 if parent.isValid() else len(self.sources)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return 3."""
        return 0 if parent.isValid() else 3

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell."""
        source = self.sources[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            added = wording.locale().toString(
                QDate(*source.added_at.astimezone().timetuple()[:3]), QLocale.FormatType.ShortFormat
            )
            return (wording.place(source.path), wording.number(source.document_count), added)[
                index.column()
            ]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Folder or file"), self.tr("Documents"), self.tr("Added"))[section]


class SourcesDialog(QDialog):
    """Lists sources; its signals carry the :class:`Source` that was acted on.

    A removal can be undone; a refresh looks for what was added, changed or moved there.
    """

    removal_wanted = Signal(object)
    refresh_wanted = Signal(object)

    def __init__(
        self, sources: Sequence[Source], *, read_only: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sources"))
        self._model = SourceModel(sources, self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(self.tr("Sources"))
        self.table.setProperty("role", "plain")
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        note = QLabel(
            self.tr("Removing takes the documents out of the library; the files stay untouched.")
        )
        note.setWordWrap(True)
        note.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self.table, 1)
        layout.addWidget(note)
        layout.addWidget(self._buttons(read_only=read_only))
        self.resize(680, 380)

    def _buttons(self, *, read_only: bool) -> QDialogButtonBox:
        box = button_box(self)
        actions = []
        for words, signal in (
            (self.tr("Refresh"), self.refresh_wanted),
            (self.tr("Remove from Library"), self.removal_wanted),
        ):
            button = QPushButton(words)
            button.setEnabled(False)
            button.clicked.connect(lambda _checked=False, signal=signal: self._act(signal))
            box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            actions.append(button)
        close = add_close(box)
        close.setDefault(True)
        selection = self.table.selectionModel()

        def offer() -> None:
            for button in actions:
                button.setEnabled(selection.hasSelection() and not read_only)

        selection.selectionChanged.connect(offer)
        # The keys go on from here, and most libraries have one source.
        self.table.selectRow(0)
        return box

    def _act(self, signal: SignalInstance) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            signal.emit(self._model.sources[rows[0].row()])
            self.accept()
