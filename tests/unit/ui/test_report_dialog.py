"""The report says what happened in numbers, and what can still be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from incipit.models import FailedFile, ImportReport
from incipit.ui.report_dialog import ReportDialog, summary

FAILED = (FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read."),)
LEFT_OUT = (FailedFile("/a/notes", "other-kind", "Not named like a text.", "Agree."),)


@pytest.fixture
def show(qtbot):
    def make(**values):
        dialog = ReportDialog(ImportReport(**values))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def words(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def buttons(dialog):
    return [button.text() for button in dialog.findChildren(QPushButton)]


def press(dialog, text):
    next(b for b in dialog.findChildren(QPushButton) if b.text() == text).click()


def test_counts_that_are_none_are_left_out(show):
    dialog = show(added=614, copies=98, elapsed_s=3.0)
    assert "614 added" in words(dialog)
    assert {"Added", "614", "Time", "3 s"} <= set(words(dialog))
    assert "Updated" not in words(dialog)
    assert buttons(dialog) == ["Close"]


def test_cancelled_import_says_what_is_kept(show):
    assert "Stopped; what was added is kept" in words(show(added=10, cancelled=True))


def test_failures_can_be_tried_again(show, qtbot):
    dialog = show(added=1, failed=FAILED)
    with qtbot.waitSignal(dialog.retry_wanted) as wanted:
        press(dialog, "Try Again")
    assert wanted.args == [FAILED]


def test_files_left_out_can_be_added(show, qtbot):
    dialog = show(added=1, left_out=LEFT_OUT)
    with qtbot.waitSignal(dialog.others_wanted) as wanted:
        press(dialog, "Add What Was Left Out")
    assert wanted.args == [(Path("/a/notes"),)]


def test_failures_are_exported(show, tmp_path):
    dialog = show(failed=FAILED)
    press(dialog, "Export…")
    chooser = dialog.findChild(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "report.csv"))
    chooser.close()
    assert "binary" in (tmp_path / "report.csv").read_text("utf-8")


def test_export_that_fails_is_told(show, tmp_path, qtbot):
    dialog = show(failed=FAILED)
    press(dialog, "Export…")
    chooser = dialog.findChild(QFileDialog)
    with qtbot.waitSignal(dialog.export_failed) as failed:
        chooser.fileSelected.emit(str(tmp_path / "no" / "report.csv"))
    chooser.close()
    assert isinstance(failed.args[0], OSError)


def test_summary_is_one_line():
    report = ImportReport(added=614, updated=2, unchanged=3, failed=FAILED, left_out=LEFT_OUT)
    assert summary(report) == "614 added, 2 updated, 3 unchanged, 1 not added, 1 left out"
    assert summary(ImportReport(unchanged=5)) == "0 added, 5 unchanged"
    assert summary(ImportReport(updated=3)) == "3 updated"
