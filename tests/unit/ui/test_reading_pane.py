import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QPdfWriter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.reading_menu import ReadingMenu
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.themes import DARK, LIGHT

_HIT = LIGHT.hit_background.name()
_CURRENT = LIGHT.current_hit_background.name()
_NONE = np.empty((0, 2), np.int64)
_TEXT = "cat one\n" + "filling\n" * 100 + "cat two\n" + "filling\n" * 100 + "cat three"


@pytest.fixture
def pane(qtbot):
    made = ReadingPane(ReadingAppearance(), LIGHT)
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    return made


@pytest.fixture
def show(pane, make_document, spans_of):
    def show_text(text=_TEXT, pattern="cat", start_at="first_hit", **values):
        spans = spans_of(text, pattern) if pattern else _NONE
        pane.show_document(make_document(text, **values), text, spans, start_at=start_at)
        return spans

    return show_text


def _current(pane, lit):
    """Return the one piece that is lit as the current hit, or None."""
    pieces = [piece for piece, colour in lit(pane.view) if colour == _CURRENT]
    assert len(pieces) <= 1
    return pieces[0] if pieces else None


def test_a_document_opens_at_its_first_hit(qtbot, pane, show, lit):
    with qtbot.waitSignal(pane.hit_changed, check_params_cb=lambda *args: args == (0, 3)):
        show()
    assert pane.current_hit == 0
    assert _current(pane, lit) == "cat"
    assert pane.navigator.hit_label.text() == "1 of 3"
    assert pane.document.title == "A first letter"


def test_a_document_opens_at_its_last_hit(pane, show):
    spans = show(start_at="last_hit")
    assert pane.current_hit == 2
    start, end = pane.view.visible_span()
    assert start <= spans[2, 0] < end


def test_a_document_opens_at_a_place(pane, show):
    show(start_at=_TEXT.index("two") - 4)
    assert pane.view.top_cp() == _TEXT.index("two") - 4
    assert pane.current_hit == -1
    assert pane.navigator.hit_label.text() == "3 hits"


def test_f3_goes_through_the_hits_and_on_to_the_next_document(qtbot, pane, show, lit):
    spans = show()
    seen = []
    pane.hit_changed.connect(lambda index, total: seen.append((index, total)))
    qtbot.keyClick(pane.view, Qt.Key.Key_F3)
    qtbot.keyClick(pane.view, Qt.Key.Key_F3)
    assert seen == [(1, 3), (2, 3)]
    assert _current(pane, lit) == "cat"
    start, end = pane.view.visible_span()
    assert start <= spans[2, 0] < end
    with qtbot.waitSignal(pane.next_document_requested):
        assert pane.next_hit() is False
    assert pane.current_hit == 2


