"""The place and shape of the window, between two runs too, whatever becomes of the screens.

Qt's own memory of a geometry forgets size and shape when a screen is gone or has another width,
and can then leave a frame half outside: what is kept here is put on the screen that there is.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow, QSplitter

from incipit.services.settings import Settings, WindowPlace

_FIRST_SIZE = QSize(1280, 800)
#: The share of a small screen that a first window takes: its frame is not known yet.
_FIRST_SHARE = 0.9
#: After so long window managers have done what they do when a screen goes.
_SETTLED_MS = 500
_SHAPES = {
    "maximized": Qt.WindowState.WindowMaximized,
    "full": Qt.WindowState.WindowFullScreen,
}


def restore_window(window: QMainWindow, splitter: QSplitter, settings: Settings) -> None:
    """Put the window where it was; one that never was gets a good size."""
    place = settings.window
    if place.width_px and place.height_px:
        screen = _screen_named(place.screen)
        window.setGeometry(_fitted(place, screen.geometry(), screen.availableGeometry()))
        window.setWindowState(_SHAPES.get(place.shape, Qt.WindowState.WindowNoState))
    else:
        window.resize(_FIRST_SIZE.boundedTo(window.screen().availableSize() * _FIRST_SHARE))
    if settings.splitter:
        splitter.restoreState(_bytes(settings.splitter))
        # What was saved carries the handle's width with it, which is the style's to say.
        splitter.setHandleWidth(1)


def window_settings(window: QMainWindow, splitter: QSplitter, settings: Settings) -> Settings:
    """Return ``settings`` with the place and shape that the window has now."""
    return replace(settings, window=_place_of(window), splitter=_text(splitter.saveState()))


class ScreenKeeper(QObject):
    """Brings a window back whole when the screen that it is on is taken away."""

    def __init__(self, window: QMainWindow, app: QGuiApplication) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._timer.timeout.connect(self._bring_back)
        app.screenRemoved.connect(self._on_screen_removed)

    def _on_screen_removed(self, _screen: QScreen) -> None:
        self._timer.start()

    def _bring_back(self) -> None:
        window = self._window
        # What fills a screen is put on another one by the window manager.
        if window.isVisible() and window.windowState() == Qt.WindowState.WindowNoState:
            screen = window.screen()
            window.setGeometry(
                _fitted(_place_of(window), screen.geometry(), screen.availableGeometry())
            )


def _place_of(window: QMainWindow) -> WindowPlace:
    screen, inside, outside = window.screen(), window.normalGeometry(), window.frameGeometry()
    corner = inside.topLeft() - screen.geometry().topLeft()
    now = window.geometry()
    sides = (now.left() - outside.left(), outside.right() - now.right())
    state = window.windowState()
    return WindowPlace(
        screen=screen.name(),
        x_px=corner.x(),
        y_px=corner.y(),
        width_px=inside.width(),
        height_px=inside.height(),
        title_px=max(now.top() - outside.top(), 0),
        border_px=max(*sides, outside.bottom() - now.bottom(), 0),
        shape=next((name for name, flag in _SHAPES.items() if state & flag), "normal"),
    )


def _screen_named(name: str) -> QScreen:
    screens = QGuiApplication.screens()
    same = (screen for screen in screens if screen.name() == name)
    return next(same, QGuiApplication.primaryScreen())


def _fitted(place: WindowPlace, screen: QRect, available: QRect) -> QRect:
    """Return where the window goes so that it is on the screen with all of its frame."""
    border, title = place.border_px, place.title_px
    room = available.adjusted(border, title, -border, -border)
    size = QSize(place.width_px, place.height_px).boundedTo(room.size())
    corner = screen.topLeft() + QPoint(place.x_px, place.y_px)
    last = room.bottomRight() - QPoint(size.width() - 1, size.height() - 1)
    x = max(room.left(), min(corner.x(), last.x()))
    y = max(room.top(), min(corner.y(), last.y()))
    return QRect(QPoint(x, y), size)


def _bytes(text: str) -> QByteArray:
    try:
        return QByteArray(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return QByteArray()


def _text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")
