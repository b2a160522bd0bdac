"""The field in which a query is typed: it knows its keys, not what a query means."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from incipit.text.offsets import Utf16Offsets
from incipit.text.tokens import tokenise
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
        """Return what is typed of a word before the cursor, empty where none is."""
        head = self.text()[: self._cursor_cp()]
        tokens = tokenise(head)
        is_typed = bool(tokens.terms) and tokens.ends_cp[-1] == len(head)
        return head[tokens.starts_cp[-1] :] if is_typed else ""

    def replace_word(self, word: str) -> None:
        """Put ``word`` and a space in the place of the word before the cursor."""
        text, end = self.text(), self._cursor_cp()
        head, tail = text[: end - len(self.word_at_cursor())] + word, text[end:]
        self.setText(head + (tail if tail.startswith(" ") else " " + tail))
        self.setCursorPosition(Utf16Offsets(head).length_u16 + 1)

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undoing to the window where there is nothing here to undo.

        A line edit claims them for itself all the same, and the focus is here most of the time.
        """
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)

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

    def _cursor_cp(self) -> int:
        return int(Utf16Offsets(self.text()).to_code_points(self.cursorPosition()))

    def _paste_files(self) -> bool:
        paths: list[Path] = local_paths(QGuiApplication.clipboard().mimeData())
        if paths:
            self.files_pasted.emit(paths)
        return bool(paths)
