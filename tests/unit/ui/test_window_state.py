"""The window comes back where it was, and a broken memory does no harm."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter

from incipit.services.settings import Settings
from incipit.ui.window_state import restore_window, window_settings


@pytest.fixture
def make(qtbot):
    def window():
        made = QMainWindow()
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.addWidget(QLabel("list"))
        splitter.addWidget(QLabel("page"))
        made.setCentralWidget(splitter)
        qtbot.addWidget(made)
        return made, splitter

    return window


def test_place_and_shape_come_back(make):
    window, splitter = make()
    window.setGeometry(QRect(40, 50, 610, 420))
    window.show()
    splitter.setSizes([200, 400])
    settings = window_settings(window, splitter, Settings(theme="dark"))
    assert settings.theme == "dark"
    other, other_splitter = make()
    restore_window(other, other_splitter, settings)
    other.show()
    assert other.geometry() == window.geometry()
    assert other_splitter.sizes() == splitter.sizes()


def test_first_window_has_a_good_size_on_the_screen(make):
    window, splitter = make()
    restore_window(window, splitter, Settings())
    screen = window.screen().availableGeometry()
    assert 600 <= window.width() <= screen.width()
    assert 400 <= window.height() <= screen.height()


@pytest.mark.parametrize("broken", ["no base64 ☺", "AAAA"])
def test_broken_memory_does_no_harm(make, broken):
    window, splitter = make()
    restore_window(window, splitter, replace(Settings(), geometry=broken, splitter=broken))
    assert window.width() >= 600
