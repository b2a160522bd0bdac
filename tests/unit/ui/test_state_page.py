"""A state page says what is so, and its buttons say what the user chose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from incipit.ui.state_page import StatePage, Way
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def page(qtbot):
    made = StatePage(LIGHT)
    qtbot.addWidget(made)
    made.resize(500, 500)
    made.show()
    return made


def test_state_has_title_body_and_ways(page, qtbot):
    page.show_state("nothing", "Nothing found", "Try this", [Way("clear", "Clear", primary=True)])
    assert (page.title(), page.accessibleName()) == ("Nothing found", "Nothing found")
    assert page.accessibleDescription() == "Try this"
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.mouseClick(page.ways()[0], Qt.MouseButton.LeftButton)
    assert chosen.args == ["clear"]


def test_new_state_replaces_the_ways(page):
    page.show_state("nothing", "One", ways=[Way("a", "A"), Way("b", "B")])
    page.show_state("error", "Two", ways=[Way("c", "C", link=True)])
    assert [button.text() for button in page.ways()] == ["C"]


def test_text_is_plain_text(page):
    page.show_state("error", "<b>x</b>", "<i>y</i>")
    assert page.title() == "<b>x</b>"


def test_error_has_the_colour_of_errors_and_themes_change(page):
    page.show_state("error", "Broken")
    light = page.grab().toImage()
    page.set_colours(DARK)
    assert page.grab().toImage() != light


def test_long_words_stay_inside_a_narrow_page(page):
    page.show_state("nothing", "A rather long title that has to wrap", "word " * 60)
    page.resize(240, 500)
    assert page.minimumSizeHint().width() <= 240
