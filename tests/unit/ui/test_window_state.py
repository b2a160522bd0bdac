"""The window comes back where it was, and a broken memory does no harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter

from incipit.services.settings import Settings, WindowPlace
from incipit.ui.window_state import ScreenKeeper, restore_window, window_settings

TOP = Path(__file__).resolve().parents[3]


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
    place = WindowPlace(screen=broken, x_px=-9999, y_px=9999, width_px=5, shape=broken)
    restore_window(window, splitter, replace(Settings(), window=place, splitter=broken))
    assert window.width() >= 600


def test_window_comes_back_whole_when_its_screen_is_taken_away(make, qtbot, qapp):
    window, _ = make()
    ScreenKeeper(window, qapp)
    there = window.screen().availableGeometry()
    window.setGeometry(QRect(there.right() - 50, there.top() + 40, 600, 400))
    window.show()

    qapp.screenRemoved.emit(window.screen())

    qtbot.waitUntil(lambda: there.contains(window.frameGeometry()))
    assert window.size() == QSize(600, 400)


# Screens that this process has not: its own came with its start.

ONE = {"name": "one", "x": 0, "y": 0, "width": 1280, "height": 800}
TWO = {"name": "two", "x": 1280, "y": 0, "width": 1920, "height": 1080}
ON_SECOND = {"rect": [1500, 100, 1200, 700], "maximized": False}


@pytest.fixture
def on_screens(tmp_path):
    """Return a function that asks a process with the given screens; see window_on_screens."""
    script = TOP / "tests" / "support" / "window_on_screens.py"

    def ask(screens, question, **environment):
        shared = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        configuration = tmp_path / "screens.json"
        configuration.write_text(json.dumps({"screens": [{**shared, **one} for one in screens]}))
        done = subprocess.run(
            [sys.executable, script, configuration],
            input=json.dumps(question),
            env=os.environ | {"PYTHONPATH": str(TOP / "desktop")} | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def is_within(frame, screen):
    left, top, width, height = frame
    return QRect(screen["x"], screen["y"], screen["width"], screen["height"]).contains(
        QRect(left, top, width, height)
    )


@pytest.mark.parametrize("maximized", [False, True])
def test_window_comes_back_on_the_second_screen(on_screens, maximized):
    place = on_screens([ONE, TWO], {**ON_SECOND, "maximized": maximized})
    back = on_screens([ONE, TWO], place)
    assert (back["screen"], back["maximized"]) == ("two", maximized)
    assert is_within(back["frame"], TWO)
    if not maximized:
        assert back["rect"] == ON_SECOND["rect"]


def test_window_goes_where_its_screen_went(on_screens):
    place = on_screens([ONE, TWO], ON_SECOND)
    back = on_screens([{**TWO, "x": 0}, {**ONE, "x": 1920}], place)
    assert back["screen"] == "two"
    assert back["rect"] == [1500 - 1280, 100, 1200, 700]


@pytest.mark.parametrize("maximized", [False, True])
def test_window_of_a_screen_that_is_gone_is_whole_on_another(on_screens, maximized):
    place = on_screens([ONE, TWO], {**ON_SECOND, "maximized": maximized})
    back = on_screens([ONE], place)
    assert back["maximized"] == maximized
    assert is_within(back["frame"], ONE)
    if not maximized:
        assert back["rect"][2:] == ON_SECOND["rect"][2:]


def test_window_larger_than_the_screen_is_cut_to_it(on_screens):
    place = on_screens([ONE, TWO], {"rect": [1300, 40, 1880, 1030], "maximized": False})
    back = on_screens([{**ONE, "width": 800, "height": 600}], place)
    assert back["frame"] == [0, 0, 800, 600]


def test_window_is_on_the_screen_in_another_scale(on_screens):
    place = on_screens([ONE], {"rect": [100, 100, 1100, 680], "maximized": False})
    back = on_screens([ONE], place, QT_SCALE_FACTOR="2")
    assert is_within(back["frame"], {**ONE, "width": 640, "height": 400})
    assert back["rect"][2] > 600
