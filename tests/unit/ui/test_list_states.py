"""Every situation without results has its words and its ways on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from incipit.errors import LibraryUnusable
from incipit.models import Suggestion
from incipit.ui import list_states
from incipit.ui.state_page import StatePage
from incipit.ui.themes import LIGHT


@pytest.fixture
def page(qtbot):
    made = StatePage(LIGHT)
    qtbot.addWidget(made)
    return made


def labels(page):
    return [button.text() for button in page.ways()]


def test_empty_library_says_what_to_do(page):
    list_states.show_empty_library(page, read_only=False)
    assert page.title() == "Drop your texts here"
    assert labels(page) == ["Add a Folder…", "Add Files…", "Try it with a small sample"]


def test_empty_library_that_can_only_be_read_offers_another(page):
    list_states.show_empty_library(page, read_only=True)
    assert labels(page) == ["Open Another Library…"]


def test_sample_is_there_and_holds_texts():
    assert any(list_states.sample_folder().rglob("*.txt"))


def test_suggestions_are_ways_on(page, make_result):
    found = Suggestion('"s 400"', 'split: "s 400"', 1)
    list_states.NoResults(page).show(make_result(0, "s400"), [found])
    assert labels(page)[0] == 'split: "s 400"  (1 document)'
    chosen = []
    page.chosen.connect(chosen.append)
    page.ways()[0].click()
    assert chosen == [list_states.QUERY + '"s 400"']


def test_ways_on_stay_while_the_same_query_finds_nothing(page, make_result):
    said = list_states.NoResults(page)
    said.show(make_result(0, "s400"), [Suggestion('"s 400"', 'split: "s 400"', 1)])
    buttons = page.ways()

    said.show(make_result(0, "s400"))
    assert page.ways() == buttons

    list_states.show_searching(page)
    said.show(make_result(0, "s400"))
    assert labels(page) == [button.text() for button in buttons]

    said.show(make_result(0, "another"))
    assert labels(page) == ["Clear the Search"]


def test_incomplete_index_is_said(page, make_result):
    list_states.NoResults(page).show(replace(make_result(0, "x"), incomplete=True))
    assert "not in the index yet" in page.accessibleDescription()


def test_unusable_library_says_why_and_what_to_do(page):
    problem = LibraryUnusable("This library is newer.", advice="Update.", subject="/a/b")
    list_states.show_unusable(page, problem)
    assert page.title() == "This library is newer."
    assert page.accessibleDescription() == "/a/b\nUpdate."
    assert labels(page) == ["Try Again", "Open Another Library…"]


def test_fault_of_the_program_is_not_blamed_on_the_user(page):
    list_states.show_failed(page, KeyError("x"))
    assert page.title() == "The search failed"
    assert "fault of the program" in page.accessibleDescription()


@pytest.mark.parametrize(
    ("show", "title"),
    [
        (list_states.show_opening, "Opening the library…"),
        (list_states.show_adding, "Reading your texts…"),
        (list_states.show_searching, "Searching…"),
    ],
)
def test_waiting_states_say_what_is_waited_for(page, show, title):
    show(page)
    assert page.title() == title
    assert labels(page) == []
