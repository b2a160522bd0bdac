"""Typing into the list goes to the next title that begins so, wherever its row is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from incipit.models import SearchRequest, SortKey
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.ui.list_pane import ListPane
from incipit.ui.themes import LIGHT
from incipit.ui.title_jump import TitleJump

TITLES = ("Ankara", "Turkey", "A far place", "Turmoil", "Athens")


@pytest.fixture
def titled(tmp_path, fill, end_calls):
    folder = tmp_path / "titled"
    Library.open(folder).close()
    fill(
        folder,
        {
            f"{number}.txt": f"{title}\n\nSome words here, and then some more of them."
            for number, title in enumerate(TITLES)
        },
    )
    opened = Library.open(folder)
    yield opened
    end_calls()
    opened.close()


@pytest.fixture
def pane(bridge, titled, qtbot):
    made = ListPane(LIGHT)
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    jump = TitleJump(bridge, made, made)
    jump.attach(titled)
    request = SearchRequest("", SortKey.NAME, descending=False)
    # No row was read: their titles are known to the library alone.
    made.model.show(titled.search(request, JobControl()))
    made.list.go_to(0)
    return made


def type_title(pane, qtbot, text, row):
    qtbot.keyClicks(pane.list, text)
    qtbot.waitUntil(lambda: pane.list.current_row() == row)


def captions(pane):
    return [label.text() for label in pane.findChildren(QLabel)]


def test_more_letters_go_on_to_the_title_that_is_meant(pane, qtbot):
    type_title(pane, qtbot, "t", 1)
    type_title(pane, qtbot, "urm", 3)
    assert "To title: turm" in captions(pane)


def test_one_letter_again_goes_through_its_titles_and_round(pane, qtbot):
    for row in (2, 4, 0, 2):
        type_title(pane, qtbot, "a", row)


def test_spaces_belong_to_a_title(pane, qtbot):
    type_title(pane, qtbot, "a f", 2)
    assert pane.list.selected_count() == 1


def test_what_no_title_begins_with_is_said_and_moves_nothing(pane, qtbot):
    qtbot.keyClicks(pane.list, "tx")
    qtbot.waitUntil(lambda: "No title begins with “tx”" in captions(pane))
    pane.list.end_typing()
    assert "No title begins with “tx”" not in captions(pane)


def test_an_answer_about_another_list_is_dropped(pane, titled, qtbot):
    qtbot.keyClicks(pane.list, "t")
    pane.model.show(titled.search(SearchRequest("", SortKey.NAME), JobControl()))
    pane.list.go_to(0)
    qtbot.wait(100)
    assert pane.list.current_row() == 0


def test_arrows_go_on_from_where_typing_led(pane, qtbot):
    type_title(pane, qtbot, "tu", 1)
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert pane.list.current_row() == 2
