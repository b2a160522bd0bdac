"""Saved searches are run, deleted and brought back, with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from selecting import select_row

from incipit.models import SavedSearch
from incipit.ui.saved_searches_dialog import SavedSearchesDialog

SAVED = [SavedSearch(1, "Ankara", "turkey"), SavedSearch(2, "Ships", "ship*")]


@pytest.fixture
def make(qtbot):
    def dialog(saved=SAVED, *, read_only=False):
        made = SavedSearchesDialog(saved, read_only=read_only)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(made)
        made.show()
        return made

    return dialog


def test_first_one_is_selected_and_searched_with_enter(make, qtbot):
    dialog = make()
    with qtbot.waitSignal(dialog.query_chosen) as chosen:
        dialog.search.click()
    assert chosen.args == ["turkey"]
    assert not dialog.isVisible()


def test_deleted_with_its_key_and_brought_back(make, qtbot):
    dialog = make()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.table.setFocus()
    select_row(dialog.table, 1)
    with qtbot.waitSignal(dialog.deletion_wanted) as deletion:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert deletion.args == [SAVED[1]]
    dialog.show_searches(SAVED[:1])
    assert dialog.table.rowCount() == 1
    assert dialog.undo.isVisible()
    with qtbot.waitSignal(dialog.restoration_wanted) as restoration:
        dialog.undo.click()
    assert restoration.args == [SAVED[1]]
    dialog.show_searches(SAVED)
    assert not dialog.undo.isVisible()


def test_deletions_are_undone_from_the_last_on(make):
    dialog = make()
    dialog.delete.click()
    dialog.show_searches(SAVED[1:])
    dialog.delete.click()
    dialog.show_searches([])
    brought = []
    dialog.restoration_wanted.connect(brought.append)
    dialog.undo.click()
    dialog.undo.click()
    assert brought == [SAVED[1], SAVED[0]]


def test_nothing_saved_offers_nothing(make):
    dialog = make([])
    assert not dialog.search.isEnabled()
    assert not dialog.delete.isEnabled()


def test_library_for_reading_only_deletes_nothing(make, qtbot):
    dialog = make(read_only=True)
    assert not dialog.delete.isEnabled()
    with qtbot.assertNotEmitted(dialog.deletion_wanted, wait=20):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)


def test_renamed_with_its_key(make, qtbot):
    dialog = make()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.table.setFocus()
    select_row(dialog.table, 1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    editor = dialog.table.findChild(QLineEdit)
    editor.setText(" Boats ")
    with qtbot.waitSignal(dialog.renaming_wanted) as renaming:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert renaming.args == [SAVED[1], "Boats"]
    assert dialog.isVisible()


@pytest.mark.parametrize("name", ["Ankara", "", "Ships"])
def test_name_that_cannot_be_given_changes_nothing(make, qtbot, name):
    dialog = make()
    with qtbot.assertNotEmitted(dialog.renaming_wanted):
        dialog.table.item(1, 0).setText(name)
    assert dialog.table.item(1, 0).text() == "Ships"
    told = [label.text() for label in dialog.findChildren(QLabel)]
    assert ("Another search is saved as Ankara." in told) == (name == "Ankara")


def test_query_of_a_saved_search_is_not_typed_over(make):
    dialog = make()
    assert not dialog.table.item(0, 1).flags() & Qt.ItemFlag.ItemIsEditable
    read_only = make(read_only=True)
    assert not read_only.rename.isEnabled()
    assert not read_only.table.item(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


def test_deletion_is_undone_with_its_key(make, qtbot):
    dialog = make()
    dialog.delete.click()
    dialog.show_searches(SAVED[1:])
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    with qtbot.waitSignal(dialog.restoration_wanted) as restoration:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert restoration.args == [SAVED[0]]
