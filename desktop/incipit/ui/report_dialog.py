"""What an import did, in numbers; what was not added or is gone, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from incipit.models import FailedFile, ImportReport, LazySequence, VanishedFile
from incipit.ui import wording
from incipit.ui.dialog_buttons import add_close, button_box
from incipit.ui.failure_table import FailureTable, name_by_selection
from incipit.ui.file_choice import ask_new_file

#: So wide that what is said of a file stands on its two lines.
_WITH_TABLE_PX = (900, 480)
_WITHOUT_PX = (420, 240)
#: A few rows more for each further table.
_MORE_TABLE_PX = 160


class ReportDialog(QDialog):
    """Shows an :class:`ImportReport`; never blocks.

    ``retry_wanted`` carries the failures to try again, ``others_wanted`` the files that were
    left out and are now agreed to, ``removal_wanted`` the ids of documents whose files have
    vanished, ``export_wanted`` the file to which the report is to be written.
    """

    retry_wanted = Signal(object)
    others_wanted = Signal(object)
    removal_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._table: FailureTable | None = None
        self._vanished: FailureTable | None = None
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
        if report.misfits:
            layout.addSpacing(4)
            layout.addWidget(QLabel(self.tr("These stay as they were:")))
            name = self.tr("Documents that stay as they were")
            layout.addWidget(FailureTable(report.misfits, name), 1)
        if report.vanished:
            layout.addSpacing(4)
            note = QLabel(
                self.tr(
                    "The files of these documents are gone. Their texts stay in the library "
                    "until you remove them:"
                )
            )
            note.setWordWrap(True)
            layout.addWidget(note)
            self._vanished = FailureTable(
                _Vanished(report.vanished),
                self.tr("Documents whose files are gone"),
            )
            layout.addWidget(self._vanished, 1)
        layout.addWidget(self._buttons())
        tables = sum(map(bool, (report.failed, report.vanished, report.misfits)))
        width, height = _WITH_TABLE_PX if tables else _WITHOUT_PX
        self.resize(width, height + _MORE_TABLE_PX * max(0, tables - 1))

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
            (self.tr("Moved or renamed"), wording.number(report.moved)),
            (self.tr("Files that are gone"), wording.number(len(report.vanished))),
            (self.tr("Not added"), wording.number(len(report.failed))),
            (self.tr("Left as they were"), wording.number(len(report.misfits))),
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
        box = button_box(self)
        if self._table is not None:
            retry = QPushButton()
            name_by_selection(retry, self._table, self.tr("Try All Again"), self.tr("Try Again"))
            retry.setToolTip(self.tr("Try the selected files again, or all when none is selected"))
            retry.clicked.connect(self._on_retry)
            box.addButton(retry, QDialogButtonBox.ButtonRole.ActionRole)
        if self._vanished is not None:
            remove = QPushButton()
            every, some = self.tr("Remove All from Library"), self.tr("Remove from Library")
            name_by_selection(remove, self._vanished, every, some)
            remove.setToolTip(
                self.tr("Remove the selected documents, or all when none is selected")
            )
            remove.clicked.connect(self._on_remove)
            box.addButton(remove, QDialogButtonBox.ButtonRole.ActionRole)
        if self._report.left_out:
            others = QPushButton(self.tr("Add What Was Left Out"))
            others.clicked.connect(self._on_others)
            box.addButton(others, QDialogButtonBox.ButtonRole.ActionRole)
        export = QPushButton(self.tr("Export…"))
        export.clicked.connect(self._on_export)
        box.addButton(export, QDialogButtonBox.ButtonRole.ActionRole)
        close = add_close(box)
        close.setDefault(True)
        return box

    def _on_retry(self) -> None:
        self.retry_wanted.emit(self._table.chosen() if self._table else ())
        self.accept()

    def _on_remove(self) -> None:
        if self._vanished is not None:
            parts = self._vanished.chosen_rows().ranges
            ids = np.asarray(self._report.vanished.ids, np.int64)
            self.removal_wanted.emit(
                np.concatenate([ids[part.start : part.stop] for part in parts])
            )
        self.accept()

    def _on_others(self) -> None:
        self.others_wanted.emit(self._report.left_out)
        self.accept()

    def _on_export(self) -> None:
        ask_new_file(
            self,
            self.tr("Export the Report"),
            self.tr("import-report.csv"),
            self.export_wanted.emit,
        )


class _Vanished(LazySequence[FailedFile]):
    """Documents whose files are gone, as rows of the table; each made when it is shown."""

    def __init__(self, vanished: Sequence[VanishedFile]) -> None:
        self._vanished = vanished

    def __len__(self) -> int:
        return len(self._vanished)

    def _at(self, at: int) -> FailedFile:
        translate = QCoreApplication.translate
        return FailedFile(
            self._vanished[at].path,
            "vanished",
            translate("ReportDialog", "The file was moved out of the folder or deleted."),
            translate("ReportDialog", "Put it back and refresh, keep the text, or remove it."),
        )


def summary(report: ImportReport) -> str:
    """Return one line about an import, for example "614 added, 1 not added"."""
    translate = QCoreApplication.translate
    parts = []
    if report.added or not (report.updated or report.misfits):
        parts.append(translate("ReportDialog", "{n} added").format(n=wording.number(report.added)))
    if report.updated:
        parts.append(
            translate("ReportDialog", "{n} updated").format(n=wording.number(report.updated))
        )
    if report.unchanged:
        parts.append(
            translate("ReportDialog", "{n} unchanged").format(n=wording.number(report.unchanged))
        )
    if report.moved:
        parts.append(translate("ReportDialog", "{n} moved").format(n=wording.number(report.moved)))
    if report.vanished:
        parts.append(
            translate("ReportDialog", "{n} gone").format(n=wording.number(len(report.vanished)))
        )
    if report.failed:
        parts.append(
            translate("ReportDialog", "{n} not added").format(n=wording.number(len(report.failed)))
        )
    if report.misfits:
        parts.append(
            translate("ReportDialog", "{n} left as they were").format(
                n=wording.number(len(report.misfits))
            )
        )
    if report.left_out:
        parts.append(
            translate("ReportDialog", "{n} left out").format(n=wording.number(len(report.left_out)))
        )
    return ", ".join(parts)
