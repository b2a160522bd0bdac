"""An import asks before, and reports after: a line when all went well, a dialog when not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from incipit.models import FailedFile, ImportReport, ImportSurvey, VanishedFile, VanishedFiles
from incipit.ui.agreement_dialog import AgreementDialog
from incipit.ui.import_control import ImportControl
from incipit.ui.import_dialogs import ImportDialogs
from incipit.ui.list_states import sample_folder
from incipit.ui.report_dialog import ReportDialog

JOB_MS = 30_000
FAILED = (FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read."),)


@pytest.fixture
def control(empty_library, bridge):
    made = ImportControl(bridge)
    made.attach(empty_library)
    yield made
    made.detach()


@pytest.fixture
def dialogs(control, window):
    return ImportDialogs(control, window)


def test_import_that_went_well_is_one_line(dialogs, window, qtbot):
    with qtbot.waitSignal(dialogs.told) as told:
        dialogs.take_report(ImportReport(added=3))
    assert told.args == ["3 added"]
    assert window.findChild(ReportDialog) is None
    dialogs.show_last_report()
    window.findChild(ReportDialog).reject()


def test_import_that_was_stopped_says_what_is_kept(dialogs, qtbot):
    with qtbot.waitSignal(dialogs.told) as told:
        dialogs.take_report(ImportReport(added=3, cancelled=True))
    assert told.args == ["Stopped; what was added is kept: 3 added"]


def test_import_with_failures_opens_its_report(dialogs, control, window, qtbot):
    dialogs.take_report(ImportReport(added=3, failed=FAILED))
    report = window.findChild(ReportDialog)
    assert report.isVisible()
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        report.retry_wanted.emit(FAILED)
    assert len(finished.args[0].failed) == 1
    report.reject()


def test_correction_that_does_not_fit_opens_its_report(dialogs, window):
    dialogs.take_report(ImportReport(updated=3, misfits=FAILED))
    report = window.findChild(ReportDialog)
    assert report.isVisible()
    report.reject()


def test_vanished_files_open_the_report_and_are_removed_only_when_asked(dialogs, window, qtbot):
    dialogs.take_report(
        ImportReport(unchanged=3, vanished=VanishedFiles([VanishedFile(7, "/a/b.txt")]))
    )
    report = window.findChild(ReportDialog)
    assert report.isVisible()
    with qtbot.waitSignal(dialogs.removal_wanted) as wanted:
        report.removal_wanted.emit((7,))
    assert wanted.args == [(7,)]
    report.reject()


def test_report_is_exported(dialogs, control, window, tmp_path, qtbot):
    dialogs.take_report(ImportReport(added=1, failed=FAILED))
    report = window.findChild(ReportDialog)
    with qtbot.waitSignal(dialogs.told) as told:
        report.export_wanted.emit(tmp_path / "report.csv")
    assert told.args == ["The report was written to report.csv."]
    assert "binary" in (tmp_path / "report.csv").read_text("utf-8-sig")
    with qtbot.waitSignal(control.failed) as failed:
        report.export_wanted.emit(tmp_path / "no" / "report.csv")
    assert failed.args[0].code == "write"
    report.reject()


def test_no_report_is_no_dialog(dialogs, window):
    dialogs.show_last_report()
    assert dialogs.last_report is None
    assert window.findChild(ReportDialog) is None


def test_agreement_is_asked_and_carried_out(dialogs, control, window, tmp_path, qtbot):
    odd = tmp_path / "given" / "notes"
    odd.parent.mkdir()
    odd.write_text("words of notes")
    control.agreement_wanted.emit((odd.parent,), ImportSurvey(1, 9, 1, (str(odd),), 10**9, 10))
    question = window.findChild(AgreementDialog)
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        question.agreed.emit((odd.parent,), True)
    assert finished.args[0].added == 1
    assert dialogs.last_report is None
    question.reject()


def test_what_was_left_out_can_be_added_afterwards(dialogs, control, window, tmp_path, qtbot):
    odd = tmp_path / "notes"
    odd.write_text("words of notes")
    left_out = (FailedFile(str(odd), "other-kind", "", ""),)
    dialogs.take_report(ImportReport(added=1, left_out=left_out))
    dialogs.show_last_report()
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        window.findChild(ReportDialog).others_wanted.emit(left_out)
    assert finished.args[0].added == 1
    window.findChild(ReportDialog).reject()


def test_sample_is_added_by_one_click(dialogs, control, empty_library, qtbot):
    with qtbot.waitSignal(control.finished, timeout=JOB_MS):
        dialogs.add_sample()
    assert empty_library.status().searchable == len(list(sample_folder().rglob("*.txt")))


def test_files_on_the_clipboard_are_added(dialogs, control, empty_library, tmp_path, qtbot):
    path = tmp_path / "a.txt"
    path.write_text("words")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(control.finished, timeout=JOB_MS):
        dialogs.paste()
    assert empty_library.status().documents == 1


@pytest.mark.parametrize("ask", ["ask_files", "ask_folder"])
def test_chosen_files_are_added(dialogs, control, window, qtbot, ask):
    getattr(dialogs, ask)()
    chooser = window.findChild(QFileDialog)
    with qtbot.waitSignal(control.surveying):
        chooser.filesSelected.emit([str(Path("/no/such/place"))])
    chooser.close()
    control.cancel()
