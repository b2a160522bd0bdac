"""The rows of the document list: documents of a result, where they stand in it.

A row is put where its document stands in the result: one that was removed meanwhile leaves a
gap and moves no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt

from incipit.models import ResultRow, SearchResult
from incipit.ui import wording
from incipit.ui.paged_model import PAGE_ROWS, Index, PagedModel

#: The role under which a row's :class:`ResultRow` stands, or None while it is not there.
ROW_ROLE = Qt.ItemDataRole.UserRole


class DocumentModel(PagedModel[ResultRow]):
    """One column of :class:`ResultRow`, one row for each document of a result."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(1, parent)
        self._result: SearchResult | None = None
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)

    @property
    def result(self) -> SearchResult | None:
        """Return the result that is listed."""
        return self._result

    def show(
        self, result: SearchResult | None, first: int = 0, rows: Sequence[ResultRow] = ()
    ) -> None:
        """List ``result``; ``rows`` are already known and stand from row ``first`` on.

        ``first`` is a multiple of :data:`PAGE_ROWS`.
        """
        self.beginResetModel()
        self._result = result
        self._ids = np.empty(0, np.int64) if result is None else result.document_ids
        self._start_over(len(self._ids))
        if rows:
            self._keep(first, rows)
        self.endResetModel()

    def id_at(self, row: int) -> int | None:
        """Return the document id of a row, or None outside the list."""
        return int(self._ids[row]) if 0 <= row < len(self._ids) else None

    def ids_at(self, rows: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
        """Return the document ids of half-open ranges of rows."""
        parts = [self._ids[first:last] for first, last in rows]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be chosen, and dragged out as its file."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row for :data:`ROW_ROLE`, or its words for people and screen readers."""
        if not index.isValid() or role not in _ROLES:
            return None
        row = self._look_at(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            return self.tr("Loading")
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.path(row.document.path)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.document.title
        return spoken(row)

    def _keep(self, first: int, rows: Sequence[ResultRow | None]) -> None:
        known = {row.document.id: row for row in rows if row is not None}
        ids = self._ids[first : first + PAGE_ROWS].tolist()
        super()._keep(first, [known.get(key) for key in ids])


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
