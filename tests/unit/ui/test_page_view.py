import numpy as np
import pytest
from PySide6.QtGui import QAccessible, QFontInfo, QTextBlockFormat

from incipit.ui.appearance import ReadingAppearance, measure_px, reading_font
from incipit.ui.highlighting import SpanList
from incipit.ui.page_view import PageView
from incipit.ui.themes import DARK, LIGHT

_HIT = LIGHT.hit_background.name()
_CURRENT = LIGHT.current_hit_background.name()


@pytest.fixture
def view(qtbot):
    made = PageView(ReadingAppearance(), LIGHT)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


@pytest.fixture
def long_text():
    """A text of 400 kB in which every line says where it begins."""
    lines, at = [], 0
    while at < 400_000:
        line = f"{at:06d} begins a line of this long text, in which all lines are alike.\n"
        lines.append(line)
        at += len(line)
    return "".join(lines)


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("plain cat, cat.", "cat", ["cat", "cat"]),
        (
            "\U0001f600 cat \U0001f600\U0001f600 cat",
            "cat|\U0001f600 c",
            ["\U0001f600 c", "\U0001f600 c"],
        ),
        ("cafe\u0301 cafe\u0301", "cafe\u0301", ["cafe\u0301", "cafe\u0301"]),
        ("one\ntwo\n\ncat\n", "cat|two", ["two", "cat"]),
        ("قرأت كتاب في كتاب", "كتاب", ["كتاب", "كتاب"]),
        ("漢字と漢字", "漢字", ["漢字", "漢字"]),
        ("\u2029cat\x0c\ufffccat", "cat", ["cat", "cat"]),
    ],
)
def test_exactly_the_hits_are_lit(view, lit, spans_of, text, pattern, found):
    view.show_text(text)
    view.set_hits(SpanList(spans_of(text, pattern)))
    assert [piece for piece, _colour in lit(view)] == found


def test_the_current_hit_is_stronger(view, lit, spans_of):
    view.show_text("cat dog cat")
    hits = SpanList(spans_of(view.text, "cat"))
    view.set_hits(hits)
    view.set_current(hits[1])
    assert lit(view) == [("cat", _HIT), ("cat", _CURRENT)]


def test_markup_is_shown_as_text(view):
    text = "<b>bold</b> &amp; <img src='file:///etc/passwd'> http://example.org"
    view.show_text(text)
    assert view.toPlainText() == text
    assert view.document().begin().begin().fragment().charFormat().isAnchor() is False


def test_only_blocks_in_view_are_lit(view, lit, spans_of, long_text):
    view.show_text(long_text)
    view.set_hits(SpanList(spans_of(long_text, "begins")))
    assert 10 < len(lit(view)) < 60


def test_scrolling_lights_what_comes_into_view(view, lit, spans_of):
    text = "filling words\n" * 300 + "cat"
    view.show_text(text)
    view.set_hits(SpanList(spans_of(text, "cat")))
    assert lit(view) == []
    view.scroll_to_end()
    assert lit(view) == [("cat", _HIT)]


def test_a_long_text_is_laid_out_in_a_window(view, long_text):
    view.show_text(long_text)
    start, end = view.window_cp
    assert (start, end) != (0, len(long_text))
    assert view.document().characterCount() < 70_000
    assert view.text == long_text


def test_scrolling_down_goes_through_every_line(view, long_text):
    view.show_text(long_text)
    tops = [view.top_cp()]
    bar = view.verticalScrollBar()
    for _ in range(1_000):
        if view.reach().value >= view.reach().maximum:
            break
        bar.setValue(bar.value() + 400)
        tops.append(view.top_cp())
    assert tops == sorted(tops)
    assert max(np.diff(tops)) < 2_500
    assert view.visible_span()[1] == len(long_text) - 1  # before the last line feed


def test_scrolling_up_goes_through_every_line(view, long_text):
    view.show_text(long_text)
    view.scroll_to_end()
    tops = [view.top_cp()]
    bar = view.verticalScrollBar()
    for _ in range(1_000):
        if bar.value() == 0:
            break
        bar.setValue(bar.value() - 400)
        tops.append(view.top_cp())
    assert tops == sorted(tops, reverse=True)
    assert min(np.diff(tops)) > -2_500
    assert tops[-1] == 0


