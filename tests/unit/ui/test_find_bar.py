import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from incipit.ui.find_bar import FindBar
from incipit.ui.themes import LIGHT


@pytest.fixture
def bar(qtbot):
    made = FindBar(LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def test_typing_tells_the_needle(qtbot, bar):
    with qtbot.waitSignals([bar.needle_changed] * 3):
        qtbot.keyClicks(bar.field, "cat")
    assert bar.field.text() == "cat"


@pytest.mark.parametrize(
    ("key", "modifiers", "signal"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "next_wanted"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, "previous_wanted"),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "closed"),
    ],
)
def test_keys_go_on_back_and_close(qtbot, bar, key, modifiers, signal):
    with qtbot.waitSignal(getattr(bar, signal)):
        qtbot.keyClick(bar.field, key, modifiers)


@pytest.mark.parametrize(
    ("button", "signal"),
    [("next", "next_wanted"), ("previous", "previous_wanted"), ("close_button", "closed")],
)
def test_buttons_do_the_same(qtbot, bar, button, signal):
    bar.field.setText("x")
    bar.show_place(0, 2, searching=False)
    with qtbot.waitSignal(getattr(bar, signal)):
        qtbot.mouseClick(getattr(bar, button), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("index", "total", "searching", "words"),
    [
        (2, 41, False, "3 of 41"),
        (2, 41, True, "3 of 41+"),
        (-1, 41, False, "41 found"),
        (-1, 0, True, "Searching…"),
        (-1, 0, False, "Not found"),
    ],
)
def test_the_place_is_told_in_words(bar, index, total, searching, words):
    bar.field.setText("x")
    bar.show_place(index, total, searching=searching)
    assert bar.counter.text() == words
    assert bar.next.isEnabled() == (total > 0)


def test_an_empty_field_tells_nothing(bar):
    bar.show_place(-1, 0, searching=False)
    assert bar.counter.text() == ""


def test_opening_takes_the_focus_and_selects(qtbot, bar):
    bar.activateWindow()
    bar.open_with("cat")
    qtbot.waitUntil(bar.field.hasFocus)
    assert bar.field.selectedText() == "cat"
    bar.open_with("")
    assert bar.field.text() == "cat"


def test_every_control_has_a_name(bar):
    assert bar.field.accessibleName() == "Find in this document"
    for button in bar.findChildren(QToolButton):
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
