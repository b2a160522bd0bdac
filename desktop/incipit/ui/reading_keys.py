"""What the keys mean on a page that is read, not written: scroll by default, select with Shift."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_TO_END = {
    QKeySequence.StandardKey.SelectEndOfDocument: True,
    QKeySequence.StandardKey.SelectStartOfDocument: False,
}
_EXTENDING = tuple(
    key
    for key in QKeySequence.StandardKey
    if key.name.startswith("Select")
    and key not in _TO_END
    and key != QKeySequence.StandardKey.SelectAll
)


def extends_selection(event: QKeyEvent) -> bool:
    """Return whether a key moves the end of the selection by some part of the page."""
    return any(event.matches(key) for key in _EXTENDING)


def extends_to_end(event: QKeyEvent) -> bool | None:
    """Return True for selecting up to the end of the text, False to its start, else None."""
    return next((end for key, end in _TO_END.items() if event.matches(key)), None)


def scroll_step(event: QKeyEvent, *, line_px: int, page_px: int) -> int | None:
    """Return by how many pixels a key scrolls, or None where it does not."""
    match event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
        case Qt.Key.Key_Down, _:
            return line_px
        case Qt.Key.Key_Up, _:
            return -line_px
        case (Qt.Key.Key_PageDown, _) | (Qt.Key.Key_Space, False):
            return page_px
        case (Qt.Key.Key_PageUp, _) | (Qt.Key.Key_Space, True):
            return -page_px
    return None
