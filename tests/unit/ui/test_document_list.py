"""The list goes where it is told, says what the user does, and never visits every row."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFont
from PySide6.QtWidgets import QApplication

from incipit.models import ResultRow
from incipit.ui.document_list import TYPING_PAUSE_MS, DocumentList
from incipit.ui.document_model import DocumentModel
from incipit.ui.file_urls import local_paths
from incipit.ui.themes import LIGHT


@pytest.fixture
def model():
    return DocumentModel()


@pytest.fixture
def view(model, qtbot, make_result):
    made = DocumentList(model, LIGHT)
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    model.show(make_result(1000))
    made.setFocus()
    return made


def test_going_to_a_row_selects_it_and_says_so(view, qtbot):
    with qtbot.waitSignal(view.row_selected) as selected:
        view.go_to(500)
    assert selected.args == [500]
    assert view.current_row() == 500
    assert view.selected_ids().tolist() == [600]
    assert view.rowAt(0) <= 500 <= view.rowAt(view.viewport().height() - 1)


def test_going_quietly_says_nothing(view, qtbot):
    with qtbot.assertNotEmitted(view.row_selected):
        view.go_to(3, announce=False)
    assert view.current_row() == 3


@pytest.mark.parametrize("row", [-1, 1000])
def test_going_outside_the_list_does_nothing(view, row):
    view.go_to(2)
    view.go_to(row)
    assert view.current_row() == 2


def test_keys_walk_the_list(view, qtbot):
    view.go_to(0)
    for key, row in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_End, 999),
        (Qt.Key.Key_Up, 998),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(view, key)
        assert view.current_row() == row


def test_up_on_the_first_row_leaves_the_list(view, qtbot):
    view.go_to(0)
    with qtbot.waitSignal(view.left_upward):
        qtbot.keyClick(view, Qt.Key.Key_Up)


def test_enter_opens_and_delete_asks_for_removal(view, qtbot):
    view.go_to(4)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [4]
    with qtbot.waitSignal(view.removal_requested):
        qtbot.keyClick(view, Qt.Key.Key_Delete)


def test_several_rows_can_be_selected(view, qtbot):
    view.go_to(4)
    with qtbot.waitSignal(view.selection_changed) as changed:
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert changed.args == [2]
    assert view.selected_ids().tolist() == [104, 105]


def test_all_rows_can_be_selected_without_loading_them(view):
    view.selectAll()
    assert len(view.selected_ids()) == 1000


def test_title_is_typed_until_a_pause(view, qtbot):
    typed = []
    view.title_typed.connect(typed.append)
    view.go_to(3)
    qtbot.keyClicks(view, "A f")
    assert typed == ["A", "A ", "A f"]
    assert view.selected_ids().tolist() == [103]
    with qtbot.waitSignal(view.typing_ended, timeout=2 * TYPING_PAUSE_MS):
        pass
    qtbot.keyClick(view, "s")
    assert typed[-1] == "s"


def test_menu_is_asked_for_at_a_row_and_by_the_keyboard(view, qtbot):
    view.go_to(1)
    with qtbot.waitSignal(view.menu_requested):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        QApplication.sendEvent(view.viewport(), event)
    with qtbot.waitSignal(view.menu_requested):
        place = view.visualRect(view.currentIndex()).center()
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
        )
        QApplication.sendEvent(view.viewport(), event)


def test_row_can_be_put_at_the_top(view):
    view.put_at_top(400)
    assert view.top_row() == 400


def test_rows_grow_with_the_text(view):
    before = view.rowHeight(0)
    font = QFont(view.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.rowHeight(0) > before * 1.4


def test_a_million_rows_cost_no_more_than_a_thousand(view, model, make_result):
    def took(count):
        began = time.perf_counter()
        model.show(make_result(count))
        view.go_to(count - 1)
        view.viewport().repaint()
        return time.perf_counter() - began

    few = min(took(1000) for _ in range(3))
    many = min(took(1_000_000) for _ in range(3))
    # A list that measures or visits every row takes thousands of times as long.
    assert many < few * 30 + 0.1


@pytest.fixture
def rows(make_document):
    """Return the first page of the list, each row with a file of its own."""
    return [ResultRow(make_document(id=key, path=f"/corpus/{key}.txt")) for key in range(100, 164)]


def test_rows_are_dragged_out_as_their_files(view, model, rows):
    model.fill(model.generation, 0, rows)
    view.go_to(0)
    view.selectionModel().select(
        QItemSelection(model.index(0, 0), model.index(2, 0)),
        QItemSelectionModel.SelectionFlag.ClearAndSelect,
    )

    paths = [str(path) for path in local_paths(view.dragged())]

    assert paths == [model.row_at(row).document.path for row in range(3)]
    assert view.dragEnabled()
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_with_more_rows_than_are_known_the_current_one_is_dragged(view, model, rows):
    model.fill(model.generation, 0, rows)
    view.go_to(1)
    for last in (100, 999):
        view.selectionModel().select(
            QItemSelection(model.index(0, 0), model.index(last, 0)),
            QItemSelectionModel.SelectionFlag.ClearAndSelect,
        )
        paths = [str(path) for path in local_paths(view.dragged())]
        assert paths == [model.row_at(1).document.path]


def test_nothing_is_dragged_from_nowhere(view, model, make_result):
    model.show(make_result(0))
    assert view.dragged() is None
