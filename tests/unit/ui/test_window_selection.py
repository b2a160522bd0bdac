import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from incipit.ui.displayed_text import TextWindow
from incipit.ui.window_selection import WindowSelection

pytestmark = pytest.mark.usefixtures("qapp")

_TEXT = "0123456789" * 5


def _window(start, end):
    window = TextWindow(_TEXT, start, end)
    document = QTextDocument()
    QTextCursor(document).insertText(window.plain)
    return document, window


def test_the_cursor_selects_what_the_window_shows():
    selection = WindowSelection()
    selection.set(5, 40)
    assert selection.cursor(*_window(10, 20)).selectedText() == "0123456789"
    assert selection.cursor(*_window(30, 50)).selectedText() == "0123456789"
    assert not selection.cursor(*_window(42, 50)).hasSelection()
    assert selection.span == (5, 40)


def test_an_end_outside_stays_while_the_other_moves():
    selection = WindowSelection()
    selection.set(5, 15)
    document, window = _window(10, 30)
    cursor = selection.cursor(document, window)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 3)
    selection.follow(cursor, window)
    assert selection.span == (5, 18)


def test_a_new_place_of_the_cursor_is_taken_over():
    selection = WindowSelection()
    selection.set(5, 45)
    document, window = _window(10, 30)
    cursor = selection.cursor(document, window)
    cursor.setPosition(4)
    selection.follow(cursor, window)
    assert selection.span is None
    assert selection.caret_cp == 14


def test_a_selection_backwards_is_a_span_forwards():
    selection = WindowSelection()
    selection.set(9, 3)
    assert selection.span == (3, 9)
