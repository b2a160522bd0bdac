"""The rows of the document list: as many as there are, held as few pages at a time.

The model knows the whole result as arrays and asks for the rows that are looked at
(``rows_wanted``); whoever has a library answers with :meth:`DocumentModel.fill`. A row that is
not there yet is None and is painted as a placeholder. Rows are put where their document stands
in the result: one that was removed meanwhile leaves a gap and moves no other.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from incipit.models import ResultRow, SearchResult
from incipit.ui import wording

PAGE_ROWS = 64
_PAGES_HELD = 48

#: The role under which a row's :class:`ResultRow` stands, or None while it is not there.
ROW_ROLE = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class DocumentModel(QAbstractTableModel):
    """One column of :class:`ResultRow`, one row for each document of a result."""

    #: generation, first row, number of rows; emitted once for the page looked at last.
    rows_wanted = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._result: SearchResult | None = None
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._pages: OrderedDict[int, tuple[ResultRow | None, ...]] = OrderedDict()
        self._generation = 0
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: int | None = None
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.timeout.connect(self._ask)

    @property
    def result(self) -> SearchResult | None:
        """Return the result that is listed."""
        return self._result

    @property
    def generation(self) -> int:
        """Return the number of the result that is listed; answers to older ones are dropped."""
        return self._generation

    def show(
        self, result: SearchResult | None, first: int = 0, rows: Sequence[ResultRow] = ()
    ) -> None:
        """List ``result``; ``rows`` are already known and stand from row ``first`` on.

        ``first`` is a multiple of :data:`PAGE_ROWS`.
        """
        self.beginResetModel()
        self._result = result
        self._ids = np.empty(0, np.int64) if result is None else result.document_ids
        self._pages.clear()
        self._wanted.clear()
        self._asked = None
        self._generation += 1
        if rows:
            self._keep(first, rows)
        self.endResetModel()

    def fill(self, generation: int, first: int, rows: Sequence[ResultRow]) -> None:
        """Take the rows from ``first`` on that were asked for under ``generation``."""
        if generation != self._generation:
            return
        self._asked = None
        self._keep(first, rows)
        last = min(first + PAGE_ROWS, len(self._ids)) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
        self._ask()

    def forget(self, generation: int) -> None:
        """Note that the rows asked for did not come; the next look at them asks again."""
        if generation == self._generation:
            self._asked = None

    def row_at(self, row: int) -> ResultRow | None:
        """Return what is known of a row, without asking for it."""
        page = self._pages.get(row // PAGE_ROWS)
        place = row % PAGE_ROWS
        return page[place] if page is not None and place < len(page) else None

    def id_at(self, row: int) -> int | None:
        """Return the document id of a row, or None outside the list."""
        return int(self._ids[row]) if 0 <= row < len(self._ids) else None

    def ids_at(self, rows: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
        """Return the document ids of half-open ranges of rows."""
        parts = [self._ids[first:last] for first, last in rows]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return 1."""
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row for :data:`ROW_ROLE`, or its words for people and screen readers."""
        if not index.isValid() or role not in _ROLES:
            return None
        page = index.row() // PAGE_ROWS
        row = self.row_at(index.row())
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._want(page)
        if role == ROW_ROLE:
            return row
        if row is None:
            return self.tr("Loading")
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.path(row.document.path)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.document.title
        return spoken(row)

    def _keep(self, first: int, rows: Sequence[ResultRow]) -> None:
        known = {row.document.id: row for row in rows}
        if first < len(self._ids):
            page = first // PAGE_ROWS
            ids = self._ids[first : first + PAGE_ROWS].tolist()
            self._pages[page] = tuple(known.get(key) for key in ids)
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


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    ROW_ROLE,
)


def spoken(row: ResultRow) -> str:
    """Return what a screen reader says of a row."""
    parts = [row.document.title]
    if row.hits:
        parts.append(wording.hits(row.hits))
    if row.snippet is not None and row.snippet.text:
        parts.append(row.snippet.text)
    else:
        parts.append(wording.size(row.document.size_bytes))
    return ". ".join(parts)
