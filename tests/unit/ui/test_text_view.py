import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.text_view import TextView
from incipit.ui.themes import LIGHT
from incipit.ui.typesetting import line_height_px

_TEXT = "First isn't S-400.\nSecond \U0001f600 line, U.S. and more.\n" + "Other line.\n" * 200


@pytest.fixture
def view(qtbot):
    made = TextView(ReadingAppearance(), LIGHT)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.show_text(_TEXT)
    return made


def _point_of(view, cp, share=0.5):
    """Return where the middle of a character of the first window is, in the viewport.

    ``share`` is how far into its width.
    """
    cursor = view.textCursor()
    cursor.setPosition(view._window.to_position(cp))
    here = view.cursorRect(cursor)
    cursor.setPosition(view._window.to_position(cp + 1))
    there = view.cursorRect(cursor)
    return QPoint(here.x() + int((there.x() - here.x()) * share), here.center().y())


def _double_click(qtbot, view, cp, modifiers=Qt.KeyboardModifier.NoModifier):
    button = Qt.MouseButton.LeftButton
    point = _point_of(view, cp)
    qtbot.mousePress(view.viewport(), button, modifiers, point)
    qtbot.mouseRelease(view.viewport(), button, modifiers, point)
    qtbot.mouseDClick(view.viewport(), button, modifiers, point)


@pytest.mark.parametrize("word", ["First", "isn't", "S-400", "line", "U.S.", "more"])
def test_double_click_searches_the_word(qtbot, view, word):
    cp = _TEXT.index(word)
    with qtbot.waitSignal(view.word_activated) as activated:
        _double_click(qtbot, view, cp + 1)
    assert activated.args == [word, False]
    assert view.selected_span() == (cp, cp + len(word))


def test_double_click_with_control_adds_the_word(qtbot, view):
    with qtbot.waitSignal(view.word_activated) as activated:
        _double_click(qtbot, view, 1, Qt.KeyboardModifier.ControlModifier)
    assert activated.args == ["First", True]


@pytest.mark.parametrize("share", [0.2, 0.8])
def test_double_click_finds_the_character_where_no_space_parts_words(qtbot, view, share):
    view.show_text("我在北京大学学习中文")
    with qtbot.waitSignal(view.word_activated) as activated:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_point_of(view, 6, share))
    assert activated.args == ["学", False]
    assert view.selected_span() == (6, 7)


def test_of_a_very_long_selection_the_first_words_are_searched(qtbot, view):
    view.show_text("cat " * 100_000)
    view.selectAll()
    with qtbot.waitSignal(view.word_activated) as activated:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert activated.args == [("cat " * 250).strip(), False]


def test_double_click_beside_the_text_searches_nothing(qtbot, view):
    view.show_text("cat\n" * 3)
    beside = QPoint(600, _point_of(view, 1).y())
    with qtbot.assertNotEmitted(view.word_activated):
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert view.selected_span() is None


def test_double_click_between_lines_means_the_nearer_one(view):
    text = "the quick brown fox jumps over a lazy dog " * 60
    view.show_text(text)
    cp = text.index("jumps", 400)
    point = _point_of(view, cp + 2)
    pitch = line_height_px(view.document().defaultFont())
    words = [view._word_under(QPointF(point + QPoint(0, y))) for y in range(pitch + 1)]
    assert words[0] == (cp, cp + 5)
    assert set(words) == {words[0], words[-1]}
    assert words[-1] not in (None, words[0])


def test_enter_searches_what_is_selected(qtbot, view):
    view.select((0, 11))
    with qtbot.waitSignal(view.word_activated) as activated:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert activated.args == ["First isn't", False]


def test_enter_with_control_adds_the_word_at_the_caret(qtbot, view):
    view.select((7, 7))
    with qtbot.waitSignal(view.word_activated) as activated:
        qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert activated.args == ["isn't", True]


def test_copy_gives_plain_text_exactly(view):
    view.select((6, 28))
    QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.Copy))
    data = QGuiApplication.clipboard().mimeData()
    assert data.formats() == ["text/plain"]
    assert data.text() == _TEXT[6:28]


def test_copy_adds_no_line_ends_where_long_lines_are_parted(view):
    text = "word " * 8_000
    view.show_text(text)
    view.selectAll()
    view.copy_selection()
    assert QGuiApplication.clipboard().text() == text


