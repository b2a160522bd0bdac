"""The state of the library is explained: what waits, why, and what failed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from incipit.models import FailedFile, LibraryStatus
from incipit.ui.state_dialog import StateDialog

FAILED = (
    FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read."),
    FailedFile("/a/gone.txt", "vanished", "The file is no longer there."),
)


@pytest.fixture
def show(qtbot):
    def make(status, failures=(), *, busy=False, read_only=False):
        dialog = StateDialog(status, failures, folder="/library", busy=busy, read_only=read_only)
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


def button(dialog, text):
    found = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("every", "some", "signal"),
    [
        ("Try All Again", "Try Again", "retry_wanted"),
        ("Forget All", "Forget", "forgetting_wanted"),
    ],
)
@pytest.mark.parametrize("selected", [[], [1]])
def test_failures_can_be_tried_again_and_forgotten(show, qtbot, every, some, signal, selected):
    dialog = show(LibraryStatus(1, 1, 0, 2), FAILED)
    assert "2 files could not be added:" in words(dialog)
    for row in selected:
        dialog.table.selectRow(row)
    with qtbot.waitSignal(getattr(dialog, signal)) as wanted:
        button(dialog, some if selected else every).click()
    assert list(wanted.args[0]) == [FAILED[row] for row in selected or (0, 1)]
    assert not dialog.isVisible()


def test_library_that_can_only_be_read_names_failures_and_offers_nothing(show):
    dialog = show(LibraryStatus(1, 1, 0, 2), FAILED, read_only=True)
    assert dialog.table is not None
    assert [one.text() for one in dialog.findChildren(QPushButton)] == ["Close"]
