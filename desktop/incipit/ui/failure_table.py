"""Files that were not added, in a table: which, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from incipit.models import FailedFile, LazySequence
from incipit.ui import wording
from incipit.ui.row_ranges import RowRanges

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class FailureModel(QAbstractTableModel):
    """Three columns: file, reason, what to do."""

    def __init__(self, failures: Sequence[FailedFile], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failures = failures

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of files."""
        return 0 if parent.isValid() else len(self.failures)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return 3."""
        return 0 if parent.isValid() else 3

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        failure = self.failures[index.row()]
        return (wording.path(failure.path), failure.reason, failure.advice)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("File"), self.tr("Reason"), self.tr("What to do"))[section]


class FailureTable(QTableView):
    """Shows failures; the selected ones can be tried again. ``name`` is for those who listen."""

    def __init__(
        self, failures: Sequence[FailedFile], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._failures = FailureModel(failures, self)
        self.setProperty("role", "plain")
        self.setAccessibleName(name or self.tr("Files that were not added"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setItemDelegateForColumn(0, _PathDelegate(self))
        self.verticalHeader().hide()
        # Its numbers would be measured, shown or not.
        self.setModel(self._failures)
        # Two lines a row: a height from contents would measure every row there is.
        self.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + 14)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        # With that of the rows it would ask about each of them, to show a column as selected.
        header.setSelectionModel(QItemSelectionModel(self._failures, self))

    def chosen(self) -> Sequence[FailedFile]:
        """Return the selected failures, or all where none is selected."""
        failures, rows = self._failures.failures, self.chosen_rows()
        return failures if len(rows) == len(failures) else _Chosen(failures, rows)

    def chosen_rows(self) -> RowRanges:
        """Return the selected rows, or all where none is selected."""
        parts = self.selectionModel().selection().toList()
        rows = RowRanges(range(part.top(), part.bottom() + 1) for part in parts)
        return rows or RowRanges([range(self._failures.rowCount())])


def name_by_selection(button: QPushButton, table: FailureTable, every: str, some: str) -> None:
    """Have a button say whether it acts on ``every`` file, as none is selected, or on ``some``."""

    def name() -> None:
        button.setText(some if table.selectionModel().hasSelection() else every)

    table.selectionModel().selectionChanged.connect(name)
    name()


class _Chosen(LazySequence[FailedFile]):
    """Some of many failures, each made when it is asked for."""

    def __init__(self, failures: Sequence[FailedFile], rows: RowRanges) -> None:
        self._failures = failures
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def _at(self, at: int) -> FailedFile:
        return self._failures[self._rows[at]]


class _PathDelegate(QStyledItemDelegate):
    """Shortens in the middle: the beginning and the end of a path say most."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText
