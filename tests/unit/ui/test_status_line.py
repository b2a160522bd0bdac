"""The status bar says what can be searched, and a click asks why not all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton

from incipit.models import LibraryStatus
from incipit.ui.status_line import StatusLine
from incipit.ui.style_sheet import style_sheet
from incipit.ui.themes import LIGHT


@pytest.fixture
def line(qtbot):
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(900, 30)
    made.show()
    return made


def test_counts_are_honest_and_spoken(line):
    line.show_status(LibraryStatus(100_000, 99_812, 140, 48))
    assert line.text() == "99,812 searchable, 140 queued, 48 failed"
    spoken = line.findChild(QPushButton).accessibleName()
    assert spoken == "State of the library: 99,812 searchable, 140 queued, 48 failed"


def test_click_asks_why(line, qtbot):
    line.show_status(LibraryStatus(1, 1, 0, 0))
    with qtbot.waitSignal(line.explanation_wanted):
        qtbot.mouseClick(line.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_cancel_of_the_progress_is_passed_on(line, qtbot):
    line.progress.begin("Looking")
    with qtbot.waitSignal(line.job_cancelled):
        line.progress.cancelled.emit()


def test_without_a_library_nothing_is_counted(line):
    line.show_status(LibraryStatus(1, 1, 0, 0))
    line.clear()
    assert line.text() == ""
    assert not line.findChild(QPushButton).isVisible()


def test_counts_are_not_cut(qtbot, qapp, request):
    request.addfinalizer(lambda: qapp.setStyleSheet(""))
    qapp.setStyleSheet(style_sheet(LIGHT))
    window = QMainWindow()
    qtbot.addWidget(window)
    line = StatusLine()
    window.setStatusBar(line)
    window.resize(600, 200)
    window.show()
    qapp.processEvents()
    line.show_status(LibraryStatus(60, 60, 0, 1))
    counts = next(one for one in line.findChildren(QPushButton) if one.text() == line.text())
    qtbot.waitUntil(lambda: counts.height() >= counts.sizeHint().height())
