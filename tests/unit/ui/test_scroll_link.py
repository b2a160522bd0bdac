import numpy as np
import pytest

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.highlighting import SpanList
from incipit.ui.hit_map import HitScrollBar
from incipit.ui.scroll_link import ScrollLink
from incipit.ui.text_view import TextView
from incipit.ui.themes import LIGHT


@pytest.fixture
def linked(qtbot):
    view, bar = TextView(ReadingAppearance(), LIGHT), HitScrollBar(LIGHT)
    for widget in (view, bar):
        qtbot.addWidget(widget)
        widget.resize(600, 400)
        widget.show()
    return ScrollLink(view, bar, view), view, bar


@pytest.mark.parametrize("lines", [300, 30_000])
def test_the_bar_stands_for_the_whole_text(linked, lines):
    _link, view, bar = linked
    view.show_text("some words\n" * lines)
    assert bar.value() == 0
    view.scroll_to_end()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(0)
    assert view.top_cp() == 0


@pytest.mark.parametrize("lines", [300, 30_000])
def test_the_bar_goes_to_any_place(linked, lines):
    _link, view, bar = linked
    text = "some words\n" * lines
    view.show_text(text)
    bar.setValue(bar.maximum() // 2)
    start, end = view.visible_span()
    assert start / len(text) == pytest.approx(0.5, abs=0.06)
    assert bar.value() == pytest.approx(bar.maximum() / 2, rel=0.02)
    assert end > start


def test_a_held_handle_is_not_moved_by_the_text(linked):
    _link, view, bar = linked
    view.show_text("some words\n" * 30_000)
    bar.setSliderDown(True)
    before = bar.maximum()
    bar.setSliderPosition(before // 3)
    assert (bar.maximum(), bar.sliderPosition()) == (before, before // 3)
    assert view.top_cp() == pytest.approx(before // 3, abs=30)


def test_marks_follow_the_layout(linked):
    link, view, bar = linked
    text = "cat\n" + "word " * 2_000 + "\ncat"
    view.show_text(text)
    link.set_hits(SpanList(np.array([(0, 3), (len(text) - 3, len(text))])))
    assert bar.mark_y(0) < 20
    assert bar.mark_y(1) > 360
    view.show_text("\n" * 50 + "cat")
    link.set_hits(SpanList(np.array([(50, 53)])))
    assert bar.mark_y(0) > 300
