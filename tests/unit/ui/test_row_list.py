"""What all lists of rows do: come to a row, say so, and be left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel, Qt

from incipit.ui.row_list import RowDelegate, RowList
from incipit.ui.themes import LIGHT

ROWS = 1000


@pytest.fixture
def rows(qtbot):
    made = RowList(QStringListModel([f"row {n}" for n in range(ROWS)]), RowDelegate(LIGHT))
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def selected(rows):
    return [(part.top(), part.bottom()) for part in rows.selected_ranges()]


def test_the_ends_are_a_key_away(rows, qtbot):
    qtbot.keyClick(rows, Qt.Key.Key_End)
    assert selected(rows) == [(ROWS - 1, ROWS - 1)]
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    assert selected(rows) == [(0, 0)]


def test_with_shift_the_ends_are_selected_up_to(rows, qtbot):
    rows.go_to(990)
    qtbot.keyClick(rows, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert selected(rows) == [(990, ROWS - 1)]
    rows.go_to(20)
    qtbot.keyClick(rows, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert selected(rows) == [(0, 20)]


def test_a_row_that_is_come_to_is_told_once(rows):
    came = []
    rows.row_selected.connect(came.append)
    rows.go_to(3)
    rows.go_to(3)
    rows.go_to(5, announce=False)
    rows.go_to(ROWS)
    rows.select_nothing()
    assert came == [3]
    assert selected(rows) == []


def test_enter_opens_and_up_leaves(rows, qtbot):
    rows.go_to(1)
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert opened.args == [1]
    with qtbot.assertNotEmitted(rows.left_upward):
        qtbot.keyClick(rows, Qt.Key.Key_Up)
    with qtbot.waitSignal(rows.left_upward):
        qtbot.keyClick(rows, Qt.Key.Key_Up)


def test_rows_grow_with_the_font(rows):
    before, font = rows.rowHeight(0), rows.font()
    font.setPointSizeF(3 * font.pointSizeF())
    rows.setFont(font)
    assert rows.rowHeight(ROWS - 1) > 2 * before
