"""What is typed into the search bar is searched, and the bar says what the library has now."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from incipit.services import tasks
from incipit.services.control import JobControl
from incipit.services.settings import LibraryState
from incipit.ui.appearance import ReadingAppearance
from incipit.ui.documents_view import DocumentsView
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.search_bar import SearchBar
from incipit.ui.search_link import SearchLink
from incipit.ui.themes import LIGHT


@pytest.fixture
def parts(bridge, library, qtbot):
    """Return a window with a search bar and the views, over the library of three letters."""
    window = QWidget()
    bar = SearchBar(LIGHT)
    views = DocumentsView(bridge, ReadingPane(ReadingAppearance(), LIGHT), LIGHT)
    SearchLink(bar, views, window)
    layout = QVBoxLayout(window)
    layout.addWidget(bar)
    layout.addWidget(views)
    qtbot.addWidget(window)
    window.resize(1100, 700)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(views.answered):
        views.attach(library, LibraryState())
    yield bar, views
    views.detach()


def completions(bar):
    buttons = bar.findChildren(QPushButton)
    return [b.text() for b in buttons if b.isVisible() and b.property("role") == "quiet"]


def test_completions_follow_the_index_while_the_word_is_being_typed(
    parts, library, tmp_path, qtbot
):
    bar, views = parts
    field = bar.findChild(QLineEdit)
    bar.focus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "harb")
    qtbot.waitUntil(lambda: completions(bar) == ["harbour  2"])
    more = tmp_path / "more.txt"
    more.write_text("Another harbour, and a harbinger.", "utf-8")
    task = library.import_task([more])
    tasks.run(library.folder, task, 1, lambda _event: None, JobControl())
    views.searching.refresh()
    qtbot.waitUntil(lambda: completions(bar) == ["harbour  3", "harbinger  1"])


def test_a_word_of_the_page_is_searched_alone_or_added(parts, qtbot):
    bar, views = parts
    with qtbot.waitSignal(views.answered):
        views.pane.word_activated.emit("harbour", False)
    assert bar.query() == "harbour"
    with qtbot.waitSignal(views.answered):
        views.pane.word_activated.emit("ships", True)
    assert bar.query() == "harbour ships"
    assert views.documents.model.rowCount() == 1


@pytest.mark.parametrize(
    ("words", "query"),
    [("OR", '"OR"'), ("S-400", "S-400"), ("some (of) “them”", '"some (of) them"')],
)
def test_words_of_the_page_mean_themselves(parts, qtbot, words, query):
    bar, views = parts
    with qtbot.waitSignal(views.answered):
        views.pane.word_activated.emit(words, False)
    assert bar.query() == query


def test_down_goes_to_the_list_and_up_comes_back(parts, qtbot):
    bar, views = parts
    field = bar.findChild(QLineEdit)
    bar.focus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert views.documents.list.hasFocus()
    qtbot.keyClick(views.documents.list, Qt.Key.Key_Up)
    assert field.hasFocus()
