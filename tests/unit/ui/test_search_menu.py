"""The menu of searches lists what is kept and offers to keep what is searched now."""

from __future__ import annotations

import pytest

from incipit.models import SavedSearch
from incipit.ui.search_menu import SearchMenu

SAVED = [SavedSearch(1, "Ankara & co", "turkey OR ankara"), SavedSearch(2, "Ships", "ship*")]


@pytest.fixture
def make(qtbot):
    def menu(query="", saved=(), recent=(), *, read_only=False):
        made = SearchMenu(query, saved, recent, read_only=read_only)
        qtbot.addWidget(made)
        return made

    return menu


def enabled(menu):
    return [action.text() for action in menu.actions() if action.isEnabled() and action.text()]


def action_of(menu, words):
    return next(action for action in menu.actions() if action.text() == words)


def test_saved_ones_come_before_earlier_ones(make):
    menu = make("", SAVED, ["rain", "harbour"])
    assert enabled(menu)[:4] == ["Ankara && co", "Ships", "rain", "harbour"]


def test_choice_carries_the_query_and_not_the_name(make, qtbot):
    menu = make("", SAVED)
    with qtbot.waitSignal(menu.query_chosen) as chosen:
        action_of(menu, "Ankara && co").trigger()
    assert chosen.args == ["turkey OR ankara"]


def test_nothing_kept_says_so(make):
    menu = make()
    assert enabled(menu) == []
    assert menu.actions()[0].text() == "No earlier searches"


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("&Save This Search…", "saving_wanted"),
        ("&All Saved Searches…", "managing_wanted"),
        ("&Forget Earlier Searches", "forgetting_wanted"),
    ],
)
def test_what_can_be_done_with_them(make, qtbot, words, signal):
    menu = make("rain", SAVED, ["rain"])
    with qtbot.waitSignal(getattr(menu, signal)):
        action_of(menu, words).trigger()


def test_library_for_reading_only_keeps_nothing(make):
    menu = make("rain", SAVED, ["rain"], read_only=True)
    assert not action_of(menu, "&Save This Search…").isEnabled()
    assert not action_of(menu, "&Forget Earlier Searches").isEnabled()
    assert action_of(menu, "&All Saved Searches…").isEnabled()


def test_many_and_long_ones_are_cut_short(make):
    menu = make("", (), [f"{n} {'long ' * 50}" for n in range(60)])
    assert len(menu.actions()) < 20
    assert max(len(action.text()) for action in menu.actions()) <= 70
