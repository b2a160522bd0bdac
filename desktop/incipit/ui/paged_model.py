"""Rows that are read a few pages at a time, as they are looked at.

The model knows how many rows there are and asks for those that are looked at (``rows_wanted``);
whoever has a library answers with :meth:`PagedModel.fill`. A row that is not there yet is None
and is painted as a placeholder.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QTimer,
    Signal,
)

PAGE_ROWS = 64
_PAGES_HELD = 48

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

Row = TypeVar("Row")


class PagedModel(QAbstractTableModel, Generic[Row]):
    """A table of ``columns`` columns whose rows come in pages of :data:`PAGE_ROWS`."""

    #: generation, first row, number of rows; emitted once for the page looked at last.
    rows_wanted = Signal(int, int, int)

    def __init__(self, columns: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._count = 0
        self._pages: OrderedDict[int, tuple[Row | None, ...]] = OrderedDict()
        self._generation = 0
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: int | None = None
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.timeout.connect(self._ask)

    @property
    def generation(self) -> int:
        """Return the number of what is listed; answers to older ones are dropped."""
        return self._generation

    def fill(self, generation: int, first: int, rows: Sequence[Row | None]) -> None:
        """Take the rows from ``first`` on that were asked for under ``generation``."""
        if generation != self._generation:
            return
        self._asked = None
        self._keep(first, rows)
        last = min(first + PAGE_ROWS, self._count) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self._columns - 1))
        self._ask()

    def forget(self, generation: int) -> None:
        """Note that the rows asked for did not come; the next look at them asks again."""
        if generation == self._generation:
            self._asked = None

    def row_at(self, row: int) -> Row | None:
        """Return what is known of a row, without asking for it."""
        page = self._pages.get(row // PAGE_ROWS)
        place = row % PAGE_ROWS
        return page[place] if page is not None and place < len(page) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else self._columns

    def _look_at(self, row: int) -> Row | None:
        """Return a row that is being shown, and have it read where it is not there."""
        page = row // PAGE_ROWS
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._want(page)
        return self.row_at(row)

    def _is_read(self, row: int) -> bool:
        """Return whether the page of a row has come."""
        return row // PAGE_ROWS in self._pages

    def _start_over(self, count: int) -> None:
        """Forget all rows, of which there are ``count`` from now on."""
        self._count = count
        self._pages.clear()
        self._wanted.clear()
        self._asked = None
        self._generation += 1

    def _keep(self, first: int, rows: Sequence[Row | None]) -> None:
        if first < self._count:
            page = first // PAGE_ROWS
            self._pages[page] = tuple(rows)
            self._pages.move_to_end(page)
            self._wanted.pop(page, None)
        while len(self._pages) > _PAGES_HELD:
            self._pages.popitem(last=False)

    def _want(self, page: int) -> None:
        if page == self._asked:
            return
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        # While somebody drags the scroll bar a page is looked at and gone; the last two that
        # were looked at are the ones still in view.
        while len(self._wanted) > 2:
            self._wanted.popitem(last=False)
        if self._asked is None and not self._ask_soon.isActive():
            self._ask_soon.start(0)

    def _ask(self) -> None:
        if self._asked is not None or not self._wanted:
            return
        self._asked, _ = self._wanted.popitem(last=True)
        self.rows_wanted.emit(self._generation, self._asked * PAGE_ROWS, PAGE_ROWS)
