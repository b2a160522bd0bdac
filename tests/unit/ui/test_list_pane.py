"""The list pane offers the orders that make sense and says which one is in force."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from incipit.models import SortKey
from incipit.ui.list_pane import ListPane
from incipit.ui.state_page import Way
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def pane(qtbot):
    made = ListPane(LIGHT)
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


def action(pane, text):
    return next(found for found in pane.sort_menu.actions() if found.text() == text)


def button(pane):
    return next(b for b in pane.findChildren(QToolButton) if b.menu() is pane.sort_menu)


@pytest.mark.parametrize(
    ("name", "sort", "descending"),
    [("Name", SortKey.NAME, False), ("Length", SortKey.LENGTH, True)],
)
def test_order_begins_in_its_useful_direction(pane, qtbot, name, sort, descending):
    with qtbot.waitSignal(pane.order_changed) as changed:
        action(pane, name).trigger()
    assert changed.args == [sort, descending]
    assert button(pane).text() == name


def test_direction_can_be_turned(pane, qtbot):
    pane.set_order(SortKey.NAME, descending=False)
    with qtbot.waitSignal(pane.order_changed) as changed:
        action(pane, "Descending").trigger()
    assert changed.args == [SortKey.NAME, True]


def test_relevance_is_offered_with_hits_only(pane):
    pane.set_has_hits(False)
    assert not action(pane, "Relevance").isEnabled()
    assert button(pane).text() == "Name"
    pane.set_has_hits(True)
    assert action(pane, "Relevance").isEnabled()
    assert button(pane).text() == "Relevance"


def test_order_can_be_shown_without_announcing_it(pane, qtbot):
    with qtbot.assertNotEmitted(pane.order_changed):
        pane.set_order(SortKey.ADDED, descending=True, fold=True)
    assert action(pane, "Date Added").isChecked()
    assert action(pane, "Fold Duplicates").isChecked()


def test_folding_is_announced(pane, qtbot):
    with qtbot.waitSignal(pane.folding_changed) as changed:
        action(pane, "Fold Duplicates").trigger()
    assert changed.args == [True]


def test_list_and_state_take_turns(pane):
    pane.show_state()
    assert not pane.is_showing_list()
    assert pane.state.isVisible()
    pane.show_list()
    assert pane.is_showing_list()
    assert pane.list.isVisible()


def test_number_of_selected_rows_is_said(pane, make_result):
    pane.model.show(make_result(5))
    pane.show_list()
    pane.list.selectAll()
    assert "5 selected" in [label.text() for label in pane.findChildren(QLabel)]
    pane.list.go_to(1)
    assert "5 selected" not in [label.text() for label in pane.findChildren(QLabel)]


def test_colours_can_change(pane):
    light = pane.grab().toImage()
    pane.set_colours(DARK)
    assert pane.grab().toImage() != light


def test_folding_is_said_above_the_list(pane, qtbot):
    with qtbot.waitSignal(pane.folding_changed) as folded:
        action(pane, "Fold Duplicates").trigger()
    assert folded.args == [True]
    words = [label.text() for label in pane.findChildren(QLabel)]
    assert "Duplicates folded" in words
    pane.set_order(SortKey.NAME, descending=False, fold=False)
    assert "Duplicates folded" not in [label.text() for label in pane.findChildren(QLabel)]


def test_exports_are_asked_for(qtbot):
    pane = ListPane(LIGHT)
    qtbot.addWidget(pane)
    (menu,) = (
        button.menu()
        for button in pane.findChildren(QToolButton)
        if button.accessibleName() == "Export the list or texts"
    )
    listed, texts = menu.actions()
    with qtbot.waitSignal(pane.list_export_wanted):
        listed.trigger()
    with qtbot.waitSignal(pane.texts_export_wanted):
        texts.trigger()


def test_caption_forgets_a_selection_that_went_with_its_rows(pane, make_result):
    pane.model.show(make_result(5))
    pane.list.selectAll()
    assert "5 selected" in [label.text() for label in pane.findChildren(QLabel)]
    pane.model.show(make_result(0))
    assert "5 selected" not in [label.text() for label in pane.findChildren(QLabel)]


def test_focus_goes_from_the_list_to_its_state_and_back(pane, qtbot):
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.list.setFocus()
    pane.show_state()
    assert pane.state.hasFocus()
    pane.state.show_state("search", "Nothing found", ways=[Way("other", "Other words")])
    assert pane.state.hasFocus()
    pane.state.ways()[0].setFocus()
    pane.show_list()
    assert pane.list.hasFocus()
    button(pane).setFocus()
    pane.show_state()
    assert button(pane).hasFocus()
