"""Removing takes documents out of a real library and undoing brings them back."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from incipit.models import SearchRequest
from incipit.ui.removal_control import RemovalControl

NEVER = threading.Event()


@pytest.fixture
def control(library, bridge, qtbot):
    made = RemovalControl(bridge)
    with qtbot.waitSignal(made.undoable_changed):
        made.attach(library)
    return made


def ids(library):
    return library.search(SearchRequest(), NEVER).document_ids


def test_removed_documents_can_be_brought_back(control, library, qtbot):
    everything = ids(library)
    with qtbot.waitSignals([control.removed, control.undoable_changed]):
        control.remove(everything[:2])
    assert len(ids(library)) == 1
    with qtbot.waitSignal(control.restored) as restored:
        control.undo()
    assert restored.args == [2]
    assert set(ids(library)) == set(everything)


def test_whole_source_can_be_removed(control, library, qtbot):
    with qtbot.waitSignal(control.removed) as removed:
        control.remove_source(library.sources()[0].id)
    assert removed.args[0].document_count == 3
    assert len(ids(library)) == 0


def test_removal_of_an_earlier_run_can_be_undone(library, bridge, qtbot):
    library.remove([int(ids(library)[0])])
    control = RemovalControl(bridge)
    with qtbot.waitSignal(control.undoable_changed) as changed:
        control.attach(library)
    assert changed.args == [True]
    with qtbot.waitSignals([control.restored, control.undoable_changed]):
        control.undo()
    assert len(ids(library)) == 3


def test_undo_with_nothing_to_undo_brings_nothing_back(control, qtbot):
    with qtbot.waitSignal(control.restored) as restored:
        control.undo()
    assert restored.args == [0]


def test_removing_nothing_does_nothing(control, qtbot):
    with qtbot.assertNotEmitted(control.removed, wait=20):
        control.remove(np.empty(0, np.int64))


def test_detached_control_has_nothing_to_undo(control, qtbot):
    with qtbot.waitSignal(control.undoable_changed) as changed:
        control.attach(None)
    assert changed.args == [False]
    with qtbot.assertNotEmitted(control.removed, wait=20):
        control.remove(np.array([1]))
        control.undo()
