"""A window on other screens than those of the test: window_on_screens.py CONFIGURATION.

The configuration is one of Qt's offscreen platform. The question comes in as JSON, and the
answer goes out: for ``{"rect": [x, y, width, height], "maximized": false}`` what is remembered
of a window there, and for something remembered where a window is with it.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace

os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={sys.argv[1]}"

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter

from incipit.services.settings import Settings, WindowPlace
from incipit.ui.window_state import restore_window, window_settings


def answer(question: dict[str, object]) -> dict[str, object]:
    """Return what is asked for."""
    application = QApplication(["window-on-screens"])
    window, splitter = QMainWindow(), QSplitter()
    window.setCentralWidget(splitter)
    if "rect" not in question:
        restore_window(window, splitter, replace(Settings(), window=WindowPlace(**question)))
        window.show()
        application.processEvents()
        return {
            "rect": window.geometry().getRect(),
            "frame": window.frameGeometry().getRect(),
            "screen": window.screen().name(),
            "maximized": window.isMaximized(),
        }
    window.show()
    window.setGeometry(QRect(*question["rect"]))
    application.processEvents()
    if question["maximized"]:
        window.showMaximized()
        application.processEvents()
    return asdict(window_settings(window, splitter, Settings()).window)


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
