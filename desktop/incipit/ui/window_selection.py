"""What is selected of a whole text, of which the document holds only a window."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from incipit.ui.displayed_text import TextWindow


class WindowSelection:
    """Keeps both ends in code points of the text, also where the window does not reach them."""

    def __init__(self) -> None:
        self.anchor_cp = 0
        self.caret_cp = 0
        self._placed = (0, 0)

    @property
    def span(self) -> tuple[int, int] | None:
        """The selected part, half open, or None."""
        start, end = sorted((self.anchor_cp, self.caret_cp))
        return (start, end) if end > start else None

    def set(self, anchor_cp: int, caret_cp: int) -> None:
        """Select from ``anchor_cp`` to ``caret_cp``; `cursor` puts it into the document."""
        self.anchor_cp, self.caret_cp = anchor_cp, caret_cp

    def cursor(self, document: QTextDocument, window: TextWindow) -> QTextCursor:
        """Return a cursor that selects what the window shows of the selection."""
        self._placed = window.to_position(self.anchor_cp), window.to_position(self.caret_cp)
        cursor = QTextCursor(document)
        cursor.setPosition(self._placed[0])
        cursor.setPosition(self._placed[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def follow(self, cursor: QTextCursor, window: TextWindow) -> None:
        """Take over what the reader selected; an end that did not move stays where it is."""
        anchor, caret = cursor.anchor(), cursor.position()
        if anchor != self._placed[0]:
            self.anchor_cp = window.to_cp(anchor)
        if caret != self._placed[1]:
            self.caret_cp = window.to_cp(caret)
        self._placed = anchor, caret
