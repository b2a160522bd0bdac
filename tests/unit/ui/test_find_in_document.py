import pytest

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.find_bar import FindBar
from incipit.ui.find_in_document import FindInDocument
from incipit.ui.text_view import TextView
from incipit.ui.themes import LIGHT

_TEXT = "one cat\n" + "filling\n" * 200 + "two cats\n" + "filling\n" * 200 + "three cats"


@pytest.fixture
def parts(qtbot):
    view = TextView(ReadingAppearance(), LIGHT)
    bar = FindBar(LIGHT)
    qtbot.addWidget(view)
    qtbot.addWidget(bar)
    view.resize(600, 400)
    view.show()
    view.show_text(_TEXT)
    return FindInDocument(bar, view, view), bar, view


def _spans(word):
    starts = [at for at in range(len(_TEXT)) if _TEXT.startswith(word, at)]
    return [(at, at + len(word)) for at in starts]


def test_typing_goes_to_the_first_match_from_what_is_in_view_on(parts):
    find, bar, view = parts
    view.scroll_to_cp(100)
    find.open()
    bar.field.setText("cat")
    assert view.selected_span() == _spans("cat")[1]
    assert bar.counter.text() == "2 of 3"
    start, end = view.visible_span()
    assert start <= _spans("cat")[1][0] < end


def test_going_on_goes_round(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("cat")
    seen = [view.selected_span()]
    for _ in range(3):
        find.go_on()
        seen.append(view.selected_span())
    spans = _spans("cat")
    assert seen == [*spans, spans[0]]
    find.go_back()
    assert view.selected_span() == spans[2]


def test_matches_are_underlined(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("cat")
    formats = view.document().begin().layout().formats()
    assert [(part.start, part.length) for part in formats] == [(4, 3)]
    assert formats[0].format.fontUnderline()


def test_closing_keeps_the_match_selected_and_removes_the_lines(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("cat")
    find.close()
    assert view.selected_span() == _spans("cat")[0]
    assert view.document().begin().layout().formats() == []
    assert bar.isHidden()


def test_what_is_selected_is_sought(parts):
    find, bar, view = parts
    view.select(_spans("two")[0])
    find.open()
    assert bar.field.text() == "two"
    assert bar.counter.text() == "1 of 1"


def test_opening_again_seeks_the_same_again(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("three")
    find.close()
    view.select((0, 0))
    find.open()
    assert bar.counter.text() == "1 of 1"


def test_typing_on_stays_at_the_match(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("cat")
    find.go_on()
    bar.field.setText("cats")
    assert view.selected_span() == _spans("cats")[0]
    assert bar.counter.text() == "1 of 2"


def test_another_text_is_sought_without_scrolling(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("cat")
    view.show_text("filling\n" * 300 + "cat")
    find.text_changed()
    assert view.top_cp() == 0
    assert bar.counter.text() == "1 found"
    find.go_on()
    assert view.selected_span() == (2_400, 2_403)


def test_nothing_found_says_so_and_stays(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("absent")
    assert bar.counter.text() == "Not found"
    find.go_on()
    assert view.selected_span() is None


def test_a_match_of_a_shorter_needle_does_not_stay_selected(parts):
    find, bar, view = parts
    find.open()
    bar.field.setText("cat")
    bar.field.setText("catch")
    assert bar.counter.text() == "Not found"
    assert view.selected_span() is None
    bar.field.setText("cat")
    assert view.selected_span() == _spans("cat")[0]