def test_shift_f3_goes_back_and_to_the_document_before(qtbot, pane, show):
    show(start_at="last_hit")
    for index in (1, 0):
        qtbot.keyClick(pane.view, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
        assert pane.current_hit == index
    with qtbot.waitSignal(pane.previous_document_requested):
        assert pane.previous_hit() is False


def test_the_first_f3_begins_at_what_is_in_view(pane, show):
    show(start_at=_TEXT.index("two") - 20)
    assert pane.next_hit() is True
    assert pane.current_hit == 1
    show(start_at=_TEXT.index("two") - 20)
    assert pane.previous_hit() is True
    assert pane.current_hit == 0


def test_without_hits_the_next_hit_is_in_the_next_document(qtbot, pane, show):
    show(pattern="")
    with qtbot.waitSignal(pane.next_document_requested):
        pane.next_hit()
    with qtbot.waitSignal(pane.previous_document_requested):
        pane.previous_hit()


def test_the_buttons_go_to_the_hits(qtbot, pane, show):
    show()
    qtbot.mouseClick(pane.navigator.next, Qt.MouseButton.LeftButton)
    assert pane.current_hit == 1
    qtbot.mouseClick(pane.navigator.previous, Qt.MouseButton.LeftButton)
    assert pane.current_hit == 0


def test_other_hits_of_the_same_document_begin_at_what_is_read(pane, show, spans_of, lit):
    show(start_at=_TEXT.index("two") - 4)
    pane.set_hits(spans_of(_TEXT, "two|three"))
    assert pane.current_hit == 0
    assert _current(pane, lit) == "two"
    assert [piece for piece, _ in lit(pane.view)] == ["two"]
    pane.set_hits(_NONE)
    assert lit(pane.view) == []
    assert pane.current_hit == -1


def test_searching_the_word_that_was_double_clicked_stays_there(pane, show, spans_of):
    show("cat dog cat dog cat", "dog")
    pane.view.select((8, 11))
    pane.set_hits(spans_of(pane.view.text, "cat"))
    assert pane.current_hit == 1
    assert pane.view.selected_span() == (8, 11)


def test_hits_are_marked_in_the_scroll_bar_and_clicked(qtbot, pane, show):
    spans = show()
    bar = pane.scroll_bar
    assert [round(bar.mark_y(index) / bar.height(), 1) for index in range(3)] == [0.0, 0.5, 1.0]
    place = QPoint(8, round(bar.mark_y(1)))
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    assert pane.current_hit == 1
    start, end = pane.view.visible_span()
    assert start <= spans[1, 0] < end


def test_the_scroll_bar_scrolls_the_text(pane, show):
    show()
    pane.scroll_bar.setValue(pane.scroll_bar.maximum())
    assert pane.view.visible_span()[1] == len(_TEXT)
    pane.view.scroll_to_cp(0)
    assert pane.scroll_bar.value() < pane.scroll_bar.maximum() // 4


def test_zoom_by_keys_tells_the_percent(qtbot, pane, show):
    show()
    told = []
    pane.zoom_changed.connect(told.append)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        qtbot.keyClick(pane.view, key, control)
    assert told == [110, 125, 110, 100]
    assert pane.appearance.zoom_percent == 100


def test_zoom_keeps_the_hits_lit_and_the_map_right(pane, show, lit):
    show()
    pane.zoom_in()
    assert _current(pane, lit) == "cat"
    bar = pane.scroll_bar
    assert round(bar.mark_y(1) / bar.height(), 1) == 0.5


def test_an_appearance_without_another_zoom_tells_no_zoom(qtbot, pane, show):
    show()
    with qtbot.assertNotEmitted(pane.zoom_changed):
        pane.set_appearance(ReadingAppearance("sans", 100, 60))
    assert pane.appearance.font == "sans"


def test_the_reading_position_is_told_when_scrolling_stops(qtbot, pane, show):
    show()
    with qtbot.waitSignal(pane.position_changed) as told:
        pane.view.scroll_to(700)
    assert told.args == [7, pane.view.top_cp()]


def test_the_reading_position_is_told_when_another_document_comes(qtbot, pane, show):
    show()
    pane.view.scroll_to(700)
    top = pane.view.top_cp()
    with qtbot.waitSignal(pane.position_changed, timeout=100) as told:
        show("another", "", id=8)
    assert told.args == [7, top]


def test_a_document_that_was_only_shown_tells_no_position(qtbot, pane, show):
    show()
    with qtbot.assertNotEmitted(pane.position_changed):
        show("another", "", id=8)


def test_wrong_characters_are_told_with_the_document(qtbot, pane, show):
    show()
    with qtbot.waitSignal(pane.wrong_characters_requested) as told:
        qtbot.mouseClick(pane.header.wrong, Qt.MouseButton.LeftButton)
    assert told.args == [7]


def test_a_citation_is_wanted_of_what_is_selected(qtbot, pane, show):
    show()
    pane.view.select((0, 7))
    with qtbot.waitSignal(pane.citation_wanted) as wanted:
        pane.copy_with_citation()
    assert wanted.args == [pane.document, 0, 7]


def test_a_citation_is_wanted_of_the_current_hit_where_nothing_is_selected(qtbot, pane, show):
    show()
    pane.next_hit()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(pane.citation_wanted) as wanted:
        qtbot.keyClick(pane.view, Qt.Key.Key_C, modifiers)
    start, end = wanted.args[1:]
    assert pane.view.text[start:end] == "cat"
    assert start > 0


def test_find_opens_by_keys_and_closes_into_the_text(qtbot, pane, show):
    show()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(pane.view, Qt.Key.Key_F, modifiers)
    assert pane.find_bar.isVisible()
    qtbot.keyClicks(pane.find_bar.field, "two")
    at = _TEXT.index("two")
    assert pane.view.selected_span() == (at, at + 3)
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()


def test_the_place_among_the_documents_is_said(pane, show):
    show()
    pane.set_document_place(5, 214)
    assert pane.navigator.document_label.text() == "document 5 of 214"


def test_a_message_takes_the_place_of_the_document(pane, show):
    show()
    pane.show_message("Cannot be read", "The file is gone.")
    assert pane.message.isVisible()
    assert pane.message.title() == "Cannot be read"
    assert pane.document is None
    show()
    assert not pane.message.isVisible()
    assert pane.view.isVisible()


def test_cleared_it_shows_and_says_nothing(pane, show):
    show()
    pane.clear()
    assert not pane.view.isVisible()
    assert pane.document is None
    assert pane.current_hit == -1
    pane.open_find()
    pane.copy_with_citation()
    assert pane.print_document() is False
    assert not pane.find_bar.isVisible()


def test_other_colours(pane, show, lit):
    show()
    pane.set_colours(DARK)
    assert DARK.current_hit_background.name() in [colour for _piece, colour in lit(pane.view)]


def test_no_part_of_the_pane_takes_drops(pane, show):
    show()
    data = QMimeData()
    data.setText("dropped")
    for part in (pane, pane.view, pane.view.viewport(), pane.find_bar.field):
        event = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        QApplication.sendEvent(part, event)
        assert not event.isAccepted()


def test_every_control_has_a_name(pane, show):
    show(is_slab=True)
    pane.open_find()
    for control in [*pane.findChildren(QAbstractButton), *pane.findChildren(QLineEdit)]:
        assert control.accessibleName() or control.text(), control
    assert pane.view.accessibleName() == "Text"
    assert pane.view.accessibleDescription() == "A first letter"


def test_the_menu_searches_the_word(qtbot, pane, show):
    show()
    pane.view.menu_requested.emit(QPoint(10, 10), (0, 3))
    menu = pane.findChild(ReadingMenu)
    with qtbot.waitSignal(pane.word_activated) as activated:
        menu.actions()[0].trigger()
    assert activated.args == ["cat", False]
    menu.close()
    qtbot.waitUntil(lambda: pane.findChild(ReadingMenu) is None)


def test_it_prints_to_what_it_is_given(pane, show, tmp_path):
    show()
    written = tmp_path / "page.pdf"
    assert pane.print_document(QPdfWriter(str(written))) is True
    assert written.read_bytes().startswith(b"%PDF")


def test_the_focus_of_the_keyboard_is_seen(qtbot, pane, show):
    show()
    pane.activateWindow()
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(pane.view.hasFocus)
    inside = pane._frame.grab().toImage().pixelColor(1, 50).name()
    assert inside == LIGHT.accent.name()
    QApplication.sendEvent(pane.view, QEvent(QEvent.Type.None_))
    pane.navigator.next.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: not pane.view.hasFocus())
    assert pane._frame.grab().toImage().pixelColor(1, 50).name() == LIGHT.background.name()


