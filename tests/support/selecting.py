"""Selecting rows in tests, whatever keys an earlier test seems to hold down."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView

_Flag = QItemSelectionModel.SelectionFlag


def select_row(view: QAbstractItemView, row: int) -> None:
    """Make ``row`` the current and only selected row; ``selectRow`` asks the keyboard first."""
    index = view.model().index(row, 0)
    view.selectionModel().setCurrentIndex(index, _Flag.Rows | _Flag.ClearAndSelect)