def test_moving_the_window_does_not_move_the_lines_in_view(view, long_text):
    view.show_text(long_text)
    bar = view.verticalScrollBar()
    windows = {view.window_cp}
    for _ in range(220):
        before = view.grab().toImage()
        window, value = view.window_cp, bar.value()
        bar.setValue(value + 150)
        if view.window_cp not in windows:
            windows.add(view.window_cp)
            after = view.grab().toImage()
            height = before.height() - 150
            assert before.copy(0, 150, 700, height) == after.copy(0, 0, 700, height), window
    assert len(windows) > 2


@pytest.mark.parametrize("share", [0.0, 0.3, 0.77, 0.999])
def test_a_place_of_a_long_text_is_gone_to(view, long_text, share):
    view.show_text(long_text)
    cp = long_text.rfind("\n", 0, int(share * len(long_text))) + 1
    view.scroll_to_cp(cp)
    if share < 0.99:
        assert view.top_cp() == cp
    else:
        assert view.visible_span()[0] <= cp < view.visible_span()[1]


def test_a_text_opens_at_a_place(view, long_text):
    cp = long_text.index("begins", 200_000) - 7
    view.show_text(long_text, top_cp=cp)
    assert view.top_cp() == cp


def test_reach_counts_pixels_of_a_short_text(view):
    view.show_text("line\n" * 200)
    assert view.reach().maximum == view.verticalScrollBar().maximum()
    view.scroll_to(100)
    assert view.reach().value == 100


def test_reach_counts_characters_of_a_long_text(view, long_text):
    view.show_text(long_text)
    reach = view.reach()
    assert reach.value == 0
    assert reach.maximum + reach.page == len(long_text)
    view.scroll_to(200_000)
    assert view.reach().value == pytest.approx(200_000, abs=80)
    view.scroll_to(view.reach().maximum)
    assert view.reach().value + view.reach().page == len(long_text)


def test_a_hit_far_away_is_brought_into_view(view, long_text):
    view.show_text(long_text)
    span = (300_000, 300_006)
    view.reveal(span)
    start, end = view.visible_span()
    assert start < span[0] < end


def test_hits_cost_a_jump_no_layout_of_their_own(view, lit, spans_of, long_text):
    changes = []
    view.show_text(long_text)
    view.document().contentsChange.connect(lambda *change: changes.append(change))
    view.scroll_to_cp(200_000)
    bare, place = changes[:], view.top_cp()
    view.scroll_to_cp(0)
    view.set_hits(SpanList(spans_of(long_text, "begins")))
    changes.clear()
    view.scroll_to_cp(200_000)
    assert view.top_cp() == place
    assert lit(view)
    assert changes == bare


