"""Shift+F10 asks what has the focus for its menu, as the Menu key does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from incipit.ui.document_list import DocumentList
from incipit.ui.document_model import DocumentModel
from incipit.ui.menu_key import IS_NEEDED, serve_menu_key
from incipit.ui.themes import LIGHT

pytestmark = pytest.mark.skipif(not IS_NEEDED, reason="the system sends the event itself")


class Part(QWidget):
    def __init__(self):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reasons = []

    def contextMenuEvent(self, event):  # noqa: N802 - a name of Qt
        self.reasons.append(event.reason())


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.setLayout(QVBoxLayout())
    serve_menu_key(made)
    return made


def press(window, part, qtbot):
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    part.setFocus()
    qtbot.keyClick(part, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


def test_what_has_the_focus_is_asked_for_its_menu(window, qtbot):
    first, second = Part(), Part()
    for part in (first, second):
        window.layout().addWidget(part)
    press(window, second, qtbot)
    assert second.reasons == [QContextMenuEvent.Reason.Keyboard]
    assert first.reasons == []


def test_list_opens_its_menu_at_the_current_row(window, make_result, qtbot):
    model = DocumentModel(window)
    rows = DocumentList(model, LIGHT)
    window.layout().addWidget(rows)
    model.show(make_result(5))
    rows.go_to(2)
    with qtbot.waitSignal(rows.menu_requested) as asked:
        press(window, rows, qtbot)
    place = rows.viewport().mapFromGlobal(asked.args[0])
    assert rows.indexAt(place).row() == 2
