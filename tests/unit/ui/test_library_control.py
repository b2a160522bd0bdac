"""Controls ask the library that is open, and close what is about another."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from incipit.ui.library_control import DialogControl


@pytest.fixture
def control(bridge, window):
    return DialogControl(bridge, window)


def test_the_library_is_asked_and_its_answer_passed_on(control, library, qtbot):
    answers = []
    control.attach(library)
    control._ask(lambda asked: asked.folder, answers.append)
    qtbot.waitUntil(lambda: answers == [library.folder])


def test_nothing_is_asked_where_no_library_is_open(control, bridge, qtbot):
    answers = []
    control._ask(lambda asked: asked.folder, answers.append)
    control.attach(None)
    control._ask(lambda asked: asked.folder, answers.append)
    bridge.run(lambda _cancel: "last", answers.append)
    qtbot.waitUntil(lambda: "last" in answers)
    assert answers == ["last"]


def test_what_goes_wrong_is_told_by_the_bridge(control, library, bridge, qtbot):
    control.attach(library)
    with qtbot.waitSignal(bridge.failed) as failed:
        control._ask(lambda asked: asked.text(12345), lambda _text: None)
    assert failed.args[0].code == "gone"


def test_a_dialog_closes_with_its_library(control, library, window):
    control.attach(library)
    dialog = QDialog(window)
    control._open(dialog)
    assert dialog.isVisible()
    control.attach(None)
    assert not dialog.isVisible()
    control.attach(library)
