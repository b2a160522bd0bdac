"""The state of the library is explained: what waits, why, and what failed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from incipit.models import FailedFile, LibraryStatus
from incipit.ui.state_dialog import StateDialog

FAILED = (FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read."),)


@pytest.fixture
def show(qtbot):
    def make(status, failures=(), *, busy=False):
        dialog = StateDialog(status, failures, folder="/library", busy=busy)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def words(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_all_is_well(show):
    dialog = show(LibraryStatus(615, 615, 0, 0))
    assert "615 documents can be searched and read." in words(dialog)
    assert "wait" not in words(dialog)
    assert dialog.table is None


def test_queued_documents_say_why_they_wait(show):
    status = LibraryStatus(615, 600, 15, 0)
    assert "which is going on" in words(show(status, busy=True))
    assert "next import" in words(show(status, busy=False))


def test_failures_can_be_tried_again(show, qtbot):
    dialog = show(LibraryStatus(1, 1, 0, 1), FAILED)
    assert "1 file could not be added:" in words(dialog)
    retry = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Try Again")
    with qtbot.waitSignal(dialog.retry_wanted) as wanted:
        retry.click()
    assert wanted.args == [FAILED]
