"""Lines are asked for as they are looked at, a page at a time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from incipit.ui.concordance_model import LINE_ROLE, ConcordanceModel, percent
from incipit.ui.paged_model import PAGE_ROWS


@pytest.fixture
def model():
    return ConcordanceModel()


@pytest.fixture
def many(fill, concordance_of, tmp_path):
    fill(tmp_path / "library", {"many.txt": "the boat " * 300})
    return concordance_of("boat")


def test_the_model_keeps_the_rules_of_models(model, concordance_of):
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    model.show(*with_lines(concordance_of()))
    model.show(None)
    assert tester.model() is model


def with_lines(found):
    concordance, lines = found
    return concordance, 0, lines[:PAGE_ROWS]


def test_rows_know_their_lines_and_say_them(model, concordance_of):
    model.show(*with_lines(concordance_of()))
    assert (model.rowCount(), model.columnCount()) == (3, 2)
    first = model.index(0, 0)
    assert first.data(LINE_ROLE).context.hit == "harbour"
    assert first.data() == (
        "The first letter A letter about the harbour and the ships in the harbour."
    )
    assert model.index(0, 1).data() == f"The first letter, {percent(first.data(LINE_ROLE))}"
    told = first.data(Qt.ItemDataRole.ToolTipRole)
    assert "Word 8 of 14" in told
    assert "The document begins or ends here" in told
    assert model.rowCount(first) == model.columnCount(first) == 0
    horizontal = Qt.Orientation.Horizontal
    assert [model.headerData(n, horizontal) for n in (0, 1)] == ["Line", "Document"]
    assert QModelIndex().data() is None


def test_what_is_looked_at_is_asked_for_once(model, many, qtbot):
    concordance, lines = many
    model.show(concordance, 0, lines[:PAGE_ROWS])
    assert model.index(0, 0).data(LINE_ROLE) is lines[0]
    with qtbot.waitSignal(model.rows_wanted) as came:
        assert model.index(100, 0).data() == "Loading"
        assert model.index(101, 0).data(LINE_ROLE) is None
    assert came.args == [model.generation, PAGE_ROWS, PAGE_ROWS]

    model.fill(model.generation - 1, PAGE_ROWS, lines[:PAGE_ROWS])
    assert model.row_at(100) is None
    with qtbot.waitSignal(model.dataChanged):
        model.fill(model.generation, PAGE_ROWS, lines[PAGE_ROWS : 2 * PAGE_ROWS])
    assert model.index(100, 0).data(LINE_ROLE) is lines[100]


def test_lines_that_did_not_come_are_asked_for_again(model, many, qtbot):
    model.show(many[0])
    with qtbot.waitSignal(model.rows_wanted):
        model.index(0, 0).data()
    model.forget(model.generation)
    with qtbot.waitSignal(model.rows_wanted):
        model.index(0, 0).data()


def test_another_width_reads_anew_and_resets_nothing(model, many, qtbot):
    model.show(many[0], 0, many[1][:PAGE_ROWS])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.read_anew()
    assert model.row_at(0) is None
    assert model.rowCount() == 300


def test_a_line_that_went_says_so(model, concordance_of):
    concordance, lines = concordance_of()
    model.show(concordance, 0, (None, *lines[1:]))
    assert model.index(0, 0).data() == "No longer there"
