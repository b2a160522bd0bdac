"""What an import did, in numbers, and what was not added: why, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from incipit.models import FailedFile, ImportReport
from incipit.ui import wording
from incipit.ui.failure_table import FailureTable, as_csv


class ReportDialog(QDialog):
    """Shows an :class:`ImportReport`; never blocks.

    ``retry_wanted`` carries the failures to try again, ``others_wanted`` the files that were
    left out and are now agreed to, ``export_failed`` the OSError of an export.
    """

    retry_wanted = Signal(object)
    others_wanted = Signal(object)
    export_failed = Signal(object)

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._table: FailureTable | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import Report"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._heading())
        layout.addLayout(self._counts())
        if report.failed:
            layout.addSpacing(4)
            layout.addWidget(QLabel(self.tr("These were not added:")))
            self._table = FailureTable(report.failed)
            layout.addWidget(self._table, 1)
        layout.addWidget(self._buttons())
        self.resize(760 if report.failed else 420, 480 if report.failed else 240)

    def export_to(self, path: Path) -> None:
        """Write the failures as CSV to ``path``.

        Raises: OSError.
        """
        path.write_text(as_csv(self._report.failed), encoding="utf-8", newline="")

    def _heading(self) -> QLabel:
        text = (
            self.tr("Stopped; what was added is kept")
            if self._report.cancelled
            else summary(self._report)
        )
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        label.setFont(font)
        return label

    def _counts(self) -> QGridLayout:
        report = self._report
        rows = [
            (self.tr("Added"), wording.number(report.added)),
            (self.tr("Updated"), wording.number(report.updated)),
            (self.tr("Unchanged"), wording.number(report.unchanged)),
            (self.tr("Copies of other texts among them"), wording.number(report.copies)),
            (self.tr("Not added"), wording.number(len(report.failed))),
            (self.tr("Left out, not named like texts"), wording.number(len(report.left_out))),
            (self.tr("Hidden files passed over"), wording.number(report.hidden)),
            (self.tr("Time"), wording.duration(report.elapsed_s)),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        shown = [row for row in rows if row[1] != wording.number(0)]
        for line, (name, value) in enumerate(shown):
            label = QLabel(name)
            label.setProperty("role", "muted")
            grid.addWidget(label, line, 0)
            grid.addWidget(QLabel(value), line, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(2, 1)
        return grid

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        if self._report.failed:
            retry = QPushButton(self.tr("Try Again"))
            retry.setToolTip(self.tr("Try the selected files again, or all when none is selected"))
            retry.clicked.connect(self._on_retry)
            box.addButton(retry, QDialogButtonBox.ButtonRole.ActionRole)
            export = QPushButton(self.tr("Export…"))
            export.clicked.connect(self._on_export)
            box.addButton(export, QDialogButtonBox.ButtonRole.ActionRole)
        if self._report.left_out:
            others = QPushButton(self.tr("Add What Was Left Out"))
            others.clicked.connect(self._on_others)
            box.addButton(others, QDialogButtonBox.ButtonRole.ActionRole)
        close = box.addButton(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        close.setDefault(True)
        box.rejected.connect(self.reject)
        return box

    def _on_retry(self) -> None:
        chosen: tuple[FailedFile, ...] = self._table.chosen() if self._table else ()
        self.retry_wanted.emit(chosen)
        self.accept()

    def _on_others(self) -> None:
        self.others_wanted.emit(tuple(Path(file.path) for file in self._report.left_out))
        self.accept()

    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the Report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("import-report.csv"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_export_chosen)
        dialog.open()

    def _on_export_chosen(self, path: str) -> None:
        try:
            self.export_to(Path(path))
        except OSError as problem:
            self.export_failed.emit(problem)


def summary(report: ImportReport) -> str:
    """Return one line about an import, for example "614 added, 1 not added"."""
    translate = QCoreApplication.translate
    parts = []
    if report.added or not report.updated:
        parts.append(translate("ReportDialog", "{n} added").format(n=wording.number(report.added)))
    if report.updated:
        parts.append(
            translate("ReportDialog", "{n} updated").format(n=wording.number(report.updated))
        )
    if report.unchanged:
        parts.append(
            translate("ReportDialog", "{n} unchanged").format(n=wording.number(report.unchanged))
        )
    if report.failed:
        parts.append(
            translate("ReportDialog", "{n} not added").format(n=wording.number(len(report.failed)))
        )
    if report.left_out:
        parts.append(
            translate("ReportDialog", "{n} left out").format(n=wording.number(len(report.left_out)))
        )
    return ", ".join(parts)
