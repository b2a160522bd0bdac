"""The page of keys comes from the actions, whatever they are."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenuBar

from incipit.ui.shortcut_list import shortcuts_page


@pytest.fixture
def bar(qtbot):
    made = QMenuBar()
    qtbot.addWidget(made)
    return made


def test_every_action_with_keys_is_a_row_of_its_menu(bar):
    menu = bar.addMenu("&File")
    menu.addAction("&Open…").setShortcuts(["Ctrl+O", "F2", "Open"])
    menu.addAction("Without keys")
    menu.addMenu("&Inner").addAction("Cut && Paste").setShortcut("Ctrl+X")
    bar.addMenu("Empty").addAction("None")
    page = shortcuts_page(bar)
    assert "## File\n\n| Action | Keys |\n| --- | --- |\n| Open | `Ctrl+O`, `F2` |" in page
    assert "| Cut & Paste | `Ctrl+X` |" in page
    assert "Without" not in page
    assert "Empty" not in page


def test_the_keys_of_the_concordance_stand_below(bar):
    page = shortcuts_page(bar)
    assert "## Concordance\n\n| Action | Keys |" in page
    assert "| Sort by the next word to the left or right | `Ctrl+Left`, `Ctrl+Right` |" in page
