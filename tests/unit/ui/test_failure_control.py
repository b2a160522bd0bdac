"""Failures are taken off the list of a library, and put back."""

from __future__ import annotations

import pytest

from incipit.models import FailedFile
from incipit.ui.failure_control import FailureControl

ONE = FailedFile("/a/pic.txt", "binary", "This is binary data.", "Only text can be read.")
OTHER = FailedFile("/a/gone.txt", "vanished", "The file is no longer there.")


@pytest.fixture
def control(bridge, library):
    library.restore_failures([ONE, OTHER])
    made = FailureControl(bridge)
    made.attach(library)
    return made


def test_forgotten_failures_are_off_the_list_and_come_back(control, library, qtbot):
    with qtbot.waitSignal(control.forgotten) as forgotten:
        control.forget([ONE])
    assert forgotten.args == ["Forgot 1 file that could not be added.", [ONE]]
    assert list(library.failures()) == [OTHER]
    with qtbot.waitSignal(control.restored):
        control.undo([ONE])
    assert list(library.failures()) == [OTHER, ONE]


def test_without_a_library_or_failures_nothing_happens(control, library, qtbot):
    with qtbot.assertNotEmitted(control.forgotten, wait=20):
        control.forget([])
        control.attach(None)
        control.forget([ONE])
        control.undo([ONE])
    assert len(library.failures()) == 2
