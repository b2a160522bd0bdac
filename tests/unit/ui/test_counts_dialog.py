"""Counts by part are sorted by their values; the definition says how it is reckoned."""

from __future__ import annotations

from PySide6.QtCore import Qt

from incipit.analysis.counting import HitCount
from incipit.services.concordance_counts import GroupBy, GroupCount
from incipit.ui.counts_dialog import CountsDialog, DefinitionDialog


def test_parts_are_listed_most_hits_first_and_sorted_as_numbers(qtbot):
    parts = [
        GroupCount(path, HitCount(hits, 1, 2, 1000, 0))
        for path, hits in (("/a", 9), ("/b", 1000), ("/c", 20))
    ]
    dialog = CountsDialog("ferry", parts[:1], parts)
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table(1)

    def column(at):
        return [table.item(row, at).text() for row in range(table.rowCount())]

    assert column(0) == ["/b", "/c", "/a"]
    assert column(1) == ["1,000", "20", "9"]
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert column(2) == ["9,000", "20,000", "1,000,000"]
    assert dialog.table(0).rowCount() == 1
    assert dialog.windowTitle() == "Counts of ferry"


def test_real_counts_fill_both_tables(qtbot, library, concordance_of):
    found, _ = concordance_of()
    dialog = CountsDialog("x", *(library.concordance_groups(found, by) for by in GroupBy))
    qtbot.addWidget(dialog)
    assert [dialog.table(tab).item(0, 1).text() for tab in (0, 1)] == ["3", "3"]


def test_the_definition_names_its_sources(qtbot, library, concordance_of):
    found, _ = concordance_of()
    overview = library.concordance_overview(found, 5)
    dialog = DefinitionDialog(overview)
    qtbot.addWidget(dialog)
    words = dialog.words.text()
    assert f"DP is {overview.deviation.dp:.3f}" in words
    assert "over 3 documents" in words
    assert "2008" in words
    assert "Lijffijt" in words
