"""What opens over the window changes what is read in it."""

from __future__ import annotations

import pytest

from incipit.models import Scope
from incipit.services.settings import LibraryState, Settings
from incipit.ui.encoding_dialog import EncodingDialog
from incipit.ui.main_window import MainWindow
from incipit.ui.theme_switch import ThemeSwitch

JOB_MS = 30_000


@pytest.fixture
def window(bridge, library, qapp, qtbot):
    state = LibraryState(sort="name", descending=False)
    made = MainWindow(
        bridge, ThemeSwitch(qapp, "light"), Settings().with_state(library.folder, state)
    )
    qtbot.addWidget(made)
    made.show_opening(library.folder)
    made.show()
    made.attach(library)
    qtbot.waitUntil(lambda: made.pane.document is not None)
    yield made
    made.detach()


def test_corrected_encoding_is_read_and_shown(window, library, qtbot):
    window.pane.header.wrong.click()
    qtbot.waitUntil(lambda: window.findChild(EncodingDialog) is not None)
    dialog = window.findChild(EncodingDialog)
    qtbot.waitUntil(dialog.apply.isEnabled)
    dialog.list.choose("utf-16-le")
    qtbot.waitUntil(dialog.apply.isEnabled)
    dialog.scopes[Scope.FILE].setChecked(True)
    with qtbot.waitSignal(window.imports.finished, timeout=JOB_MS):
        dialog.apply.click()
    qtbot.waitUntil(lambda: window.pane.header.encoding.text() == "UTF-16 little endian")
    document = window.pane.document
    assert window.pane.view.text == library.text(document.id)
    assert not window.pane.view.text.isascii()
