"""The model knows every row's document and holds few rows, asking for those looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from incipit.models import Snippet
from incipit.ui.document_model import ROW_ROLE, DocumentModel, spoken
from incipit.ui.paged_model import PAGE_ROWS


@pytest.fixture
def model():
    return DocumentModel()


@pytest.fixture
def asked(model):
    found = []
    model.rows_wanted.connect(lambda *page: found.append(page))
    return found


def look(model, row):
    return model.index(row, 0).data(ROW_ROLE)


def test_model_keeps_the_promises_of_models(model, make_result, make_rows, qtmodeltester):
    qtmodeltester.check(model)
    model.show(make_result(70), 0, make_rows(range(100, 164)))
    qtmodeltester.check(model)


def test_rows_that_came_with_the_result_need_no_asking(model, asked, make_result, make_rows, qtbot):
    model.show(make_result(200), 0, make_rows(range(100, 100 + PAGE_ROWS)))
    assert look(model, 5).document.id == 105
    qtbot.wait(10)
    assert asked == []


def test_looking_at_a_row_asks_for_its_page_once(model, asked, make_result, make_rows, qtbot):
    model.show(make_result(1000))
    assert look(model, 130) is None
    look(model, 131)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [(model.generation, 128, PAGE_ROWS)]
    look(model, 132)
    qtbot.wait(10)
    assert len(asked) == 1
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.fill(model.generation, 128, make_rows(range(228, 292)))
    assert changed == [(128, 191)]
    assert look(model, 130).document.id == 230


def test_scrolling_past_pages_asks_for_the_ones_in_view_only(
    model, asked, make_result, make_rows, qtbot
):
    model.show(make_result(100_000))
    look(model, 0)
    qtbot.waitUntil(lambda: bool(asked))
    for row in range(0, 90_000, 500):
        look(model, row)
    model.fill(model.generation, 0, make_rows(range(100, 164)))
    assert len(asked) == 2
    assert asked[1][1] == 89_500 // PAGE_ROWS * PAGE_ROWS


def test_answer_to_an_older_result_is_dropped(model, make_result, make_rows):
    model.show(make_result(100))
    old = model.generation
    model.show(make_result(100))
    model.fill(old, 0, make_rows(range(500, 564)))
    assert model.row_at(0) is None


def test_removed_document_leaves_a_gap_and_moves_no_other(
    model, asked, make_result, make_rows, qtbot
):
    model.show(make_result(10))
    model.fill(model.generation, 0, make_rows([100, 102, 103]))
    assert model.row_at(1) is None
    assert model.row_at(2).document.id == 102
    look(model, 1)
    qtbot.wait(10)
    assert asked == [], "a row that is gone must not be asked for again and again"


def test_row_that_did_not_come_is_asked_for_when_looked_at_again(model, asked, make_result, qtbot):
    model.show(make_result(10))
    look(model, 1)
    qtbot.waitUntil(lambda: len(asked) == 1)
    model.forget(model.generation)
    look(model, 1)
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_memory_is_bounded(model, make_result, make_rows):
    model.show(make_result(100_000))
    for first in range(0, 100_000 - PAGE_ROWS, PAGE_ROWS):
        model.fill(model.generation, first, make_rows(range(100 + first, 100 + first + PAGE_ROWS)))
    held = sum(model.row_at(row) is not None for row in range(0, 100_000, PAGE_ROWS))
    assert held <= 48


def test_ids_come_without_rows(model, make_result):
    model.show(make_result(1000))
    assert model.id_at(999) == 1099
    assert model.id_at(1000) is None
    assert model.id_at(-1) is None
    assert model.ids_at([(0, 2), (10, 12)]).tolist() == [100, 101, 110, 111]
    assert model.ids_at([]).tolist() == []


def test_one_column_and_no_children(model, make_result):
    model.show(make_result(3))
    assert (model.rowCount(), model.columnCount()) == (3, 1)
    child = model.index(0, 0)
    assert (model.rowCount(child), model.columnCount(child)) == (0, 0)
    assert model.data(QModelIndex()) is None


def test_screen_reader_hears_title_hits_and_snippet(model, make_result, make_rows):
    rows = make_rows(range(100, 103), hits=2, snippet=Snippet("the harbour", ((4, 11),)))
    model.show(make_result(3), 0, rows)
    heard = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Letter 100. 2 hits. the harbour"
    assert model.index(0, 0).data() == "Letter 100"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "/corpus/letters/first.txt"


def test_without_a_query_the_size_is_spoken(make_rows):
    assert spoken(make_rows([7])[0]) == "Letter 7. 0 bytes"


def test_showing_nothing_empties_the_list(model, make_result):
    model.show(make_result(3))
    model.show(None)
    assert model.rowCount() == 0
    assert model.result is None
