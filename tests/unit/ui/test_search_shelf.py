"""Searches are kept in a real library, and a deletion can be taken back."""

from __future__ import annotations

import pytest

from incipit.ui.save_search_dialog import SaveSearchDialog
from incipit.ui.saved_searches_dialog import SavedSearchesDialog
from incipit.ui.search_shelf import SearchShelf


@pytest.fixture
def shelf(empty_library, bridge, window):
    made = SearchShelf(bridge, window)
    made.attach(empty_library)
    yield made
    made.attach(None)


def opened(window, qtbot, kind):
    qtbot.waitUntil(lambda: window.findChild(kind) is not None)
    return window.findChild(kind)


def test_search_is_saved_under_a_name(shelf, window, empty_library, qtbot):
    shelf.save("ship*")
    dialog = opened(window, qtbot, SaveSearchDialog)
    dialog.name.setText("Ships")
    with qtbot.waitSignal(shelf.told) as told:
        dialog.save.click()
    assert told.args == ["Saved as Ships."]
    assert [(one.name, one.query) for one in empty_library.saved_searches()] == [("Ships", "ship*")]


def test_kept_searches_come(shelf, empty_library, qtbot):
    empty_library.save_search("Ships", "ship*")
    empty_library.remember_search("rain")
    with qtbot.waitSignal(shelf.came) as came:
        shelf.ask()
    saved, recent, read_only = came.args
    assert ([one.name for one in saved], recent, read_only) == (["Ships"], ("rain",), False)


def test_recent_searches_are_forgotten(shelf, empty_library, qtbot):
    empty_library.remember_search("rain")
    with qtbot.waitSignal(shelf.told):
        shelf.forget_recent()
    assert empty_library.recent_searches() == ()


def test_renamed_search_stays_chosen(shelf, window, empty_library, qtbot):
    empty_library.save_search("Ankara", "turkey")
    empty_library.save_search("Ships", "ship*")
    shelf.show_saved()
    dialog = opened(window, qtbot, SavedSearchesDialog)
    dialog.table.item(0, 0).setText("Turkey")
    qtbot.waitUntil(lambda: dialog.table.item(1, 0).text() == "Turkey")
    assert [one.name for one in empty_library.saved_searches()] == ["Ships", "Turkey"]
    assert dialog.table.currentRow() == 1
    dialog.reject()


def test_deleted_search_comes_back(shelf, window, empty_library, qtbot):
    empty_library.save_search("Ships", "ship*")
    empty_library.save_search("Ankara", "turkey")
    shelf.show_saved()
    dialog = opened(window, qtbot, SavedSearchesDialog)
    dialog.delete.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert [one.name for one in empty_library.saved_searches()] == ["Ships"]
    dialog.undo.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    assert [one.name for one in empty_library.saved_searches()] == ["Ankara", "Ships"]


def test_deletion_is_made_also_when_the_dialog_closes_at_once(shelf, window, empty_library, qtbot):
    empty_library.save_search("Ships", "ship*")
    shelf.show_saved()
    dialog = opened(window, qtbot, SavedSearchesDialog)
    dialog.delete.click()
    dialog.reject()
    qtbot.waitUntil(lambda: empty_library.saved_searches() == ())


def test_saved_search_is_run(shelf, window, empty_library, qtbot):
    empty_library.save_search("Ships", "ship*")
    shelf.show_saved()
    dialog = opened(window, qtbot, SavedSearchesDialog)
    with qtbot.waitSignal(shelf.query_chosen) as chosen:
        dialog.search.click()
    assert chosen.args == ["ship*"]
