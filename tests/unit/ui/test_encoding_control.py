"""A wrong encoding is found out on a real library, with previews of what it would be."""

from __future__ import annotations

import threading

import pytest

from incipit.models import Scope, SearchRequest
from incipit.services.library import Library
from incipit.ui.encoding_control import EncodingControl
from incipit.ui.encoding_dialog import EncodingDialog

RUSSIAN = "Привет из гавани, корабли стоят в гавани. " * 5


@pytest.fixture
def russian(tmp_path, fill):
    folder = tmp_path / "russian"
    Library.open(folder).close()
    fill(folder, {"a.txt": RUSSIAN.encode("koi8-r")})
    opened = Library.open(folder)
    yield opened
    opened.close()


@pytest.fixture
def document_id(russian):
    return int(russian.search(SearchRequest(), threading.Event()).document_ids[0])


@pytest.fixture
def control(russian, bridge, window):
    made = EncodingControl(bridge, window)
    made.attach(russian)
    return made


@pytest.fixture
def dialog(control, document_id, window, qtbot):
    control.ask(document_id)
    qtbot.waitUntil(lambda: window.findChild(EncodingDialog) is not None)
    made = window.findChild(EncodingDialog)
    qtbot.waitUntil(made.apply.isEnabled)
    yield made
    control.attach(None)


def test_preview_follows_the_choice(dialog, qtbot):
    assert dialog.preview.toPlainText().startswith("Привет из гавани")
    dialog.list.choose("windows-1251")
    qtbot.waitUntil(dialog.apply.isEnabled)
    assert dialog.preview.toPlainText().startswith(
        RUSSIAN.encode("koi8-r").decode("windows-1251")[:10]
    )


def test_encoding_that_does_not_fit_is_refused(dialog, qtbot):
    dialog.list.choose("utf-8")
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "UTF-8" in dialog.problem.text()
    assert not dialog.apply.isEnabled()


def test_correction_is_handed_on(control, dialog, document_id, qtbot):
    dialog.list.choose("koi8-u")
    qtbot.waitUntil(dialog.apply.isEnabled)
    with qtbot.waitSignal(control.correction_wanted) as wanted:
        dialog.apply.click()
    assert wanted.args == [document_id, Scope.FILE, "koi8-u"]


def test_dialog_closes_with_its_library(control, dialog):
    control.attach(None)
    assert not dialog.isVisible()


def test_library_for_reading_only_says_so(read_only_library, bridge, window, qtbot):
    control = EncodingControl(bridge, window)
    control.attach(read_only_library)
    with qtbot.waitSignal(bridge.failed) as failed:
        control.ask(1)
    assert "only be read" in str(failed.args[0])


def test_document_that_is_gone_is_an_error_of_its_own(control, bridge, qtbot):
    with qtbot.waitSignal(bridge.failed) as failed:
        control.ask(12345)
    assert failed.args[0].code == "gone"
