"""Shift+F10 opens the menu of what has the focus, as the Menu key does.

On Linux Qt knows the Menu key only, which many keyboards do not have.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

#: Elsewhere the system sends the event by itself, or has no such key.
IS_NEEDED = sys.platform.startswith("linux")

MENU_KEY = "Shift+F10"


def serve_menu_key(window: QWidget) -> None:
    """Have Shift+F10 open the menu of whatever in ``window`` has the focus."""
    if IS_NEEDED:
        key = QShortcut(QKeySequence(MENU_KEY), window)
        key.activated.connect(lambda: _open_menu(window.focusWidget()))


def _open_menu(focused: QWidget | None) -> None:
    if focused is None:
        return
    cursor = focused.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = cursor.center() if isinstance(cursor, QRect) else QPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, focused.mapToGlobal(place))
    QApplication.sendEvent(focused, event)
