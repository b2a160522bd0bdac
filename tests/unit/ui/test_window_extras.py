"""What opens over the window changes what is read in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from incipit.models import FailedFile, Scope
from incipit.services.settings import LibraryState, Settings
from incipit.ui.encoding_dialog import EncodingDialog
from incipit.ui.main_window import MainWindow
from incipit.ui.save_search_dialog import SaveSearchDialog
from incipit.ui.saved_searches_dialog import SavedSearchesDialog
from incipit.ui.search_menu import SearchMenu
from incipit.ui.state_dialog import StateDialog
from incipit.ui.tags_dialog import TagsDialog
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


def test_query_is_saved_and_found_again_from_the_keyboard(window, qtbot):
    window.search_bar.set_query("harbour")
    window.menus.save_search.trigger()
    qtbot.waitUntil(lambda: window.findChild(SaveSearchDialog) is not None)
    dialog = window.findChild(SaveSearchDialog)
    dialog.name.setText("Ports")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.notice.text() == "Saved as Ports.")
    window.search_bar.set_query("")
    window.search_bar.focus()
    field = window.search_bar.findChild(QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.search_bar.findChild(SearchMenu) is not None)
    menu = window.search_bar.findChild(SearchMenu)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.search_bar.query() == "harbour"
    window.menus.saved_searches.trigger()
    qtbot.waitUntil(lambda: window.findChild(SavedSearchesDialog) is not None)
    window.findChild(SavedSearchesDialog).reject()


def test_tags_are_changed_from_the_menu_and_undone_in_the_notice(window, library, qtbot):
    first = window.pane.document.id
    window.menus.tags.trigger()
    qtbot.waitUntil(lambda: window.findChild(TagsDialog) is not None)
    dialog = window.findChild(TagsDialog)
    dialog.field.setText("harbours")
    with qtbot.waitSignal(window.extras.tagged):
        dialog.apply.click()
    assert library.tags_of(first) == ("harbours",)
    qtbot.waitUntil(lambda: window.pane.header.tags.text() == "Tags: harbours")

    undo = next(b for b in window.notice.findChildren(QPushButton) if b.text() == "Undo")
    with qtbot.waitSignal(window.extras.tagged):
        undo.click()
    assert library.tags_of(first) == ()


def test_failures_are_forgotten_from_the_state_of_the_library_and_come_back(window, library, qtbot):
    library.restore_failures([FailedFile("/a/pic.txt", "binary", "This is binary data.")])
    window.watch.ask_status()
    qtbot.waitUntil(lambda: "1 failed" in window.status.text())
    window.menus.explain.trigger()
    qtbot.waitUntil(lambda: window.findChild(StateDialog) is not None)
    dialog = window.findChild(StateDialog)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Forget All").click()
    qtbot.waitUntil(lambda: window.notice.text() == "Forgot 1 file that could not be added.")
    qtbot.waitUntil(lambda: "failed" not in window.status.text())
    window.notice.act()
    qtbot.waitUntil(lambda: "1 failed" in window.status.text())
