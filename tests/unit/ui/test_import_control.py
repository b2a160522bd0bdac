"""Paths become documents of a real library, by real jobs, with the user's word where needed."""

from __future__ import annotations

from threading import Event

import pytest

from incipit.models import FailedFile, Scope, SearchRequest
from incipit.ui.import_control import ImportControl

JOB_MS = 30_000


@pytest.fixture
def control(empty_library, bridge):
    made = ImportControl(bridge)
    made.attach(empty_library)
    yield made
    made.detach()


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "a.txt").write_text("the harbour")
    (folder / "b.txt").write_text("the ships")
    return folder


@pytest.fixture
def broken(control):
    found = []
    control.failed.connect(found.append)
    return found


def test_texts_are_added_and_reported(control, files, empty_library, qtbot, broken):
    statuses = []
    control.committed.connect(statuses.append)
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        with qtbot.waitSignal(control.surveying):
            control.add([files])
        assert control.busy
        assert control.adding
    report = finished.args[0]
    assert (report.added, report.failed) == (2, ())
    qtbot.waitUntil(lambda: not control.busy)
    assert statuses[-1].searchable == empty_library.status().searchable == 2
    assert broken == []


def test_rebuilding_goes_on_by_itself_another_time(control, qtbot):
    with qtbot.waitSignal(control.ended, timeout=JOB_MS):
        control.rebuild()
        qtbot.waitUntil(lambda: bool(control._jobs) or not control.busy)
        assert not control.adding


def test_unusual_files_need_agreement(control, files, qtbot):
    (files / "notes").write_text("more words")
    with (
        qtbot.waitSignal(control.agreement_wanted) as wanted,
        qtbot.assertNotEmitted(control.finished),
    ):
        control.add([files])
    paths, survey = wanted.args
    assert (survey.files, survey.other_files) == (3, 1)
    qtbot.waitUntil(lambda: not control.busy)
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        control.agree(paths, other_files=True)
    assert finished.args[0].added == 3


def test_failed_files_can_be_tried_again(control, files, qtbot):
    bad = files / "c.txt"
    bad.write_bytes(b"\x00\x01\x02\x00\x00")
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        control.add([files])
    failed = finished.args[0].failed
    assert [failure.path for failure in failed] == [str(bad)]
    bad.write_text("now it is text")
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        control.retry(failed)
    assert finished.args[0].added == 1


def test_rebuilding_reports_nothing_but_its_end(control, files, empty_library, qtbot):
    with qtbot.waitSignal(control.finished, timeout=JOB_MS):
        control.add([files])
    qtbot.waitUntil(lambda: not control.busy)
    with (
        qtbot.assertNotEmitted(control.finished),
        qtbot.waitSignal(control.ended, timeout=JOB_MS),
    ):
        control.rebuild()
    assert empty_library.status().searchable == 2


def test_cancelled_before_it_began_adds_nothing(control, files, empty_library, qtbot):
    with qtbot.waitSignal(control.ended):
        control.add([files])
        control.cancel()
    qtbot.waitUntil(lambda: not control.busy)
    qtbot.wait(50)
    assert empty_library.status().documents == 0


def test_job_that_is_being_started_can_be_cancelled(control, files, qtbot):
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        control.agree([files], other_files=False)
        control.cancel()
    assert finished.args[0].cancelled
    qtbot.waitUntil(lambda: not control.busy)


def test_two_drops_in_a_row_are_both_added(control, files, empty_library, qtbot):
    control.add([files / "a.txt"])
    control.add([files / "b.txt"])
    qtbot.waitUntil(lambda: empty_library.status().searchable == 2, timeout=JOB_MS)
    qtbot.waitUntil(lambda: not control.busy, timeout=JOB_MS)


def test_nothing_is_started_for_nothing(control, qtbot):
    qtbot.waitUntil(lambda: not control.busy)
    with qtbot.assertNotEmitted(control.surveying, wait=20):
        control.add([])


def test_read_only_library_says_why_nothing_is_added(read_only_library, bridge, files, qtbot):
    control = ImportControl(bridge)
    control.attach(read_only_library)
    with qtbot.waitSignal(control.failed) as failed:
        control.add([files])
    assert "only be read" in failed.args[0].message


def test_events_of_a_library_that_is_gone_are_dropped(control, files, qtbot):
    with qtbot.assertNotEmitted(control.finished):
        with qtbot.waitSignal(control.progressed, timeout=JOB_MS):
            control.add([files])
        control.detach()
        qtbot.wait(300)
    assert not control.busy


def test_file_that_is_gone_is_reported(control, qtbot):
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        control.retry([FailedFile("/no/such/file.txt", "gone", "gone")])
    assert len(finished.args[0].failed) == 1


def test_documents_are_read_again_in_another_encoding(library, bridge, qtbot):
    control = ImportControl(bridge)
    control.attach(library)
    document_id = int(library.search(SearchRequest("rain"), Event()).document_ids[0])
    with qtbot.waitSignal(control.finished, timeout=JOB_MS) as finished:
        control.recode(document_id, Scope.FILE, "windows-1252")
    assert finished.args[0].updated == 1
    assert library.document(document_id).encoding == "windows-1252"
    qtbot.waitUntil(lambda: not control.busy)
    control.detach()
