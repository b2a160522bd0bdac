"""Rows come in pages, as they are looked at, and late answers are dropped."""

from __future__ import annotations

import pytest

from incipit.ui.paged_model import PAGE_ROWS, PagedModel


class Numbers(PagedModel[int]):
    """Rows that are their own numbers."""

    def __init__(self):
        super().__init__(columns=2)

    def start(self, count):
        self.beginResetModel()
        self._start_over(count)
        self.endResetModel()

    def data(self, index, role=0):
        return self._look_at(index.row()) if role == 0 else None


@pytest.fixture
def model():
    made = Numbers()
    made.start(10 * PAGE_ROWS)
    return made


def look(model, row):
    return model.data(model.index(row, 0))


def test_row_that_is_not_there_is_asked_for_once(model, qtbot):
    with qtbot.waitSignal(model.rows_wanted) as wanted:
        assert look(model, 3 * PAGE_ROWS + 5) is None
        assert look(model, 3 * PAGE_ROWS + 6) is None
    assert wanted.args == [model.generation, 3 * PAGE_ROWS, PAGE_ROWS]
    with qtbot.assertNotEmitted(model.rows_wanted, wait=20):
        look(model, 3 * PAGE_ROWS + 5)


def test_answer_fills_its_page_and_says_so(model, qtbot):
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.fill(model.generation, PAGE_ROWS, range(PAGE_ROWS, 2 * PAGE_ROWS))
    first, last = changed.args[:2]
    assert (first.row(), last.row(), last.column()) == (PAGE_ROWS, 2 * PAGE_ROWS - 1, 1)
    assert look(model, PAGE_ROWS + 7) == PAGE_ROWS + 7
    assert model.row_at(0) is None


def test_answer_to_an_older_question_is_dropped(model):
    old = model.generation
    model.start(PAGE_ROWS)
    model.fill(old, 0, range(PAGE_ROWS))
    assert model.row_at(0) is None


def test_question_that_failed_is_asked_again(model, qtbot):
    with qtbot.waitSignal(model.rows_wanted):
        look(model, 0)
    model.forget(model.generation)
    with qtbot.waitSignal(model.rows_wanted):
        look(model, 0)


def test_last_pages_looked_at_come_first(model, qtbot):
    asked = []
    model.rows_wanted.connect(lambda _generation, first, _count: asked.append(first // PAGE_ROWS))
    for page in range(6):
        look(model, page * PAGE_ROWS)
    qtbot.waitUntil(lambda: asked == [5])
    model.fill(model.generation, 5 * PAGE_ROWS, range(PAGE_ROWS))
    assert asked == [5, 4]


def test_few_pages_are_held(model):
    model.start(200 * PAGE_ROWS)
    for page in range(200):
        model.fill(model.generation, page * PAGE_ROWS, range(PAGE_ROWS))
    assert sum(model.row_at(page * PAGE_ROWS) is not None for page in range(200)) < 60
    assert model.rowCount() == 200 * PAGE_ROWS
    assert model.columnCount() == 2
