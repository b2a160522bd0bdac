"""What stands below the search field changes the search, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from incipit.services.library import Library
from incipit.services.settings import LibraryState, Settings
from incipit.ui.main_window import MainWindow
from incipit.ui.query_summary import QuerySummary
from incipit.ui.theme_switch import ThemeSwitch

TEXTS = {
    "press/deal.txt": "Turkey signed the deal for the S-400 after all.",
    "press/copy.txt": "Turkey signed the deal for the S-400 after all.",
    "letters/ports.txt": "Turkey\n\n400 ships and a letter s.",
}


@pytest.fixture
def press_library(tmp_path, fill):
    folder = tmp_path / "press"
    Library.open(folder).close()
    fill(folder, TEXTS)
    opened = Library.open(folder)
    yield opened
    opened.close()


@pytest.fixture
def window(bridge, press_library, qapp, qtbot):
    state = LibraryState(sort="name", descending=False)
    settings = Settings().with_state(press_library.folder, state)
    made = MainWindow(bridge, ThemeSwitch(qapp, "light"), settings)
    qtbot.addWidget(made)
    made.show_opening(press_library.folder)
    made.resize(1200, 700)
    made.show()
    with qtbot.waitSignal(made.documents.answered):
        made.attach(press_library)
    yield made
    made.detach()


def rows(window):
    return window.documents.documents.model.rowCount()


def search(window, qtbot, query):
    with qtbot.waitSignal(window.documents.answered):
        window.search_bar.set_query(query)


def chip(window, begins):
    summary = window.search_bar.findChild(QuerySummary)
    found = [b for b in summary.findChildren(QPushButton) if b.isVisible()]
    return next((button for button in found if button.text().startswith(begins)), None)


@pytest.mark.parametrize(
    ("query", "found", "words"),
    [
        ("name:deal", 1, "name has “deal”"),
        ("folder:letters", 1, "folder has “letters”"),
        ("words:>9", 2, "more than 9 words"),
        ("added:>=2020", 3, "added since 2020"),
        ("tag:none", 0, "tagged “none”"),
    ],
)
def test_filter_is_a_chip_that_a_key_takes_away(window, qtbot, query, found, words):
    search(window, qtbot, query)
    assert rows(window) == found
    removal = chip(window, words)
    removal.setFocus()
    with qtbot.waitSignal(window.documents.answered):
        qtbot.keyClick(removal, Qt.Key.Key_Space)
    assert window.search_bar.query() == ""
    assert rows(window) == 3


def test_parts_are_left_out_and_put_back_one_after_the_other(window, qtbot):
    def press(begins, query):
        button = chip(window, begins)
        button.setFocus()
        with qtbot.waitSignal(window.documents.answered):
            qtbot.keyClick(button, Qt.Key.Key_Space)
        assert window.search_bar.query().split() == query.split()

    search(window, qtbot, "turkey signed folder:press")
    press("turkey", "signed folder:press")
    press("folder", "signed")
    assert rows(window) == 2
    press("+  folder", "signed folder:press")
    press("+  turkey", "turkey signed folder:press")
    assert chip(window, "+") is None
    press("turkey", "signed folder:press")
    search(window, qtbot, "ships")
    assert chip(window, "+") is None


def test_phrase_for_a_single_letter_is_one_click_away_with_its_count(window, qtbot):
    search(window, qtbot, "s 400")
    assert rows(window) == 3
    qtbot.waitUntil(lambda: chip(window, "as a phrase") is not None)
    offer = chip(window, "as a phrase")
    assert offer.text() == 'as a phrase: "s 400" (2 documents)'
    with qtbot.waitSignal(window.documents.answered):
        qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert window.search_bar.query() == '"s 400"'
    assert rows(window) == 2


def test_duplicates_fold_from_the_menu(window, qtbot):
    menu = window.documents.documents.sort_menu
    fold = next(action for action in menu.actions() if action.text() == "Fold Duplicates")
    with qtbot.waitSignal(window.documents.answered):
        fold.trigger()
    assert rows(window) == 2
    with qtbot.waitSignal(window.documents.answered):
        fold.trigger()
    assert rows(window) == 3
