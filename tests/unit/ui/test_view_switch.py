"""One view is shown at a time, by button, key or menu."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from incipit.ui.view_switch import ViewSwitch


@pytest.fixture
def switch(qtbot):
    made = ViewSwitch()
    qtbot.addWidget(made)
    made.add("&One", "Ctrl+1", QLabel("one"))
    made.add("&Two", "Ctrl+2", QLabel("two"))
    made.show()
    return made


def seen(switch):
    return [label.text() for label in switch.findChildren(QLabel) if label.isVisible()]


def test_the_first_view_is_shown_first(switch):
    assert seen(switch) == ["one"]
    assert switch.current() == 0


def test_a_button_shows_its_view_and_says_so_once(switch):
    changes = []
    switch.view_changed.connect(changes.append)
    one, two = switch.findChildren(QToolButton)
    two.click()
    two.click()
    assert seen(switch) == ["two"]
    assert (one.isChecked(), two.isChecked()) == (False, True)
    assert changes == [1]
    switch.show_view(0)
    assert one.isChecked()
    assert changes == [1, 0]


def test_actions_serve_a_menu(switch):
    assert [one.shortcut().toString() for one in switch.actions_of_views()] == ["Ctrl+1", "Ctrl+2"]
    switch.actions_of_views()[1].trigger()
    assert seen(switch) == ["two"]
