"""The report says what happened in numbers, and what can still be done."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from selecting import select_row

from incipit.models import FailedFile, ImportReport, VanishedFile, VanishedFiles
from incipit.ui.failure_table import FailureTable
from incipit.ui.report_dialog import ReportDialog, summary

FAILED = (FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read."),)
GONE = VanishedFiles([VanishedFile(7, "/a/b.txt"), VanishedFile(9, "/a/c.txt")])
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
    assert set(buttons(dialog)) == {"Export…", "Close"}


def test_cancelled_import_says_what_is_kept(show):
    assert "Stopped; what was added is kept" in words(show(added=10, cancelled=True))


def test_failures_can_be_tried_again(show, qtbot):
    dialog = show(added=1, failed=FAILED)
    with qtbot.waitSignal(dialog.retry_wanted) as wanted:
        press(dialog, "Try All Again")
    assert wanted.args == [FAILED]


def test_files_left_out_can_be_added(show, qtbot):
    dialog = show(added=1, left_out=LEFT_OUT)
    with qtbot.waitSignal(dialog.others_wanted) as wanted:
        press(dialog, "Add What Was Left Out")
    assert wanted.args == [LEFT_OUT]


def test_every_report_can_be_exported(show, tmp_path, qtbot):
    dialog = show(added=1)
    press(dialog, "Export…")
    chooser = dialog.findChild(QFileDialog)
    with qtbot.waitSignal(dialog.export_wanted) as wanted:
        chooser.filesSelected.emit([str(tmp_path / "report.csv")])
    chooser.close()
    assert wanted.args == [tmp_path / "report.csv"]


def test_moved_and_vanished_files_are_counted_and_the_vanished_named(show):
    dialog = show(moved=3, vanished=GONE)
    assert {"Moved or renamed", "3", "Files that are gone", "2"} <= set(words(dialog))
    table = dialog.findChild(FailureTable)
    assert table.accessibleName() == "Documents whose files are gone"
    assert [table.model().index(row, 0).data() for row in range(2)] == ["/a/b.txt", "/a/c.txt"]


@pytest.mark.parametrize(("row", "removed"), [(None, [7, 9]), (1, [9])])
def test_documents_whose_files_vanished_are_removed_when_asked_for(show, qtbot, row, removed):
    dialog = show(unchanged=1, vanished=GONE)
    if row is not None:
        select_row(dialog.findChild(FailureTable), row)
    with qtbot.waitSignal(dialog.removal_wanted) as wanted:
        press(dialog, "Remove All from Library" if row is None else "Remove from Library")
    assert wanted.args[0].tolist() == removed


def test_files_that_an_encoding_does_not_fit_are_named_and_nothing_failed(show):
    dialog = show(updated=3, misfits=FAILED)
    assert "3 updated, 1 left as they were" in words(dialog)
    assert "Not added" not in words(dialog)
    assert set(buttons(dialog)) == {"Export…", "Close"}
    assert dialog.findChild(FailureTable).model().rowCount() == 1
    assert summary(ImportReport(misfits=FAILED)) == "1 left as they were"


def test_summary_is_one_line():
    report = ImportReport(added=614, updated=2, unchanged=3, failed=FAILED, left_out=LEFT_OUT)
    assert summary(report) == "614 added, 2 updated, 3 unchanged, 1 not added, 1 left out"
    assert summary(ImportReport(unchanged=5)) == "0 added, 5 unchanged"
    assert summary(ImportReport(updated=3)) == "3 updated"
    assert summary(ImportReport(moved=2, vanished=GONE)) == "0 added, 2 moved, 2 gone"


def test_each_table_of_a_report_has_room_for_rows(show):
    dialog = show(added=1, failed=FAILED, vanished=GONE)
    for table in dialog.findChildren(FailureTable):
        assert table.viewport().height() > 3 * table.rowHeight(0)


def test_vanished_documents_are_rows_of_the_table(show):
    dialog = show(vanished=VanishedFiles(VanishedFile(n, f"/a/{n}.txt") for n in range(300_000)))
    table = next(t for t in dialog.findChildren(FailureTable) if "gone" in t.accessibleName())
    assert table.model().rowCount() == 300_000
    assert table.model().index(299_999, 0).data() == "/a/299999.txt"
    assert "deleted" in table.model().index(0, 1).data()
    select_row(table, 1)
    assert [one.path for one in table.chosen()] == ["/a/1.txt"]


def test_many_vanished_documents_are_removed_without_a_look_at_each(show, qtbot):
    dialog = show(vanished=VanishedFiles(VanishedFile(2 * n, "/a") for n in range(300_000)))
    began = time.process_time()
    with qtbot.waitSignal(dialog.removal_wanted) as wanted:
        press(dialog, "Remove All from Library")
    assert time.process_time() - began < 0.1
    assert wanted.args[0].tolist() == list(range(0, 600_000, 2))
