"""Failures stand in a table with reason and advice, and can be chosen from it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QPushButton
from selecting import select_row

from incipit.models import FailedFile
from incipit.ui.failure_table import FailureModel, FailureTable, name_by_selection

FAILURES = (
    FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read."),
    FailedFile("/a/caf\udce9.txt", "gone", 'It is "gone", now.', ""),
)


def test_model_is_a_good_model(qtmodeltester):
    qtmodeltester.check(FailureModel(FAILURES))


def test_cells_say_file_reason_and_advice():
    model = FailureModel(FAILURES)
    cells = [model.index(0, column).data() for column in range(3)]
    assert cells == ["/a/pic.txt", "This is binary data.", "Only text can be read."]
    assert model.index(1, 0).data() == "/a/caf?.txt"
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert titles == ["File", "Reason", "What to do"]


def test_selected_failures_are_chosen_or_else_all(qtbot):
    table = FailureTable(FAILURES)
    qtbot.addWidget(table)
    assert table.chosen() == FAILURES
    select_row(table, 1)
    assert list(table.chosen()) == [FAILURES[1]]
    assert list(table.chosen_rows()) == [1]


class Many(Sequence):
    """So many failures that none may be made but those that are shown."""

    def __init__(self):
        self.made = set()

    def __len__(self):
        return 300_000

    def __getitem__(self, row):
        self.made.add(row)
        return FAILURES[row % 2]


def test_many_failures_are_made_only_as_they_are_shown(qtbot):
    many = Many()
    table = FailureTable(many)
    qtbot.addWidget(table)
    table.show()
    table.selectAll()
    assert len(table.chosen_rows()) == 300_000
    assert table.chosen() is many
    index = table.model().index(7, 0)
    flags = QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(index, flags)
    chosen = table.chosen()
    assert len(chosen) == 299_999
    assert len(many.made) < 100
    assert [chosen[at] for at in (6, 7)] == [FAILURES[0], FAILURES[0]]
    assert chosen[6:9] == (FAILURES[0], FAILURES[0], FAILURES[1])


def test_many_selected_failures_are_painted_at_once(qtbot):
    table = FailureTable(Many())
    qtbot.addWidget(table)
    table.show()
    table.selectAll()
    began = time.process_time()
    table.grab()
    # Four seconds, where the header asks about every row.
    assert time.process_time() - began < 1


def test_a_button_says_whether_it_acts_on_all_or_on_those_selected(qtbot):
    table, button = FailureTable(FAILURES), QPushButton()
    qtbot.addWidget(table)
    qtbot.addWidget(button)
    name_by_selection(button, table, "Forget All", "Forget")
    assert button.text() == "Forget All"
    table.selectRow(1)
    assert button.text() == "Forget"
    table.clearSelection()
    assert button.text() == "Forget All"
