"""Rates and the time left come from the last seconds, by bytes where bytes are known."""

from __future__ import annotations

import pytest

from incipit.models import JobPhase, JobProgress
from incipit.ui.progress_rate import ProgressRate


def progress(elapsed_s, files=0, size=0, *, phase=JobPhase.IMPORTING, job=1, total=None):
    return JobProgress(job, phase, files, 100, size, total, elapsed_s)


def test_nothing_is_said_too_early():
    rate = ProgressRate()
    assert rate.left_s() is None
    rate.add(progress(0.0))
    rate.add(progress(0.4, files=10))
    assert rate.files_per_s() is None
    assert rate.left_s() is None


def test_rate_is_of_the_last_seconds_only():
    rate = ProgressRate()
    for second in range(30):
        rate.add(progress(float(second), size=second * 100))
    for second in range(30, 60):
        rate.add(progress(float(second), size=3000 + (second - 30) * 1000))
    assert rate.bytes_per_s() == pytest.approx(1000)


def test_time_left_follows_bytes_before_files():
    rate = ProgressRate()
    rate.add(progress(0.0, total=1000))
    rate.add(progress(2.0, files=90, size=200, total=1000))
    assert rate.left_s() == pytest.approx(8)


def test_time_left_follows_files_without_bytes():
    rate = ProgressRate()
    rate.add(progress(0.0))
    rate.add(progress(2.0, files=20))
    assert rate.left_s() == pytest.approx(8)


@pytest.mark.parametrize("change", [{"phase": JobPhase.INDEXING}, {"job": 2}])
def test_another_phase_or_job_begins_anew(change):
    rate = ProgressRate()
    rate.add(progress(0.0))
    rate.add(progress(2.0, files=20))
    rate.add(progress(2.1, files=1, **change))
    assert rate.files_per_s() is None
