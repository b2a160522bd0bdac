"""The context menu of the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

_LONGEST_LABEL = 40


class ReadingMenu(QMenu):
    """What can be done at a place of a text; ``word`` may be empty where there is none.

    ``search_chosen`` carries the word and whether to add it to the search.
    """

    search_chosen = Signal(str, bool)
    copy_chosen = Signal()
    cite_chosen = Signal()
    select_all_chosen = Signal()
    find_chosen = Signal()
    print_chosen = Signal()

    def __init__(self, word: str, *, can_cite: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if word:
            self._add_searches(word)
        copy = self._add(self.tr("Copy"), QKeySequence.StandardKey.Copy)
        copy.triggered.connect(self.copy_chosen)
        cite = self._add(self.tr("Copy with Citation"), "Ctrl+Shift+C")
        cite.setEnabled(can_cite)
        cite.triggered.connect(self.cite_chosen)
        every = self._add(self.tr("Select All"), QKeySequence.StandardKey.SelectAll)
        every.triggered.connect(self.select_all_chosen)
        self.addSeparator()
        find = self._add(self.tr("Find in This Document…"), "Ctrl+Shift+F")
        find.triggered.connect(self.find_chosen)
        print_ = self._add(self.tr("Print…"), QKeySequence.StandardKey.Print)
        print_.triggered.connect(self.print_chosen)

    def _add_searches(self, word: str) -> None:
        label = word if len(word) <= _LONGEST_LABEL else word[: _LONGEST_LABEL - 1] + "…"
        label = label.replace("&", "&&")
        search = self._add(self.tr("Search for “{word}”").format(word=label))
        search.triggered.connect(lambda: self.search_chosen.emit(word, False))
        add = self._add(self.tr("Add “{word}” to the Search").format(word=label))
        add.triggered.connect(lambda: self.search_chosen.emit(word, True))
        self.addSeparator()

    def _add(self, label: str, key: QKeySequence.StandardKey | str = "") -> QAction:
        action = self.addAction(label)
        if key:
            # Shown only: the keys themselves are served by the window and the page.
            action.setShortcut(QKeySequence(key))
            action.setShortcutVisibleInContextMenu(True)
        return action
