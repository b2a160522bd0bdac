"""The lines by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible

from incipit.analysis.sorting import LineKey
from incipit.ui.concordance_list import ConcordanceList
from incipit.ui.concordance_model import PLACE_COLUMN, ConcordanceModel
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def rows(qtbot, concordance_of):
    model = ConcordanceModel()
    made = ConcordanceList(model, LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    concordance, lines = concordance_of()
    model.show(concordance, 0, lines)
    return made


def place_of(rows, row, from_hit=3):
    area = rows.visualRect(rows.model().index(row, 0))
    x = rows.delegate.hit_x(QRectF(area)) + from_hit
    return QPoint(round(x), area.center().y())


def test_arrows_select_and_a_click_opens(rows, qtbot):
    selected, opened = [], []
    rows.row_selected.connect(selected.append)
    rows.opened.connect(opened.append)
    rows.select_nothing()
    rows.go_to(0)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.keyClick(rows, Qt.Key.Key_End)
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    assert selected == [0, 1, 2, 0]
    assert opened == [1]
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place_of(rows, 2))
    assert (selected[-1], opened[-1]) == (2, 2)


def test_quiet_selection_announces_nothing(rows, qtbot):
    with qtbot.assertNotEmitted(rows.row_selected):
        rows.go_to(1, announce=False)
        assert rows.current_row() == 1
        rows.select_nothing()
    assert rows.current_row() == -1
    rows.go_to(99)
    assert rows.current_row() == -1


def test_alt_and_click_sort_by_the_word(rows, qtbot):
    with qtbot.waitSignal(rows.sort_wanted) as came:
        qtbot.mouseClick(
            rows.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.AltModifier,
            place_of(rows, 0, -10),
        )
    assert came.args == [LineKey.L1]
    assert rows.key_at(QPointF(place_of(rows, 0))) is LineKey.HIT
    assert rows.key_at(QPointF(880, 10)) is None


def test_a_double_click_sorts_by_the_word(rows, qtbot):
    place = place_of(rows, 0, -10)
    with qtbot.waitSignal(rows.sort_wanted) as came:
        qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert came.args == [LineKey.L1]
    with qtbot.assertNotEmitted(rows.sort_wanted):
        qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(880, place.y()))
        qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.RightButton, pos=place)


def test_it_says_where_its_columns_are(rows, qtbot):
    with qtbot.waitSignal(rows.columns_moved) as came:
        rows.resize(700, 300)
    area = QRectF(rows.visualRect(rows.model().index(0, 0)))
    assert came.args == [round(rows.delegate.hit_x(area)), rows.columnViewportPosition(1)]


def test_keys_of_sorting_copying_and_leaving(rows, qtbot):
    moves, typed = [], []
    rows.sort_moved.connect(moves.append)
    rows.text_typed.connect(typed.append)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(rows, Qt.Key.Key_Right, control)
    qtbot.keyClick(rows, Qt.Key.Key_Left, control)
    assert moves == [1, -1]
    with qtbot.waitSignal(rows.copy_requested):
        qtbot.keyClick(rows, Qt.Key.Key_C, control)
    rows.go_to(0)
    with qtbot.waitSignal(rows.left_upward):
        qtbot.keyClick(rows, Qt.Key.Key_Up)
    qtbot.keyClicks(rows, "x")
    assert typed == ["x"]


def test_selected_rows_are_in_order(rows, qtbot):
    rows.go_to(2)
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert rows.selected_rows() == [1, 2]


def test_lines_follow_the_width_of_the_window(rows, qtbot):
    width_cp = rows.width_cp
    with qtbot.waitSignal(rows.width_changed):
        rows.resize(1800, 300)
    assert rows.width_cp > width_cp
    rows.resize(420, 300)
    assert rows.isColumnHidden(PLACE_COLUMN)
    assert rows.columnWidth(0) == rows.viewport().width()
    assert rows.width_cp > width_cp


def test_fonts_and_colours_can_be_changed(rows):
    rows.set_fixed_font(True)
    assert rows.verticalHeader().defaultSectionSize() == rows.delegate.row_height()
    light = rows.grab().toImage()
    rows.set_keys((LineKey.R1,))
    sorted_ = rows.grab().toImage()
    rows.set_colours(DARK)
    assert light != sorted_ != rows.grab().toImage()


def test_it_has_a_name_and_readable_cells(rows):
    interface = QAccessible.queryAccessibleInterface(rows)
    assert interface.text(QAccessible.Text.Name) == "Concordance"


def test_the_menu_knows_the_word(rows, qtbot):
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import QApplication

    place = place_of(rows, 1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(5, 6))
    with qtbot.waitSignal(rows.menu_requested) as came:
        QApplication.sendEvent(rows.viewport(), event)
    assert came.args == [QPoint(5, 6), LineKey.HIT]
