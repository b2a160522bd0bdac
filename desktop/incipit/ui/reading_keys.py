"""What the keys mean on a page that is read, not written: scroll by default, select with Shift."""

from __future__ import annotations

from enum import Enum, auto

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


class ReadingWish(Enum):
    """What a key asks of the pane around the page."""

    NEXT_HIT = auto()
    PREVIOUS_HIT = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    ZOOM_RESET = auto()
    FIND = auto()
    CITE = auto()


def wish_of(event: QKeyEvent) -> ReadingWish | None:
    """Return what a key asks of the pane, or None."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    match event.key(), control, shift:
        case Qt.Key.Key_F3, False, _:
            return ReadingWish.PREVIOUS_HIT if shift else ReadingWish.NEXT_HIT
        case ((Qt.Key.Key_Plus | Qt.Key.Key_Equal), True, _):
            return ReadingWish.ZOOM_IN
        case Qt.Key.Key_Minus, True, _:
            return ReadingWish.ZOOM_OUT
        case Qt.Key.Key_0, True, False:
            return ReadingWish.ZOOM_RESET
        case Qt.Key.Key_F, True, True:
            return ReadingWish.FIND
        case Qt.Key.Key_C, True, True:
            return ReadingWish.CITE
    return None