def test_copy_keeps_characters_that_are_shown_by_others(view):
    view.show_text("one\x0ctwo\u2029three")
    view.selectAll()
    view.copy_selection()
    assert QGuiApplication.clipboard().text() == "one\x0ctwo\u2029three"


def test_select_all_takes_more_than_is_laid_out(view):
    text = "word " * 40_000
    view.show_text(text)
    QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.SelectAll))
    assert view.selected_span() == (0, len(text))


def test_copy_without_selection_leaves_the_clipboard(view):
    QGuiApplication.clipboard().setText("before")
    view.copy_selection()
    assert QGuiApplication.clipboard().text() == "before"


def test_keys_scroll(qtbot, view):
    bar = view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    line = bar.value()
    assert line > 0
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert bar.value() == 0
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert line < bar.value() < view.height()
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_home_and_end_reach_the_ends_of_a_long_text(qtbot, view):
    text = "word " * 40_000
    view.show_text(text)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.visible_span()[1] == len(text)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.top_cp() == 0


def test_shift_and_arrows_select_from_what_is_in_view(qtbot, view):
    view.scroll_to(1_000)
    top = view.top_cp()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_span() == (top, top + 2)
    assert view.reach().value == pytest.approx(1_000, abs=60)


def test_selecting_by_keyboard_goes_on_over_the_end_of_the_window(qtbot, view):
    text = "a line of some words\n" * 20_000
    view.show_text(text)
    start = view.top_cp()
    for _ in range(160):
        qtbot.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    anchor, caret = view.selected_span()
    assert anchor == start
    assert caret > 60_000
    assert view.window_cp[0] > 0


def test_selecting_to_the_end_takes_the_whole_rest(view):
    text = "word " * 40_000
    view.show_text(text)
    view.select((50, 50))
    QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.SelectEndOfDocument))
    assert view.selected_span() == (50, len(text))
    QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.SelectStartOfDocument))
    assert view.selected_span() == (0, 50)


def test_other_keys_are_left_to_the_window(qtbot, view):
    before = view.toPlainText()
    qtbot.keyClick(view, Qt.Key.Key_X)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert view.toPlainText() == before


def _drag(view, point):
    """Move the mouse with its button held, which QTest's own moves do not say."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        view.viewport().mapToGlobal(point),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QGuiApplication.sendEvent(view.viewport(), event)


def _turn(view, delta, modifiers):
    place = QPointF(100, 100)
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(view.viewport(), event)


def test_the_wheel_scrolls(view):
    _turn(view, -120, Qt.KeyboardModifier.NoModifier)
    assert view.reach().value > 0


def test_the_wheel_with_control_zooms_by_whole_steps(view):
    requested = []
    view.zoom_requested.connect(requested.append)
    for delta in (120, -120, 60, 60, 40):
        _turn(view, delta, Qt.KeyboardModifier.ControlModifier)
    assert requested == [1, -1, 1]
    assert view.reach().value == 0


def test_the_menu_is_about_the_word_under_the_mouse(qtbot, view):
    place = _point_of(view, 8)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
    )
    with qtbot.waitSignal(view.menu_requested) as requested:
        QGuiApplication.sendEvent(view.viewport(), event)
    assert requested.args[1] == (6, 11)


def test_the_menu_key_is_about_the_word_at_the_caret(qtbot, view):
    view.select((2, 2))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(view.menu_requested) as requested:
        QGuiApplication.sendEvent(view.viewport(), event)
    assert requested.args[1] == (0, 5)


def test_selecting_by_mouse_goes_on_over_the_end_of_the_window(qtbot, view):
    text = "a line of some words\n" * 20_000
    view.show_text(text)
    button, bar = Qt.MouseButton.LeftButton, view.verticalScrollBar()
    qtbot.mousePress(view.viewport(), button, pos=_point_of(view, 2))
    for _ in range(160):
        bar.setValue(bar.value() + 400)
        _drag(view, QPointF(300, 200))
    qtbot.mouseRelease(view.viewport(), button, pos=QPoint(300, 200))
    start, end = view.selected_span()
    assert start in (2, 3)
    assert end > view.window_cp[0] > 0
    view.copy_selection()
    assert QGuiApplication.clipboard().text() == text[start:end]
