"""The field in which a query is typed: it knows its keys, not what a query means."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from incipit.ui.file_urls import local_paths


class SearchField(QLineEdit):
    """A line edit with the keys of a search bar.

    Esc clears, Down leaves for the list, Alt+Down asks for the history, Enter commits. Pasted
    files are files to add, not text.
    """

    left_downward = Signal()
    history_wanted = Signal()
    committed = Signal()
    files_pasted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Files dropped here are for the window, like everywhere else in it.
        self.setAcceptDrops(False)
        self.returnPressed.connect(self.committed)

    def word_at_cursor(self) -> str:
        """Return the letters and digits before the cursor, up to what is no letter or digit."""
        head = self.text()[: self.cursorPosition()]
        start = len(head)
        while start and head[start - 1].isalnum():
            start -= 1
        return head[start:]

    def replace_word(self, word: str) -> None:
        """Put ``word`` and a space in the place of the word before the cursor."""
        end = self.cursorPosition()
        start = end - len(self.word_at_cursor())
        text = self.text()
        tail = text[end:]
        self.setText(text[:start] + word + (tail if tail.startswith(" ") else " " + tail))
        self.setCursorPosition(start + len(word) + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of a search bar; leave the rest to the line edit."""
        key = event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Down:
            (self.history_wanted if alt else self.left_downward).emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._paste_files():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _paste_files(self) -> bool:
        paths: list[Path] = local_paths(QGuiApplication.clipboard().mimeData())
        if paths:
            self.files_pasted.emit(paths)
        return bool(paths)
