"""The window passes between its parts what each says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QTextEdit

from incipit.errors import BugError, LibraryUnusable
from incipit.services.settings import LibraryState, Settings
from incipit.ui.main_window import MainWindow
from incipit.ui.theme_switch import ThemeSwitch

JOB_MS = 30_000


@pytest.fixture
def theme(qapp):
    return ThemeSwitch(qapp, "light")


@pytest.fixture
def make(bridge, theme, qtbot):
    made = []

    def window(library):
        state = LibraryState(sort="name", descending=False)
        settings = Settings().with_state(library.folder, state)
        window = MainWindow(bridge, theme, settings)
        qtbot.addWidget(window)
        window.show_opening(library.folder)
        window.show()
        with qtbot.waitSignal(window.documents.answered):
            window.attach(library)
        made.append(window)
        return window

    yield window
    for each in made:
        each.detach()


@pytest.fixture
def window(make, library, qtbot):
    made = make(library)
    qtbot.waitUntil(lambda: made.pane.document is not None)
    return made


def type_query(window, qtbot, text):
    window.search_bar.focus()
    field = window.search_bar.findChild(QLineEdit)
    field.clear()
    qtbot.keyClicks(field, text)
    with qtbot.waitSignal(window.documents.answered):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def shown(window):
    return None if window.pane.document is None else window.pane.document.name


def test_typing_lists_reads_and_counts(window, qtbot):
    type_query(window, qtbot, "harbour")
    assert window.documents.documents.model.rowCount() == 2
    qtbot.waitUntil(lambda: window.pane.current_hit == 0)
    assert shown(window) == "alpha.txt"


def test_menu_actions_walk_hits_and_documents(window, qtbot):
    type_query(window, qtbot, "harbour")
    qtbot.waitUntil(lambda: window.pane.current_hit == 0)
    window.menus.next_hit.trigger()
    assert window.pane.current_hit == 1
    window.menus.previous_hit.trigger()
    assert window.pane.current_hit == 0
    window.menus.next_document.trigger()
    qtbot.waitUntil(lambda: shown(window) == "gamma.txt")
    window.menus.next_document.trigger()
    assert window.notice.text() == "This is the last document."


def test_word_of_the_page_is_searched_or_added(window, qtbot):
    with qtbot.waitSignal(window.documents.answered):
        window.pane.word_activated.emit("harbour", False)
    assert window.search_bar.query() == "harbour"
    with qtbot.waitSignal(window.documents.answered):
        window.pane.word_activated.emit("ships", True)
    assert window.search_bar.query() == "harbour ships"


def test_word_of_the_page_is_searched_without_leaving_the_page(window, qtbot):
    type_query(window, qtbot, "harbour")
    window.menus.next_document.trigger()
    qtbot.waitUntil(lambda: shown(window) == "gamma.txt")
    with qtbot.waitSignal(window.documents.answered):
        window.pane.word_activated.emit("letter", False)
    assert window.documents.documents.model.rowCount() == 3
    qtbot.waitUntil(lambda: window.pane.current_hit == 0)
    assert shown(window) == "gamma.txt"
    assert window.documents.reading.document.name == "gamma.txt"
    type_query(window, qtbot, "ship")
    qtbot.waitUntil(lambda: shown(window) == "beta.txt")


def test_removing_tells_and_undoes(window, qtbot):
    list_ = window.documents.documents.list
    list_.setFocus()
    with qtbot.waitSignal(window.removals.removed):
        qtbot.keyClick(list_, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.documents.documents.model.rowCount() == 2)
    assert window.notice.text().startswith("Removed 1 document from the library.")
    qtbot.waitUntil(window.menus.undo.isEnabled)
    with qtbot.waitSignal(window.removals.restored):
        window.notice.act()
    qtbot.waitUntil(lambda: window.documents.documents.model.rowCount() == 3)
    assert window.notice.text() == "Brought 1 document back."
    qtbot.waitUntil(lambda: not window.imports.busy, timeout=JOB_MS)


def test_keys_move_between_bar_list_and_page(window, qtbot):
    field = window.search_bar.findChild(QLineEdit)
    window.search_bar.focus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert window.documents.documents.list.hasFocus()
    qtbot.keyClick(window.documents.documents.list, Qt.Key.Key_Up)
    assert field.hasFocus()
    for _ in range(2):
        window.menus.next_area.trigger()
    assert window.pane.isAncestorOf(window.focusWidget())
    window.menus.next_area.trigger()
    assert field.hasFocus()


def test_first_import_shows_in_an_empty_window(make, empty_library, tmp_path, qtbot):
    window = make(empty_library)
    assert not window.search_bar.isVisible()
    files = tmp_path / "given"
    files.mkdir()
    (files / "a.txt").write_text("The harbour\n\nA letter.")
    window.add([files])
    assert window.status.progress.text() == "Looking at what was dropped"
    assert window.documents.welcome.title() == "Reading your texts…"
    qtbot.waitUntil(lambda: not window.imports.busy, timeout=JOB_MS)
    qtbot.waitUntil(lambda: shown(window) == "a.txt", timeout=JOB_MS)
    assert window.search_bar.isVisible()
    assert window.notice.text() == "1 added"
    qtbot.waitUntil(lambda: window.status.text() == "1 searchable")
    assert window.menus.report.isEnabled()


def test_what_is_typed_while_the_library_opens_is_searched_in_it(bridge, theme, library, qtbot):
    window = MainWindow(bridge, theme, Settings().with_state(library.folder, LibraryState("rain")))
    qtbot.addWidget(window)
    window.show_opening(library.folder)
    window.show()
    field = window.search_bar.findChild(QLineEdit)
    assert window.focusWidget() is field

    qtbot.keyClicks(field, "harbo")
    window.attach(library)
    qtbot.keyClicks(field, "ur")

    qtbot.waitUntil(lambda: window.documents.searching.request.query == "harbour")
    assert field.text() == "harbour"
    window.detach()


def test_library_that_cannot_be_opened_takes_no_queries(bridge, theme, tmp_path, qtbot):
    window = MainWindow(bridge, theme, Settings())
    qtbot.addWidget(window)
    window.show_opening(tmp_path)
    window.show_unusable(LibraryUnusable("It is damaged.", code="damaged"))

    assert not window.search_bar.isEnabled()
    window.show_opening(tmp_path)
    assert window.search_bar.isEnabled()


def test_search_field_has_the_focus_once_there_is_something_to_search(
    make, empty_library, tmp_path, qtbot
):
    window = make(empty_library)
    window.activateWindow()
    window.documents.welcome.findChild(QAbstractButton).setFocus()
    (tmp_path / "harbour.txt").write_text("A harbour in the morning.\n", encoding="utf-8")

    window.add([tmp_path / "harbour.txt"])

    qtbot.waitUntil(lambda: window.pane.document is not None, timeout=JOB_MS)
    assert window.focusWidget() is window.search_bar.findChild(QLineEdit)


def test_what_another_process_added_appears(make, empty_library, fill, qtbot):
    window = make(empty_library)
    qtbot.waitUntil(lambda: not window.imports.busy)
    done = []
    window.watch.look()
    window._bridge.run_after_all(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    fill(empty_library.folder)
    window.watch.look()
    qtbot.waitUntil(lambda: window.documents.documents.model.rowCount() == 3)


def test_faults_are_passed_on_to_be_reported(window, qtbot):
    with qtbot.waitSignal(window.broke) as broke:
        window.notices.show_problem(BugError("ours"))
    assert str(broke.args[0]) == "ours"


def test_state_pages_lead_somewhere(window, qtbot):
    with qtbot.waitSignal(window.library_wanted) as wanted:
        window.documents.way_chosen.emit("retry")
    assert wanted.args == [window.library.folder]
    with qtbot.waitSignal(window.documents.answered):
        window.documents.way_chosen.emit("query:rain")
    assert window.search_bar.query() == "rain"
    with qtbot.waitSignal(window.documents.answered):
        window.documents.way_chosen.emit("clear")
    assert window.search_bar.query() == ""


def test_read_only_library_says_so(make, read_only_library):
    window = make(read_only_library)
    assert "not changed" in window.notice.text()
    assert not window.menus.add_folder.isEnabled()


def test_theme_changes_everywhere(window, theme, qtbot):
    light = window.grab().toImage()
    with qtbot.waitSignal(window.settings_changed) as changed:
        window.menus.theme_chosen.emit("dark")
    assert changed.args[0].theme == "dark"
    assert theme.choice == "dark"
    assert window.grab().toImage() != light


def test_place_in_the_library_is_in_the_settings(window, qtbot):
    type_query(window, qtbot, "rain")
    qtbot.waitUntil(lambda: shown(window) == "beta.txt")
    state = window.settings().state_of(window.library.folder)
    assert state.query == "rain"
    assert state.document_id == window.pane.document.id


def test_everything_that_can_be_operated_has_a_name(window, qtbot):
    type_query(window, qtbot, "harbour")
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)
    bare = [
        (type(widget).__name__, widget.objectName())
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible() and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert bare == []


def test_every_action_does_something(window):
    # An action that nothing is connected to is a promise that is not kept.
    idle = [
        action.text()
        for action in window.menuBar().findChildren(QAction)
        if action.text()
        and action.menu() is None
        and not action.isCheckable()
        and not action.receivers("2triggered(bool)")
    ]
    assert idle == []
