"""What happens when the program breaks: a report in the log folder, and a word to the user."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

import PySide6
from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from incipit import __version__

_LOG_BYTES = 1_000_000
_LOGS_KEPT = 3
_REPORTS_KEPT = 20
_log = logging.getLogger(__name__)


class CrashHook(QObject):
    """Writes a report for every exception that nobody caught, and tells where it is.

    ``reported`` carries the path of each report.
    """

    reported = Signal(object)
    _happened = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._shown: QMessageBox | None = None
        self._faults: TextIO | None = None
        self._log: RotatingFileHandler | None = None
        self._before = (sys.excepthook, threading.excepthook, logging.getLogger().level)
        self.window: QWidget | None = None
        # An exception may come from any thread; a dialog may not.
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of this process, and write a log."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._faults = (self._folder / "faults.txt").open("a", encoding="utf-8")
            log = RotatingFileHandler(
                self._folder / "incipit.log",
                maxBytes=_LOG_BYTES,
                backupCount=_LOGS_KEPT,
                encoding="utf-8",
                errors="backslashreplace",
            )
        except OSError as problem:
            # Without a place for a log the program still works.
            _log.warning("no log is written: %s", problem)
            return
        faulthandler.enable(self._faults)
        self._log = log
        log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root = logging.getLogger()
        root.addHandler(log)
        root.setLevel(logging.INFO)

    def uninstall(self) -> None:
        """Give the hooks back and close the log."""
        sys.excepthook, threading.excepthook, level = self._before
        if self._log is not None:
            logging.getLogger().removeHandler(self._log)
            logging.getLogger().setLevel(level)
            self._log.close()
            self._log = None
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def report(self, problem: BaseException) -> Path | None:
        """Write a report about ``problem`` and tell the user; return where it is. Any thread.

        Where the log folder cannot be written, the dialog holds the report itself.
        """
        text = report_text(problem)
        _log.error("%s", text)
        path = self._write(text)
        self._happened.emit((path, text))
        return path

    def _on_exception(
        self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, trace)
            QGuiApplication.quit()
            return
        self.report(problem.with_traceback(trace))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _write(self, text: str) -> Path | None:
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
        path = self._folder / f"crash-{stamp}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-_REPORTS_KEPT]:
                old.unlink(missing_ok=True)
        except OSError as problem:
            _log.warning("the report could not be written: %s", problem)
            return None
        return path

    def _tell(self, happened: tuple[Path | None, str]) -> None:
        path, text = happened
        if path is not None:
            self.reported.emit(path)
        if self._shown is not None and self._shown.isVisible():
            return  # one dialog says it; every report is in the folder
        box = QMessageBox(self.window)
        self._shown = box
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Something Went Wrong"))
        box.setText(self.tr("Something went wrong inside Incipit. Your library is safe."))
        box.setInformativeText(
            self.tr("A report was written to:\n{path}").format(path=path)
            if path is not None
            else self.tr("The report could not be written; it is below.")
        )
        box.setDetailedText(text)
        copy = box.addButton(self.tr("Copy Report"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        if path is not None:
            show = box.addButton(self.tr("Open Folder"), QMessageBox.ButtonRole.ActionRole)
            show.clicked.connect(
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
            )
        box.addButton(self.tr("Go On"), QMessageBox.ButtonRole.AcceptRole)
        # Kept until the next one: a dialog may not go in the middle of its own click.
        box.open()


def report_text(problem: BaseException) -> str:
    """Return a report about ``problem``: versions and a traceback, nothing from the library."""
    lines = [
        f"Incipit {__version__}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        f"{platform.platform()}",
        f"{datetime.now().astimezone().isoformat(timespec='seconds')}",
        "",
        *(line.rstrip("\n") for line in traceback.format_exception(problem)),
    ]
    return "\n".join(lines) + "\n"
