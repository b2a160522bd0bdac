from __future__ import annotations

import io

import pytest

from incipit.cli.progress_line import ProgressLine, duration, in_words
from incipit.models import JobPhase, JobProgress


class Terminal(io.StringIO):
    def isatty(self):
        return True


IMPORTING = JobProgress(
    job_id=1,
    phase=JobPhase.IMPORTING,
    files_done=1200,
    files_total=5000,
    bytes_done=20_000_000,
    bytes_total=80_000_000,
    elapsed_s=10,
    failed=3,
)


def test_progress_says_files_bytes_rate_time_left_and_failures():
    assert in_words(IMPORTING) == (
        "Importing 1,200 of 5,000 · 20.0 of 80.0 MB · 2.0 MB/s · 30 s left · 3 failed"
    )


def test_progress_without_totals_says_what_there_is():
    assert in_words(JobProgress(1, JobPhase.SCANNING)) == "Looking for files"
    assert in_words(JobProgress(1, JobPhase.SCANNING, files_done=7)) == "Looking for files 7"


@pytest.mark.parametrize("phase", JobPhase)
def test_every_phase_has_words(phase):
    assert in_words(JobProgress(1, phase))


def test_line_is_written_over_and_taken_away(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    terminal = Terminal()
    line = ProgressLine(terminal)

    line.show(IMPORTING)
    line.show(IMPORTING)
    line.clear()
    line.clear()

    shown = terminal.getvalue().split("\r\x1b[K")
    assert [bool(part) for part in shown] == [False, True, True, False]
    assert all(len(part) < 20 for part in shown)


def test_nothing_is_written_where_there_is_no_terminal():
    stream = io.StringIO()
    line = ProgressLine(stream)

    line.show(IMPORTING)
    line.clear()

    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.0 s"), (9.94, "9.9 s"), (42, "42 s"), (185, "3 min 5 s"), (7800, "2 h 10 min")],
)
def test_durations_are_as_people_say_them(seconds, words):
    assert duration(seconds) == words
