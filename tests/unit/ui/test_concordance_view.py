"""The concordance as a person uses it, on a real library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog

from incipit.analysis.sorting import LineKey
from incipit.ui.concordance_view import ConcordanceView
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def view(bridge, library, qtbot):
    made = ConcordanceView(bridge, LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.attach(library)
    yield made
    made.attach(None)


def show(view, qtbot, query, *, is_new=True):
    with qtbot.waitSignal(view.listed):
        view.show_query(query, is_new=is_new)
        view.set_active(True)


def rights(view):
    lines = [view.model.row_at(row) for row in range(view.model.rowCount())]
    return [line.context.right for line in lines]


def test_nothing_is_looked_for_behind_another_view(view, qtbot):
    with qtbot.assertNotEmitted(view.listed, wait=100):
        view.show_query("harbour", is_new=True)
    with qtbot.waitSignal(view.listed):
        view.set_active(True)
    assert view.model.rowCount() == 3


def test_sorting_is_prepared_when_a_library_comes_into_view(view, library, qtbot):
    with qtbot.waitSignals([view.listed, view.control.prepared]):
        view.set_active(True)
    with qtbot.waitSignal(view.control.prepared):
        view.attach(library)
    view.set_active(False)
    with qtbot.assertNotEmitted(view.control.prepared, wait=100):
        view.attach(library)


def test_the_first_line_of_a_new_query_is_opened(view, qtbot):
    with qtbot.waitSignal(view.line_opened) as came:
        show(view, qtbot, "harbour")
    assert came.args == [view.model.row_at(0).document.id, 0]
    assert view.list.current_row() == 0
    with qtbot.waitSignal(view.line_opened) as came:
        qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert came.args == [view.model.row_at(1).document.id, 1]


def test_counts_and_strips_follow(view, qtbot):
    with qtbot.waitSignal(view.control.counted):
        show(view, qtbot, "harbour")
    assert "3 hits in 2 documents" in view.counts.text()
    assert len(view.in_corpus.marks()) == 3
    with qtbot.waitSignal(view.line_opened) as came:
        view.in_corpus.setFocus()
        qtbot.keyClick(view.in_corpus, Qt.Key.Key_End)
        qtbot.keyClick(view.in_corpus, Qt.Key.Key_Return)
    assert came.args[0] == view.model.row_at(2).document.id
    assert view.list.current_row() == 2


def test_lines_are_sorted_by_keys_words_and_chooser(view, qtbot):
    show(view, qtbot, "harbour")
    with qtbot.waitSignal(view.listed):
        qtbot.keyClick(view.list, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.bar.sorting.keys[0] is LineKey.R1
    assert [text.strip(" .;").split(" ")[0] for text in rights(view)] == ["", "again;", "and"]
    with qtbot.waitSignal(view.listed):
        view.list.sort_wanted.emit(LineKey.L2)
    assert view.bar.sorting.keys == (LineKey.L2, LineKey.R1)


def test_a_column_sorts_and_is_marked_when_its_lines_are_there(view, qtbot):
    show(view, qtbot, "harbour")
    right = view.header.buttons[2]
    with qtbot.waitSignal(view.listed):
        right.click()
    assert view.bar.sorting.keys == (LineKey.R1, LineKey.R2, LineKey.R3)
    assert right.isChecked()
    hit_x = view.list.delegate.hit_x(QRectF(view.list.visualRect(view.model.index(0, 0))))
    assert abs(view.header.buttons[1].x() + 8 - hit_x) <= 1


def test_thinning_out_everything_offers_the_way_back(view, qtbot):
    show(view, qtbot, "harbour")
    with qtbot.waitSignal(view.listed):
        view.bar.panel.demanded.setText("never")
    assert view.state.title() == "No line is left"
    assert not view.is_showing_lines()
    with qtbot.waitSignal(view.listed):
        view.state.ways()[0].click()
    assert view.model.rowCount() == 3


def test_states_without_lines(view, qtbot):
    show(view, qtbot, "")
    assert view.state.title() == "Every hit in its context"
    show(view, qtbot, "name:alpha")
    assert view.state.title() == "This search has no hits to show"
    with qtbot.waitSignal(view.way_chosen) as came:
        view.state.ways()[0].click()
    assert came.args == ["show-documents"]
    view.control.failed.emit(ValueError("x"))
    assert "could not be found" in view.state.title()
    with qtbot.waitSignal(view.listed):
        view.state.ways()[0].click()


def test_a_hit_that_is_read_selects_its_line_quietly(view, qtbot):
    show(view, qtbot, "harbour")
    document = view.model.row_at(0).document.id
    with qtbot.assertNotEmitted(view.line_opened):
        view.select_hit(document, 1)
        assert view.list.current_row() == 1
        view.select_hit(document, 99)
        assert view.list.current_row() == -1


def test_asking_again_keeps_what_is_selected(view, qtbot):
    show(view, qtbot, "harbour")
    view.list.go_to(2)
    with qtbot.assertNotEmitted(view.line_opened):
        show(view, qtbot, "harbour", is_new=False)
    assert view.list.current_row() == 2


def test_a_list_that_grows_opens_nothing_by_itself(view, qtbot):
    show(view, qtbot, "harbour")
    view.list.select_nothing()
    with qtbot.assertNotEmitted(view.line_opened):
        show(view, qtbot, "harbour", is_new=False)
    assert view.list.current_row() == -1


def test_without_a_library_nothing_of_the_last_one_is_shown(view, qtbot):
    show(view, qtbot, "harbour")
    view.attach(None)
    assert view.state.title() == "Every hit in its context"
    assert view.counts.text() == ""
    assert not view.is_showing_lines()


def test_lines_are_copied_and_exported(view, qtbot, tmp_path):
    show(view, qtbot, "harbour")
    view.list.selectAll()
    with qtbot.waitSignal(view.told) as came:
        view.bar.copy.trigger()
    assert came.args == ["Copied 3 lines."]
    assert QGuiApplication.clipboard().text().count("[harbour]") == 3

    view.bar.export.trigger()
    (dialog,) = view.findChildren(QFileDialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("out.txt")
    with qtbot.waitSignal(view.told) as came:
        dialog.accept()
    assert came.args[0].startswith("Wrote 3 lines to ")
    assert (tmp_path / "out.txt").read_text("utf-8").count("[harbour]") == 3


def test_measures_are_explained_a_click_away(view, qtbot):
    with qtbot.waitSignal(view.control.counted):
        show(view, qtbot, "harbour")
    view.counts.spread.click()
    with qtbot.waitSignal(view.control.grouped):
        view.counts.groups.click()
    dialogs = view.findChildren(QDialog)
    assert len(dialogs) == 2
    for dialog in dialogs:
        dialog.close()


def test_every_control_has_a_name(view, qtbot):
    show(view, qtbot, "harbour")
    view.bar.filter.click()
    buttons = [one for one in view.findChildren(QAbstractButton) if one.isVisible()]
    # The table's own corner has nothing to name.
    nameless = [one for one in buttons if not (one.text() or one.accessibleName())]
    assert [one for one in nameless if type(one).__name__ != "QAbstractButton"] == []
    assert view.list.accessibleName() == "Concordance"
    view.set_colours(DARK)
    view.focus_list()
    assert not view.grab().isNull()
