"""The bar searches after a pause, at once on Enter, and never says the same twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from incipit.models import Completion, QueryPart, SavedSearch
from incipit.ui.search_bar import DEBOUNCE_MS, SearchBar
from incipit.ui.search_field import SearchField
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 200)
    return made


@pytest.fixture
def bar(window, qtbot):
    made = SearchBar(LIGHT)
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(QLineEdit(objectName="elsewhere"))
    window.show()
    made.focus()
    qtbot.waitUntil(lambda: made.findChild(SearchField).hasFocus())
    return made


@pytest.fixture
def field(bar):
    return bar.findChild(SearchField)


@pytest.fixture
def queries(bar):
    found = []
    bar.query_changed.connect(found.append)
    return found


def test_typing_is_searched_once_after_a_pause(field, queries, qtbot):
    qtbot.keyClicks(field, "turkey")
    assert queries == []
    qtbot.waitUntil(lambda: queries == ["turkey"])
    qtbot.wait(2 * DEBOUNCE_MS)
    assert queries == ["turkey"]


def test_enter_searches_at_once_and_commits(bar, field, queries, qtbot):
    qtbot.keyClicks(field, "turkey")
    with qtbot.waitSignal(bar.query_committed) as committed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert queries == ["turkey"]
    assert committed.args == ["turkey"]


def test_clearing_is_searched_at_once(bar, field, queries, qtbot):
    bar.set_query("turkey")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert queries == ["turkey", ""]


def test_query_can_be_put_without_searching(bar, queries, qtbot):
    bar.set_query("turkey", announce=False)
    qtbot.wait(2 * DEBOUNCE_MS)
    assert queries == []
    assert bar.query() == "turkey"


def test_typing_and_taking_it_back_searches_nothing(bar, field, queries, qtbot):
    bar.set_query("turkey", announce=False)
    qtbot.keyClicks(field, "s")
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    field.setText("turkey")
    qtbot.wait(2 * DEBOUNCE_MS)
    assert queries == []


def test_completions_are_asked_for_words_of_two_letters(bar, field, qtbot):
    asked = []
    bar.completions_wanted.connect(asked.append)
    qtbot.keyClicks(field, "a sa")
    assert asked == ["sa"]


def visible_buttons(bar):
    return [button for button in bar.findChildren(QPushButton) if button.isVisible()]


def test_completion_takes_the_place_of_the_word_and_commits(bar, field, queries, qtbot):
    qtbot.keyClicks(field, "turkey sanct")
    bar.set_completions("sanct", [Completion("sanctions", 19)])
    with qtbot.waitSignal(bar.query_committed):
        qtbot.mouseClick(visible_buttons(bar)[0], Qt.MouseButton.LeftButton)
    assert bar.query() == "turkey sanctions "
    assert queries[-1] == "turkey sanctions "
    assert field.hasFocus()
    assert visible_buttons(bar) == []


def test_completions_for_what_is_no_longer_typed_are_dropped(bar, field, qtbot):
    qtbot.keyClicks(field, "turkey")
    bar.set_completions("turk", [Completion("turkish", 19)])
    assert visible_buttons(bar) == []


def test_completions_go_when_the_focus_does(bar, field, window, qtbot):
    qtbot.keyClicks(field, "sanct")
    bar.set_completions("sanct", [Completion("sanctions", 19)])
    assert visible_buttons(bar)
    window.findChild(QLineEdit, "elsewhere").setFocus()
    assert visible_buttons(bar) == []


def test_completions_are_asked_for_again_while_the_word_is_being_typed(bar, field, qtbot):
    asked = []
    qtbot.keyClicks(field, "sanct")
    bar.completions_wanted.connect(asked.append)
    bar.renew_completions()
    assert asked == ["sanct"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    bar.renew_completions()
    assert asked == ["sanct"]


def test_renewed_completions_keep_the_focus(bar, field, qtbot):
    qtbot.keyClicks(field, "sanct")
    bar.set_completions("sanct", [Completion("sanctions", 19)])
    completion = visible_buttons(bar)[0]
    completion.setFocus()
    bar.set_completions("sanct", [Completion("sanctions", 7)])
    assert completion.hasFocus()
    assert completion.text() == "sanctions  7"


def test_tab_walks_from_the_field_into_the_completions(bar, field, qtbot):
    qtbot.keyClicks(field, "sanct")
    bar.set_completions("sanct", [Completion("sanctions", 19)])
    completion = visible_buttons(bar)[0]
    for _ in range(3):
        qtbot.keyClick(bar.window().focusWidget(), Qt.Key.Key_Tab)
        if completion.hasFocus():
            break
    assert completion.hasFocus()
    assert visible_buttons(bar) == [completion]


def test_what_was_searched_is_shown_for_a_query_only(bar):
    bar.set_query("turkey")
    bar.show_searched([QueryPart("turkey", "")])
    assert [button.text() for button in visible_buttons(bar)] == ["turkey"]
    bar.set_query("")
    bar.show_searched([])
    assert visible_buttons(bar) == []


def test_part_that_is_turned_off_changes_the_field(bar, qtbot):
    bar.set_query("turkey sanctions")
    bar.show_searched([QueryPart("turkey", "sanctions"), QueryPart("sanctions", "turkey")])
    qtbot.mouseClick(visible_buttons(bar)[0], Qt.MouseButton.LeftButton)
    assert bar.query() == "sanctions"


def test_kept_searches_are_a_menu_and_a_choice_is_searched(bar, queries):
    bar.show_searches([SavedSearch(1, "Ankara", "turkey")], ["s & p"], read_only=False)
    menu = bar.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == "s && p").trigger()
    menu.close()
    assert queries == ["s & p"]


def test_saving_needs_something_to_save(bar, qtbot):
    with qtbot.assertNotEmitted(bar.saving_wanted, wait=20):
        bar.save()
    bar.set_query(" turkey ")
    with qtbot.waitSignal(bar.saving_wanted) as wanted:
        bar.save()
    assert wanted.args == ["turkey"]


def test_text_typed_elsewhere_goes_on_here(bar, field, window):
    bar.set_query("turk")
    window.findChild(QLineEdit, "elsewhere").setFocus()
    bar.type_text("e")
    assert bar.query() == "turke"
    assert field.hasFocus()


def test_everything_has_a_name(bar, field):
    assert field.accessibleName() == "Search"
    for button in bar.findChildren(QToolButton):
        assert button.accessibleName() or button.defaultAction()


def test_counts_and_colours_can_change(bar):
    bar.set_counts("3 documents")
    bar.set_colours(DARK)
    assert bar.grab().width() > 0


def test_bar_without_a_library_takes_and_counts_nothing(bar):
    bar.set_counts("15 documents")
    bar.set_open(False)
    assert not bar.isEnabled()
    assert not any("15" in label.text() for label in bar.findChildren(QLabel))
    bar.set_open(True)
    assert bar.isEnabled()
