"""The place and shape of the window between two runs."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from incipit.services.settings import Settings

_FIRST_SIZE = (1280, 800)


def restore_window(window: QMainWindow, splitter: QSplitter, settings: Settings) -> None:
    """Put the window where it was; one that never was gets a good size."""
    if not (settings.geometry and window.restoreGeometry(_bytes(settings.geometry))):
        screen = window.screen().availableGeometry()
        width, height = _FIRST_SIZE
        window.resize(min(width, screen.width()), min(height, screen.height()))
    if settings.splitter:
        splitter.restoreState(_bytes(settings.splitter))
        # What was saved carries the handle's width with it, which is the style's to say.
        splitter.setHandleWidth(1)


def window_settings(window: QMainWindow, splitter: QSplitter, settings: Settings) -> Settings:
    """Return ``settings`` with the place and shape that the window has now."""
    return replace(
        settings, geometry=_text(window.saveGeometry()), splitter=_text(splitter.saveState())
    )


def _bytes(text: str) -> QByteArray:
    try:
        return QByteArray(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return QByteArray()


def _text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")
