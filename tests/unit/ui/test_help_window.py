"""Help opens beside the window, each page once, and Esc closes it."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QMainWindow, QMenu

from incipit import paths
from incipit.ui.help_window import Help, HelpWindow
from incipit.ui.menu_key import MENU_KEY
from incipit.ui.menus import Menus

PICTURE = "window-light.png"


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    made.menuBar().addMenu("&File").addAction("&Open").setShortcut("Ctrl+O")
    made.show()
    return made


@pytest.fixture
def pages(window):
    return Help(window.menuBar(), window)


def test_page_about_searching_explains_the_language(pages, window):
    pages.show_searching()
    shown = window.findChild(HelpWindow)
    assert not shown.isModal()
    assert "NEAR/5" in shown.page.toPlainText()


def test_guide_shows_what_the_program_looks_like(pages, window):
    pages.show_guide()
    page = window.findChild(HelpWindow).page
    assert "First steps" in page.toPlainText()
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = page.document().resource(kind, QUrl(PICTURE))
    assert not picture.isNull()
    assert picture.width() <= page.viewport().width() * page.devicePixelRatioF()


def test_every_key_of_the_guide_is_one_of_the_menus(window):
    menus = Menus(window.menuBar(), QMenu("Sort", window))
    keys = {
        key.toString() for action in menus.findChildren(QAction) for key in action.shortcuts()
    } | {
        key.toString()
        for action in window.menuBar().findChildren(QAction)
        for key in action.shortcuts()
    }
    guide = (paths.resources() / "help" / "guide.md").read_text("utf-8")
    named = set(
        re.findall(r"\*\*((?:Ctrl|Alt|Shift)?\+?(?:F\d+|[A-Z+\-]|Shift\+[A-Z]))\*\*", guide)
    )

    assert {"Ctrl+T", "Ctrl+S", "F3", "Shift+F3"} <= named
    assert named <= keys | {MENU_KEY}


def test_every_menu_that_the_guide_names_is_there(window):
    menus = Menus(window.menuBar(), QMenu("Sort", window))
    there = {
        f"{top.text()} > {action.text()}".replace("&", "").replace("…", "")
        for top in window.menuBar().actions()
        for action in top.menu().actions()
    }
    guide = (paths.resources() / "help" / "guide.md").read_text("utf-8")
    named = {" ".join(name.split()) for name in re.findall(r"\*\*([A-Z]\w+ >[^*]+)\*\*", guide)}

    assert menus.sources.text() == "&Sources…"
    assert {"File > Sources", "Help > Searching"} <= named
    assert named <= there


def test_keys_are_those_of_the_menus(pages, window):
    pages.show_keys()
    assert "Ctrl+O" in window.findChild(HelpWindow).page.toPlainText()


def test_each_page_opens_once_and_again_after_esc(pages, window, qtbot):
    pages.show_searching()
    pages.show_searching()
    (shown,) = window.findChildren(HelpWindow)
    qtbot.keyClick(shown.page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(HelpWindow) == [])
    pages.show_searching()
    assert len(window.findChildren(HelpWindow)) == 1
