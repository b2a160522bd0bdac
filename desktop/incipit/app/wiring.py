"""Where everything is made and joined: settings, theme, bridge, window, library."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from incipit import paths
from incipit.app import quick_start
from incipit.app.crash import CrashHook
from incipit.app.single_instance import SingleInstance
from incipit.services.settings import Settings, SettingsFile
from incipit.ui.bridge import Bridge
from incipit.ui.leaving import Leaving
from incipit.ui.main_window import MainWindow
from incipit.ui.theme_switch import ThemeSwitch
from incipit.ui.window_state import ScreenKeeper

if TYPE_CHECKING:
    from incipit.services.library import Library

_RECENT = 8
_log = logging.getLogger(__name__)


class Desk(QObject):
    """The running application: one window, one library at a time, and their settings."""

    def __init__(
        self,
        app: QApplication,
        settings_file: SettingsFile,
        instance: SingleInstance,
        crash: CrashHook,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._file = settings_file
        self._instance = instance
        self._settings = settings_file.load()
        self._folder: Path | None = None
        self._chosen = False
        self._opening = False
        self._waiting: list[Path] = []
        self.bridge = Bridge(parent=self)
        self.theme = ThemeSwitch(app, self._settings.theme)
        self.window = MainWindow(self.bridge, self.theme, self._settings)
        ScreenKeeper(self.window, app)
        self.leaving = Leaving(self.window, lambda: self.window.imports.adding)
        crash.window = self.window
        instance.asked.connect(self._on_asked)
        self.window.library_wanted.connect(self.open_library)
        self.window.settings_changed.connect(self._save)
        self.window.broke.connect(crash.report)
        self.window.closed.connect(self._on_closed)

    def begin(self, folder: Path, given: Sequence[Path]) -> None:
        """Show the window, then open the library in ``folder`` and add ``given`` to it."""
        self._waiting = list(given)
        self.window.show_opening(folder)
        self.window.show()
        self._open(folder)

    def open_library(self, folder: Path) -> None:
        """Close the library that is open and open the one in ``folder`` in its place.

        A library that has a window already comes to the front there.
        """
        if self._opening:
            return
        same = self._folder is not None and folder.resolve() == self._folder.resolve()
        if same and self.window.library is not None:
            return
        if not same and not self._instance.claim(folder, ()):
            return
        self._chosen = True
        self._remember(self.window.settings())
        old = self.window.detach()
        self.window.show_opening(folder)
        if old is None:
            self._open(folder)
        else:
            self._opening = True
            self.bridge.run_after_all(old.close, lambda _none: self._open(folder))

    def _open(self, folder: Path) -> None:
        self._opening = True
        self._folder = folder
        limit_bytes = self._settings.size_limit_bytes
        self.bridge.run(
            lambda _cancel: _open_library(folder, limit_bytes),
            self._on_opened,
            failed=self._on_not_opened,
        )

    def _on_opened(self, library: Library) -> None:
        self._opening = False
        self._note_recent(library.folder)
        self.window.attach(library)
        waiting, self._waiting = self._waiting, []
        self.window.add(waiting)
        quick_start.finish()

    def _note_recent(self, library: Path) -> None:
        folder = str(library)
        now = self.window.settings()
        recent = [folder, *(old for old in now.recent_libraries if old != folder)]
        # A library named on the command line is for this run; one chosen in the window is for
        # the next ones too.
        last = folder if self._chosen else now.last_library
        now = replace(now, last_library=last, recent_libraries=tuple(recent[:_RECENT]))
        self.window.set_settings(now)
        self._remember(now)

    def _on_not_opened(self, problem: Exception) -> None:
        self._opening = False
        self.window.show_unusable(problem)
        quick_start.finish()

    def _on_asked(self, given: list[Path]) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if self.window.library is None:
            self._waiting += given
        else:
            self.window.add(given)

    def _on_closed(self) -> None:
        """Keep what is to be kept, end what is under way, and leave. The window is gone."""
        self._remember(self.window.settings())
        library = self.window.detach()
        self._instance.release()
        self.window.hide()
        ended = self.bridge.close()
        if library is not None and ended:
            library.close()
        self._app.quit()

    def _remember(self, settings: Settings) -> None:
        self._settings = settings
        self._save(settings)

    def _save(self, settings: Settings) -> None:
        self._settings = settings
        try:
            self._file.save(settings)
        except OSError as problem:
            _log.warning("settings not saved: %s", problem)


def _open_library(folder: Path, limit_bytes: int) -> Library:
    # Imported here, on a worker thread: the first paint need not wait for store and index.
    from incipit.services.library import Library

    return Library.open(folder, limit_bytes=limit_bytes)


def default_folder(settings: Settings) -> Path:
    """Return the library to open when none is named: the last one, or the user's own."""
    last = Path(settings.last_library) if settings.last_library else None
    if last is not None and (last / paths.LIBRARY_FILE).exists():
        return last
    return paths.default_library()
