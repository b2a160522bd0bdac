"""Marks stand where hits are, and lead to them by mouse and keyboard."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from incipit.analysis.dispersion import Strip
from incipit.ui.dispersion_strip import DispersionStrip
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def strip(qtbot):
    made = DispersionStrip("In the corpus", LIGHT)
    qtbot.addWidget(made)
    made.resize(200, 22)
    counts, lines = np.zeros(20, np.int64), np.full(20, -1)
    counts[[2, 10, 11]] = 1, 5, 2
    lines[[2, 10, 11]] = 7, 3, 4
    made.set_strip(Strip(counts, lines))
    made.show()
    return made


def click(strip, qtbot, x):
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 11))


def test_a_click_near_a_mark_chooses_its_first_line(strip, qtbot):
    with qtbot.waitSignal(strip.line_chosen) as came:
        click(strip, qtbot, 105)
    assert came.args == [3]
    with qtbot.waitSignal(strip.line_chosen) as came:
        click(strip, qtbot, 28)
    assert came.args == [7]
    with qtbot.assertNotEmitted(strip.line_chosen):
        click(strip, qtbot, 60)


def test_keys_go_from_mark_to_mark(strip, qtbot):
    chosen = []
    strip.line_chosen.connect(chosen.append)
    for key in ("Right", "Return", "Right", "Space", "End", "Return", "Left", "Return", "Home"):
        qtbot.keyClick(strip, getattr(Qt.Key, f"Key_{key}"))
    assert chosen == [7, 3, 4, 3]
    assert strip.accessibleDescription() == "In the corpus: 1 hit at 10 %"


def test_marks_are_drawn_where_hits_are(strip):
    image = strip.grab().toImage()
    ratio = image.width() / strip.width()
    bottom = image.height() - round(4 * ratio)

    def ink(x):
        return image.pixelColor(round(x * ratio), bottom)

    ground = ink(60).lightness()
    assert ink(25).lightness() < ground
    assert ink(105).lightness() < ink(25).lightness()
    strip.set_colours(DARK)
    assert strip.grab().toImage().pixelColor(round(60 * ratio), bottom).lightness() < 60


def test_without_hits_there_is_nothing_to_choose(strip, qtbot):
    assert strip.accessibleDescription() == "3 of 20 stretches have hits"
    strip.set_strip(None)
    with qtbot.assertNotEmitted(strip.line_chosen):
        click(strip, qtbot, 105)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert not strip.grab().isNull()
