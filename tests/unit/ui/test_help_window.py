"""Help opens beside the window, each page once, and Esc closes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from incipit.ui.help_window import Help, HelpWindow


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
