"""Sources can be seen, looked at again, and taken out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from selecting import select_row

from incipit.models import Source, SourceKind
from incipit.ui.sources_dialog import SourceModel, SourcesDialog

SOURCES = (
    Source(3, "/corpus/letters", SourceKind.FOLDER, datetime(2026, 3, 1, 12, tzinfo=UTC), 1200),
    Source(4, "/corpus/caf\udce9", SourceKind.FOLDER, datetime(2026, 3, 2, 12, tzinfo=UTC), 1),
)


@pytest.fixture
def show(qtbot):
    def make(*, read_only=False):
        dialog = SourcesDialog(SOURCES, read_only=read_only)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def button(dialog, text):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_model_is_a_good_model(qtmodeltester):
    qtmodeltester.check(SourceModel(SOURCES))


def test_cells_say_place_and_documents():
    model = SourceModel(SOURCES)
    assert model.index(0, 0).data() == "/corpus/letters"
    assert model.index(0, 1).data() == "1,200"
    assert model.index(1, 0).data() == "/corpus/caf?"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Documents"


@pytest.mark.parametrize(
    ("text", "signal"), [("Remove from Library", "removal_wanted"), ("Refresh", "refresh_wanted")]
)
def test_chosen_source_is_acted_on(show, qtbot, text, signal):
    dialog = show()
    select_row(dialog.table, 1)
    with qtbot.waitSignal(getattr(dialog, signal)) as wanted:
        button(dialog, text).click()
    assert wanted.args == [SOURCES[1]]
    assert not dialog.isVisible()


def test_first_source_is_chosen_until_another_is(show, qtbot):
    dialog = show()
    assert [row.row() for row in dialog.table.selectionModel().selectedRows()] == [0]
    with qtbot.waitSignal(dialog.refresh_wanted) as wanted:
        button(dialog, "Refresh").click()
    assert wanted.args == [SOURCES[0]]


def test_read_only_library_changes_nothing(show):
    dialog = show(read_only=True)
    select_row(dialog.table, 0)
    assert not button(dialog, "Remove from Library").isEnabled()
    assert not button(dialog, "Refresh").isEnabled()