def test_other_particulars_of_the_same_document_are_shown_without_scrolling(
    pane, show, make_document
):
    show()
    pane.view.scroll_to(700)
    pane.refresh_document(make_document(_TEXT, title="A better title"))
    assert pane.header.title.text() == "A better title"
    assert pane.document.title == "A better title"
    assert pane.view.reach().value == 700
    pane.refresh_document(make_document(_TEXT, id=8, title="Another document"))
    assert pane.header.title.text() == "A better title"


def test_a_hit_can_be_shown_by_its_number(qtbot, make_document, spans_of):
    text = "one hit, two hit, three hit"
    pane = ReadingPane(ReadingAppearance(), LIGHT)
    qtbot.addWidget(pane)
    pane.show_document(make_document(text), text, spans_of(text, "hit"))
    pane.show_hit(2)
    assert pane.current_hit == 2
    pane.show_hit(3)
    pane.show_hit(-1)
    assert pane.current_hit == 2


def test_of_a_part_of_the_hits_the_rest_is_awaited(qtbot, pane, make_document, spans_of, lit):
    spans = spans_of(_TEXT, "cat")
    with qtbot.assertNotEmitted(pane.hit_changed):
        pane.show_document(make_document(_TEXT), _TEXT, spans[:1], are_all=False)
    assert _current(pane, lit) == "cat"
    assert pane.navigator.hit_label.text() == "counting hits…"
    with qtbot.assertNotEmitted(pane.next_document_requested):
        assert pane.next_hit()
    with qtbot.assertNotEmitted(pane.previous_document_requested):
        assert pane.previous_hit()
    with qtbot.waitSignal(pane.hit_changed) as changed:
        pane.complete_hits(spans)
    assert changed.args == [0, 3]
    assert pane.navigator.hit_label.text() == "1 of 3"
    assert pane.next_hit()
    assert pane.current_hit == 1


def test_a_hit_that_is_not_known_yet_is_gone_to_when_it_is(pane, make_document, spans_of):
    spans = spans_of(_TEXT, "cat")
    pane.show_document(make_document(_TEXT), _TEXT, spans[:1], are_all=False)
    pane.show_hit(2)
    assert pane.current_hit == 0
    pane.complete_hits(spans)
    assert pane.current_hit == 2
    start, end = pane.view.visible_span()
    assert start <= spans[2, 0] < end


def test_a_part_of_the_hits_before_what_is_read_moves_nothing(pane, show, spans_of):
    show(pattern="")
    spans = spans_of(_TEXT, "cat")
    pane.view.scroll_to_cp(int(spans[1, 0]) - 40)
    before = pane.view.top_cp()
    pane.set_hits(spans[:1], are_all=False)
    assert (pane.current_hit, pane.view.top_cp()) == (-1, before)
    pane.complete_hits(spans)
    assert (pane.current_hit, pane.view.top_cp()) == (-1, before)
    pane.next_hit()
    assert pane.current_hit == 1
