"""Progress says what, how far, how fast and how long yet; cancel is clicked once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton

from incipit.models import JobPhase, JobProgress
from incipit.ui.job_progress import JobProgressLine


@pytest.fixture
def line(qtbot):
    made = JobProgressLine()
    qtbot.addWidget(made)
    return made


def report(phase=JobPhase.IMPORTING, done=0, total=None, size=0, sizes=None, elapsed_s=0.0):
    return JobProgress(1, phase, done, total, size, sizes, elapsed_s)


def test_line_is_hidden_until_a_job_begins(line):
    assert line.text() == ""
    line.begin("Looking")
    assert line.text() == "Looking"
    assert not line.isHidden()
    line.end()
    assert line.text() == ""


def test_files_bytes_rate_and_time_left_are_said(line):
    line.show_progress(report(done=0, total=2000, size=0, sizes=40_000_000))
    line.show_progress(
        report(done=500, total=2000, size=10_000_000, sizes=40_000_000, elapsed_s=2.0)
    )
    assert line.text() == "Adding 500 of 2,000 · 10.0 MB of 40.0 MB · 5.0 MB/s · 6 s left"
    bar = line.findChild(QProgressBar)
    assert bar.value() / bar.maximum() == 0.25


def test_long_words_give_way_in_a_narrow_window(line):
    line.show_progress(report(done=2_000_000, total=2_000_000, size=10**9, sizes=10**11))
    with_many = line.minimumSizeHint().width()
    line.show_progress(report(JobPhase.NAMING))
    assert line.minimumSizeHint().width() == with_many


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (JobPhase.WAITING, "Waiting for the job before it"),
        (JobPhase.PAUSED, "Paused: 7 of 9"),
        (JobPhase.SCANNING, "Looking for files: 7"),
        (JobPhase.IMPORTING, "Adding 7 of 9"),
        (JobPhase.INDEXING, "Indexing 7 of 9"),
        (JobPhase.NAMING, "Finding titles"),
    ],
)
def test_every_phase_has_its_words(line, phase, words):
    line.show_progress(report(phase, 7, 9))
    assert line.text() == words


def test_bar_runs_without_end_while_the_total_is_not_known(line):
    line.show_progress(report(JobPhase.SCANNING, 7))
    assert line.findChild(QProgressBar).maximum() == 0


def button(line, text):
    return next(found for found in line.findChildren(QPushButton) if found.text() == text)


def test_cancel_answers_at_once_and_only_once(line, qtbot):
    line.show_progress(report(done=1, total=9))
    line.show()
    cancel = button(line, "Cancel")
    with qtbot.waitSignal(line.cancelled):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert line.text().startswith("Stopping")
    assert not cancel.isEnabled()
    line.show_progress(report(done=2, total=9))
    assert line.text().startswith("Stopping")
    line.begin("Looking")
    assert cancel.isEnabled()


def test_pause_becomes_go_on(line, qtbot):
    line.show_progress(report(done=1, total=9))
    line.show()
    with qtbot.waitSignal(line.pause_toggled) as toggled:
        qtbot.mouseClick(button(line, "Pause"), Qt.MouseButton.LeftButton)
    assert toggled.args == [True]
    line.show_progress(report(JobPhase.PAUSED, 1, 9))
    with qtbot.waitSignal(line.pause_toggled) as toggled:
        qtbot.mouseClick(button(line, "Go On"), Qt.MouseButton.LeftButton)
    assert toggled.args == [False]
