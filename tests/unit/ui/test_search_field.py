"""The field knows the keys of a search bar and the word that is being typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow

from incipit.ui.search_field import SearchField


@pytest.fixture
def field(qtbot):
    made = SearchField()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("turkey sanct", "sanct"),
        ("", ""),
        ("turkey ", ""),
        ('"s 40', "40"),
        ("the é", "é"),
        ("snake_ca", "ca"),
        ("हिन्दी भाषा", "भाषा"),
        ("سلام كَتَبَ", "كَتَبَ"),
        ("fjo\u0308", "fjo\u0308"),
        ("sen\u00adten", "sen\u00adten"),
    ],
)
def test_word_at_the_cursor(field, text, word):
    field.setText(text)
    assert field.word_at_cursor() == word


@pytest.mark.parametrize(
    ("text", "cursor", "result"),
    [
        ("turkey sanct", 12, "turkey sanctions "),
        ("sanct turkey", 5, "sanctions turkey"),
        ('"sanct', 6, '"sanctions '),
        ("😀 sanct turkey", 8, "😀 sanctions turkey"),
        ("𐐷sanct", 7, "sanctions "),
    ],
)
def test_word_is_replaced_where_it_stands(field, text, cursor, result):
    field.setText(text)
    field.setCursorPosition(cursor)
    field.replace_word("sanctions")
    assert field.text() == result
    typed = result[: result.index("sanctions")] + "sanctions "
    assert field.cursorPosition() == len(typed.encode("utf-16-le")) // 2


def test_escape_clears(field, qtbot):
    field.setText("turkey")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_down_leaves_and_alt_down_asks_for_the_history(field, qtbot):
    with qtbot.waitSignal(field.left_downward):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.history_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)


def test_enter_commits(field, qtbot):
    with qtbot.waitSignal(field.committed):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_pasted_files_are_added_and_pasted_text_is_text(field, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/a/b.txt")])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(field.files_pasted) as pasted:
        qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [[Path("/a/b.txt")]]
    assert field.text() == ""
    QGuiApplication.clipboard().setText("turkey")
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "turkey"


def test_files_are_not_dropped_into_the_field(field):
    assert not field.acceptDrops()


def test_undo_is_the_windows_until_something_was_typed(qtbot):
    window, field = QMainWindow(), SearchField()
    qtbot.addWidget(window)
    window.setCentralWidget(field)
    undo = QAction("Undo", window, shortcut=QKeySequence.StandardKey.Undo)
    window.addAction(undo)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    with qtbot.waitSignal(undo.triggered):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "harbour")
    with qtbot.assertNotEmitted(undo.triggered):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
