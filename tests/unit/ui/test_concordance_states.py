"""Where there are no lines, it is said why, with a way on."""

from __future__ import annotations

import pytest

from incipit.errors import UserError
from incipit.ui import concordance_states as states
from incipit.ui.state_page import StatePage
from incipit.ui.themes import LIGHT


@pytest.fixture
def page(qtbot):
    made = StatePage(LIGHT)
    qtbot.addWidget(made)
    return made


def said(page):
    return page.title(), [way.text() for way in page.ways()]


def test_each_reason_has_its_words(page, concordance_of):
    states.show_no_query(page)
    assert said(page) == ("Every hit in its context", [])
    states.show_looking(page)
    assert said(page)[0].startswith("Looking")
    states.show_none(page, concordance_of("name:alpha")[0])
    assert said(page) == ("This search has no hits to show", ["Show the Documents"])
    states.show_none(page, concordance_of("never")[0])
    assert said(page) == ("Nothing found", ["Clear the Search"])
    states.show_none(page, concordance_of("harbour", with_words=("never",))[0])
    assert said(page) == ("No line is left", ["Show All Lines"])
    assert "3 hits" in page.accessibleDescription()


def test_failures_are_the_users_or_ours(page):
    states.show_failed(page, UserError("Too much.", advice="Ask less."))
    assert page.title() == "Too much."
    states.show_failed(page, ValueError("x"))
    assert "could not be found" in page.title()
    assert "Try Again" in said(page)[1]
