"""Where an import begins and ends for the user: what to add, what to agree to, the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from incipit.models import ImportReport, ImportSurvey
from incipit.ui import wording
from incipit.ui.agreement_dialog import AgreementDialog
from incipit.ui.file_choice import ask_files, ask_folder
from incipit.ui.file_urls import local_paths
from incipit.ui.import_control import ImportControl
from incipit.ui.list_states import sample_folder
from incipit.ui.report_dialog import ReportDialog, summary


class ImportDialogs(QObject):
    """Asks before and reports after the imports of an :class:`ImportControl`.

    ``told`` carries one line about an import that went well; one with failures, or after which
    documents have no files any more, opens its report by itself. ``removal_wanted`` carries the
    ids of such documents that are to go.
    """

    told = Signal(str)
    removal_wanted = Signal(object)

    def __init__(self, control: ImportControl, window: QWidget) -> None:
        super().__init__(window)
        self._control = control
        self._window = window
        self._last: ImportReport | None = None
        control.agreement_wanted.connect(self._ask)

    @property
    def last_report(self) -> ImportReport | None:
        """Return the report of the last import of this run, or None."""
        return self._last

    def ask_files(self) -> None:
        """Ask which files to add."""
        ask_files(self._window, self._control.add)

    def ask_folder(self) -> None:
        """Ask which folder to add."""
        ask_folder(self._window, self._control.add)

    def add_sample(self) -> None:
        """Add the sample corpus."""
        sample = sample_folder()
        if sample is not None:
            self._control.add([sample])

    def paste(self) -> None:
        """Add the files on the clipboard."""
        self._control.add(local_paths(QGuiApplication.clipboard().mimeData()))

    def take_report(self, report: ImportReport) -> None:
        """Tell how an import ended."""
        self._last = report
        words = summary(report)
        if report.cancelled:
            words = self.tr("Stopped; what was added is kept: {words}").format(words=words)
        self.told.emit(words)
        if report.failed or report.vanished or report.misfits:
            self.show_last_report()

    def show_last_report(self) -> None:
        """Open the report of the last import."""
        if self._last is None:
            return
        report = self._last
        dialog = ReportDialog(report, self._window)
        dialog.retry_wanted.connect(self._control.retry)
        dialog.others_wanted.connect(self._control.add_others)
        dialog.removal_wanted.connect(self.removal_wanted)
        dialog.export_wanted.connect(lambda path: self._export(report, path))
        dialog.open()

    def _export(self, report: ImportReport, path: Path) -> None:
        words = self.tr("The report was written to {file}.").format(file=wording.path(path.name))
        self._control.export(report, path, lambda _none: self.told.emit(words))

    def _ask(self, paths: Sequence[Path], survey: ImportSurvey) -> None:
        dialog = AgreementDialog(paths, survey, self._window)
        dialog.agreed.connect(self._on_agreed)
        dialog.open()

    def _on_agreed(self, paths: Sequence[Path], other_files: bool) -> None:
        self._control.agree(paths, other_files=other_files)
