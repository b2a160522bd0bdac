"""The dialogs about a library say what a real library says."""

from __future__ import annotations

import pytest

from incipit.ui.about_dialog import AboutDialog
from incipit.ui.library_dialogs import LibraryDialogs
from incipit.ui.sources_dialog import SourcesDialog
from incipit.ui.state_dialog import StateDialog


@pytest.fixture
def dialogs(library, bridge, window):
    made = LibraryDialogs(bridge, lambda: False, window)
    made.attach(library)
    return made


def opened(window, kind, qtbot):
    qtbot.waitUntil(lambda: window.findChild(kind) is not None)
    return window.findChild(kind)


def test_sources_are_listed_and_acted_on(dialogs, window, library, qtbot):
    dialogs.show_sources()
    dialog = opened(window, SourcesDialog, qtbot)
    source = library.sources()[0]
    with qtbot.waitSignal(dialogs.source_removal_wanted) as wanted:
        dialog.removal_wanted.emit(source)
    assert wanted.args == [source]
    with qtbot.waitSignal(dialogs.source_refresh_wanted):
        dialog.refresh_wanted.emit(source)
    dialog.reject()


def test_state_is_explained(dialogs, window, qtbot):
    dialogs.explain()
    dialog = opened(window, StateDialog, qtbot)
    with qtbot.waitSignal(dialogs.retry_wanted):
        dialog.retry_wanted.emit(())
    dialog.reject()


def test_about_opens_without_a_library_too(dialogs, window, qtbot):
    dialogs.attach(None)
    dialogs.show_about()
    opened(window, AboutDialog, qtbot).reject()


def test_without_a_library_nothing_opens(dialogs, window, qtbot):
    dialogs.attach(None)
    dialogs.show_sources()
    dialogs.explain()
    qtbot.wait(20)
    assert window.findChild(SourcesDialog) is None
    assert window.findChild(StateDialog) is None
