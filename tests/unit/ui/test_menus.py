"""Every action has words and a key that no other has."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from incipit.ui.menus import Menus


@pytest.fixture
def bar(qtbot):
    made = QMenuBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def menus(bar):
    return Menus(bar, QMenu("Sort", bar))


def actions(bar):
    return [found for found in bar.findChildren(QAction) if found.text()]


def test_no_two_actions_share_a_key(bar, menus):
    assert menus.search.shortcuts()
    keys = Counter(
        key.toString() for action in actions(bar) for key in action.shortcuts() if key.toString()
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_two_entries_of_a_menu_share_a_letter(bar, menus):
    assert menus.search.text()
    for menu in (bar, *bar.findChildren(QMenu)):
        letters = Counter(
            letter.lower()
            for entry in menu.actions()
            for letter in re.findall("&([^&])", entry.text())
        )
        assert [letter for letter, count in letters.items() if count > 1] == []


def test_keys_are_the_ones_promised(menus):
    def keys(action):
        return [key.toString() for key in action.shortcuts()]

    assert keys(menus.search) == ["Ctrl+F", "Ctrl+L"]
    assert "F3" in keys(menus.next_hit)
    assert "Shift+F3" in keys(menus.previous_hit)
    assert "Ctrl+Q" in keys(menus.quit)
    assert "Ctrl++" in keys(menus.zoom_in)


def test_choices_are_ticked_and_announced(bar, menus, qtbot):
    menus.show_choices(theme="dark", font="sans", measure_chars=90)
    ticked = {action.text().replace("&", "") for action in actions(bar) if action.isChecked()}
    assert ticked == {"Dark", "Sans Serif", "Wide"}
    by_text = {action.text().replace("&", ""): action for action in actions(bar)}
    for text, signal, value in (
        ("Light", menus.theme_chosen, "light"),
        ("Serif", menus.font_chosen, "serif"),
        ("Narrow", menus.measure_chosen, 55),
    ):
        with qtbot.waitSignal(signal) as chosen:
            by_text[text].trigger()
        assert chosen.args == [value]


def test_unusual_line_length_ticks_nothing(bar, menus):
    menus.show_choices(theme="system", font="serif", measure_chars=77)
    ticked = {action.text().replace("&", "") for action in actions(bar) if action.isChecked()}
    assert ticked == {"Like the System", "Serif"}


def test_recent_libraries_can_be_chosen(bar, menus, qtbot):
    menus.set_recent(["/a/b & c"])
    action = next(found for found in actions(bar) if "b && c" in found.text())
    with qtbot.waitSignal(menus.recent_chosen) as chosen:
        action.trigger()
    assert chosen.args == [Path("/a/b & c")]
    menus.set_recent([])
    assert not any("b && c" in found.text() for found in actions(bar))


def test_read_only_library_offers_no_changes(menus):
    menus.set_writable(False)
    assert not menus.add_files.isEnabled()
    assert not menus.remove.isEnabled()
    assert menus.search.isEnabled()
    menus.set_writable(True)
    assert menus.add_folder.isEnabled()
