"""Starting the window: the application object, the one instance, and the first paint."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from incipit import __version__, paths
from incipit.app.crash import CrashHook
from incipit.app.single_instance import SingleInstance
from incipit.app.wiring import Desk, default_folder
from incipit.services.settings import SettingsFile

#: One of these tells Qt where its windows go.
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

#: Seconds a thread may hold the interpreter while another waits. With the usual 5 ms every
#: call into Qt that lets go of it can cost a frame while a search runs.
SWITCH_S = 0.0005


def run(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code when it is closed.

    ``arguments`` are ``[--library DIR] [PATH...]``. Where a window of the library is open,
    the paths go there and this returns at once.
    """
    options = _parse(arguments)
    app = make_application()
    crash = CrashHook(paths.log_folder(), app)
    crash.install()
    settings_file = SettingsFile(paths.settings_file())
    folder: Path = options.library or default_folder(settings_file.load())
    instance = SingleInstance(app)
    given = [path.absolute() for path in options.paths]
    if not instance.claim(folder.absolute(), given):
        return 0
    sys.setswitchinterval(SWITCH_S)
    desk = Desk(app, settings_file, instance, crash)
    _close_on_signals(desk)
    desk.begin(folder.absolute(), given)
    return app.exec()


def make_application() -> QApplication:
    """Make the application object, with its name, version and icon."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(["incipit"])
    app.setApplicationName("incipit")
    app.setApplicationDisplayName("Incipit")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("incipit")
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "incipit.svg")))
    # The window's closing ends the program by itself, after the library is closed.
    app.setQuitOnLastWindowClosed(False)
    return app


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="incipit", description="Open the window of Incipit.")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library to open")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="what to add to it")
    return parser


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options, or leave with a sentence where no window can follow from them."""
    parser = _parser()
    options = parser.parse_args(arguments)
    for path in options.paths:
        if not os.path.lexists(path):
            parser.error(f"{path}: there is neither such a file nor such a command")
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        # Qt would end the process with a core dump.
        parser.error(
            "there is no screen to open a window on; the commands need none: incipit --help"
        )
    return options


def _close_on_signals(desk: Desk) -> None:
    """Close the window on Ctrl+C or a polite kill, as its button would, but without a question."""

    def close(_number: int, _frame: object) -> None:
        QTimer.singleShot(0, desk.leaving.leave)

    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), close)
    if sys.platform == "win32":
        return
    # Python runs a handler only when the interpreter runs: this wakes it from Qt's loop.
    import socket

    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno())
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, desk)
    notifier.activated.connect(lambda: ours.recv(64))

    def let_go() -> None:
        signal.set_wakeup_fd(-1)
        ours.close()
        theirs.close()

    desk.destroyed.connect(let_go)
