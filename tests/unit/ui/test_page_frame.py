import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from incipit.ui.page_frame import PageFrame
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def frame(qtbot):
    page = QLineEdit()
    made = PageFrame(page, QWidget(), LIGHT)
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show()
    made.activateWindow()
    made.kept = page
    return made


def _edge(frame):
    return frame.grab().toImage().pixelColor(0, 50).name()


@pytest.mark.parametrize(
    ("reason", "lit"),
    [
        (Qt.FocusReason.TabFocusReason, True),
        (Qt.FocusReason.ShortcutFocusReason, True),
        (Qt.FocusReason.MouseFocusReason, False),
    ],
)
def test_focus_by_keyboard_is_framed(qtbot, frame, reason, lit):
    frame.setFocus()
    qtbot.waitUntil(frame.isActiveWindow)
    frame.kept.clearFocus()
    frame.kept.setFocus(reason)
    qtbot.waitUntil(frame.kept.hasFocus)
    assert frame.is_lit is lit
    assert (_edge(frame) == LIGHT.accent.name()) is lit


def test_the_frame_goes_with_the_focus(qtbot, frame):
    qtbot.waitUntil(frame.isActiveWindow)
    frame.kept.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(frame.kept.hasFocus)
    frame.kept.clearFocus()
    assert not frame.is_lit
    assert _edge(frame) == LIGHT.background.name()


def test_without_focus_it_has_the_colour_of_the_page(frame):
    frame.kept.clearFocus()
    frame.set_colours(DARK)
    assert _edge(frame) == DARK.background.name()