def test_a_hit_in_view_does_not_scroll(view):
    view.show_text("line\n" * 200)
    view.scroll_to(300)
    start, end = view.visible_span()
    view.reveal(((start + end) // 2, (start + end) // 2 + 1))
    assert view.reach().value == 300


def test_the_measure_is_centred(view):
    view.resize(1200, 500)
    view.show_text("word " * 500)
    font = reading_font(ReadingAppearance(), view.font())
    page = view.document().rootFrame().frameFormat()
    column = 1200 - page.leftMargin() - page.rightMargin()
    assert page.leftMargin() == page.rightMargin()
    assert column == pytest.approx(measure_px(font, 70), abs=2)


def test_a_narrow_view_uses_its_width(view):
    view.resize(300, 500)
    view.show_text("word " * 500)
    assert view.document().rootFrame().frameFormat().leftMargin() < 30
    assert view.horizontalScrollBar().maximum() == 0


def test_resizing_keeps_the_line_on_top(view, long_text):
    view.show_text(long_text, top_cp=long_text.index("begins", 100_000) - 7)
    before = view.top_cp()
    view.resize(420, 450)
    assert view.top_cp() <= before < view.visible_span()[1]
    assert before - view.top_cp() < 80


def test_zoom_keeps_the_line_on_top(view, long_text):
    view.show_text(long_text, top_cp=long_text.index("begins", 100_000) - 7)
    before = view.top_cp()
    view.set_appearance(ReadingAppearance(zoom_percent=200))
    assert view.top_cp() == before
    assert view.document().defaultFont().pointSizeF() > 20


def test_hits_stay_lit_after_zoom(view, lit, spans_of):
    view.show_text("cat dog cat")
    view.set_hits(SpanList(spans_of(view.text, "cat")))
    view.set_appearance(ReadingAppearance(zoom_percent=200))
    assert [piece for piece, _colour in lit(view)] == ["cat", "cat"]


def test_other_colours_are_shown_at_once(view, lit, spans_of):
    view.show_text("cat")
    view.set_hits(SpanList(spans_of("cat", "cat")))
    view.set_colours(DARK)
    assert lit(view) == [("cat", DARK.hit_background.name())]
    assert view.grab().toImage().pixelColor(5, 400).name() == DARK.background.name()


def test_lines_have_room(view):
    view.show_text("word " * 100)
    form = view.document().begin().blockFormat()
    assert form.lineHeightType() == QTextBlockFormat.LineHeightTypes.MinimumHeight.value
    size_px = QFontInfo(view.document().defaultFont()).pixelSize()
    assert 1.5 <= form.lineHeight() / size_px <= 1.8


def test_fractions_follow_the_heights_of_a_short_text(view):
    text = "\n" * 99 + "x" * 40
    view.show_text(text)
    fractions = view.fractions(np.array([0, 50, 99]))
    assert fractions[0] < 0.03
    assert fractions[1] == pytest.approx(0.5, abs=0.03)
    assert fractions[2] > 0.95


def test_fractions_follow_the_characters_of_a_long_text(view, long_text):
    view.show_text(long_text)
    half = len(long_text) // 2
    assert view.fractions(np.array([0, half])).tolist() == [0, half / len(long_text)]


def test_a_selection_outlives_the_window(view, long_text):
    view.show_text(long_text)
    view.select((10, 300_000))
    view.scroll_to_cp(350_000)
    assert view.selected_span() == (10, 300_000)
    assert not view.textCursor().hasSelection()
    view.scroll_to_cp(150_000)
    assert view.textCursor().hasSelection()
    assert view.selected_span() == (10, 300_000)


def test_another_text_has_no_hits_and_no_selection(view, lit, spans_of):
    view.show_text("cat")
    view.set_hits(SpanList(spans_of("cat", "cat")))
    view.select((0, 3))
    view.show_text("cat again")
    assert lit(view) == []
    assert view.selected_span() is None


def test_an_empty_text_is_no_trouble(view):
    view.show_text("")
    assert view.reach().maximum == 0
    assert view.top_cp() == 0
    assert view.fractions(np.array([], dtype=np.int64)).tolist() == []


def test_drops_are_left_to_the_window(view):
    assert not view.acceptDrops()
    assert not view.viewport().acceptDrops()


def test_it_is_an_accessible_text(view):
    view.show_text("what is read")
    accessible = QAccessible.queryAccessibleInterface(view)
    assert accessible.role() == QAccessible.Role.EditableText
    assert accessible.state().readOnly
    assert accessible.text(QAccessible.Text.Name) == "Text"
    texts = accessible.textInterface()
    assert texts.text(0, texts.characterCount()) == "what is read"


def test_a_hit_stays_in_view_when_the_view_changes_its_size(view):
    text = "word " * 3_000 + "cat " + "word " * 3_000
    span = (15_000, 15_003)
    view.resize(100, 30)
    view.show_text(text, SpanList(np.array([span])), span)
    for size in ((700, 500), (400, 300), (1_000, 200)):
        view.resize(*size)
        start, end = view.visible_span()
        assert start <= span[0] < end, size


def test_scrolling_away_from_a_hit_is_not_undone_by_another_size(view):
    text = "word " * 3_000
    view.show_text(text, SpanList(np.array([(0, 4)])), (0, 4))
    view.scroll_to(800)
    top = view.top_cp()
    view.resize(700, 400)
    assert view.top_cp() == top


def test_a_text_opens_with_its_hit_in_the_upper_half(view, long_text):
    for at in (5_000, 200_000):
        view.show_text(long_text, SpanList(np.array([(at, at + 3)])), (at, at + 3))
        line = view._geometry.top_of(at) - view.verticalScrollBar().value()
        assert 0.2 * view.height() < line < 0.5 * view.height()


def test_a_hit_of_the_first_screen_is_read_with_the_beginning(view, long_text):
    at = long_text.index("begins", 800)
    view.show_text(long_text, SpanList(np.array([(at, at + 6)])), (at, at + 6))
    assert view.verticalScrollBar().value() == 0
