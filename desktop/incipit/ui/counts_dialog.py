"""Counts by source and folder in a table, and what the measure of spread means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from incipit.services.concordance_counts import GroupCount, Overview
from incipit.ui import wording
from incipit.ui.counts_line import decimal
from incipit.ui.dialog_buttons import add_close, button_box

# By this name the tools of translators find the words.
translate = QCoreApplication.translate

_SIZE_PX = (860, 440)


class CountsDialog(QDialog):
    """Shows the hits of a query in each source and in each folder."""

    def __init__(
        self,
        query: str,
        sources: Sequence[GroupCount],
        folders: Sequence[GroupCount],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Counts of {query}").format(query=query))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self.tabs = QTabWidget()
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab(_table(sources, self.tr("Source")), self.tr("By &Source"))
        self.tabs.addTab(_table(folders, self.tr("Folder")), self.tr("By &Folder"))
        buttons = button_box(self)
        add_close(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)

    def table(self, tab: int) -> QTableWidget:
        """Return the table of a tab: 0 of the sources, 1 of the folders."""
        table = self.tabs.widget(tab)
        assert isinstance(table, QTableWidget)
        return table


class DefinitionDialog(QDialog):
    """Says what DP is, and what it is here."""

    def __init__(self, overview: Overview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How evenly the hits are spread"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = QLabel(_definition(overview))
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setMinimumWidth(460)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        buttons = button_box(self)
        add_close(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addWidget(self.words)
        layout.addWidget(buttons)


def _definition(overview: Overview) -> str:
    count, deviation = overview.count, overview.deviation
    assert deviation is not None
    return translate(
        "CountsDialog",
        "DP is {dp}, DPnorm {norm}, over {documents}.\n\n"
        "The deviation of proportions compares, for each document, its share of all hits with "
        "its share of all words. DP is half the sum of the differences: 0 where hits are spread "
        "as the words are, near 1 where one small document has them all. DPnorm divides it by "
        "the most that it can be with these documents, 1 less the smallest share.\n\n"
        "Documents without words are left out, and so are the first and the last word of each "
        "text that was cut from a longer one: {edges}.\n\n"
        "Gries, S. Th. (2008): Dispersions and adjusted frequencies in corpora. International "
        "Journal of Corpus Linguistics 13(4).\n"
        "Lijffijt, J. and Gries, S. Th. (2012): Correction to the above. International Journal "
        "of Corpus Linguistics 17(1).",
    ).format(
        dp=decimal(deviation.dp, 3),
        norm=decimal(deviation.dp_norm, 3),
        documents=wording.documents(count.all_documents),
        edges=wording.hits(count.edge_hits),
    )


def _table(counts: Sequence[GroupCount], heading: str) -> QTableWidget:
    headings = [
        heading,
        translate("CountsDialog", "Hits"),
        translate("CountsDialog", "Per million"),
        translate("CountsDialog", "With hits"),
        translate("CountsDialog", "Documents"),
        translate("CountsDialog", "Words"),
        translate("CountsDialog", "Cut edges"),
    ]
    table = QTableWidget(len(counts), len(headings))
    table.setProperty("role", "plain")
    table.setAccessibleName(heading)
    table.setHorizontalHeaderLabels(headings)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    # The end of a path tells more than its beginning.
    table.setTextElideMode(Qt.TextElideMode.ElideLeft)
    table.verticalHeader().hide()
    for row, one in enumerate(counts):
        path = wording.path(one.path)
        table.setItem(row, 0, _cell(path, path))
        for column, (value, shown) in enumerate(_numbers(one), 1):
            table.setItem(row, column, _cell(value, shown))
    table.setSortingEnabled(True)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in range(1, len(headings)):
        mode = QHeaderView.ResizeMode.ResizeToContents
        table.horizontalHeader().setSectionResizeMode(column, mode)
    return table


def _numbers(one: GroupCount) -> list[tuple[float, str]]:
    count = one.count
    return [
        (count.hits, wording.number(count.hits)),
        (count.per_million, decimal(count.per_million)),
        (count.documents, wording.number(count.documents)),
        (count.all_documents, wording.number(count.all_documents)),
        (count.tokens, wording.number(count.tokens)),
        (count.edge_hits, wording.number(count.edge_hits)),
    ]


class _Cell(QTableWidgetItem):
    """A cell that is sorted by its value and not by its words."""

    def __lt__(self, other: QTableWidgetItem) -> bool:
        role = Qt.ItemDataRole.UserRole
        return bool(self.data(role) < other.data(role))


def _cell(value: float | str, shown: str) -> QTableWidgetItem:
    cell = _Cell(shown)
    cell.setData(Qt.ItemDataRole.UserRole, value)
    if not isinstance(value, str):
        cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    else:
        cell.setToolTip(shown)
    return cell
