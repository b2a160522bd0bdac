"""A search gets a name that is not empty, and is told whose place it takes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from incipit.models import SavedSearch
from incipit.ui.save_search_dialog import SaveSearchDialog


@pytest.fixture
def make(qtbot):
    def dialog(query, *saved):
        made = SaveSearchDialog(query, saved)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(made)
        made.show()
        return made

    return dialog


def test_query_is_the_first_name_and_can_be_typed_over(make, qtbot):
    dialog = make("ship*")
    assert dialog.name.selectedText() == "ship*"
    qtbot.keyClicks(dialog.name, "Ships")
    with qtbot.waitSignal(dialog.named) as named:
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert named.args == ["Ships", "ship*"]
    assert not dialog.isVisible()


def test_empty_name_cannot_be_saved(make):
    dialog = make("ship*")
    dialog.name.setText("   ")
    assert not dialog.save.isEnabled()


def test_name_that_is_taken_says_what_it_replaces(make):
    dialog = make("ship*", SavedSearch(1, "Ships", "ferry"))
    before = dialog.note.text()
    dialog.name.setText("Ships")
    assert "ferry" in dialog.note.text() != before
    assert dialog.save.isEnabled()


def test_query_that_is_saved_already_has_its_name(make):
    assert make("ferry", SavedSearch(1, "Ships", "ferry")).name.text() == "Ships"
