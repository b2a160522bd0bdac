"""A row shows its title, its hits, and a snippet cut so that the first mark can be seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from incipit.models import Snippet
from incipit.ui.document_delegate import DocumentDelegate, fit
from incipit.ui.document_model import DocumentModel
from incipit.ui.themes import DARK, LIGHT

SELECTED = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected


@pytest.fixture
def metrics():
    return QFontMetricsF(QFont())


def units(text):
    return text.encode("utf-16-le")


def marked(snippet, metrics, width):
    text, marks = fit(snippet, metrics, width)
    return text, [units(text)[2 * start : 2 * end].decode("utf-16-le") for start, end in marks]


def test_snippet_that_fits_is_left_alone(metrics):
    assert marked(Snippet("the harbour", ((4, 11),)), metrics, 1000) == ("the harbour", ["harbour"])


def test_long_snippet_is_cut_around_its_first_mark(metrics):
    words = "word " * 60
    snippet = Snippet(f"{words}harbour {words}", ((300, 307),))
    text, marks = marked(snippet, metrics, 300)
    assert marks == ["harbour"]
    assert text.startswith(("…word", "… word"))
    assert text.endswith("…")
    assert metrics.horizontalAdvance(text) <= 300


def test_marks_count_in_utf16_units(metrics):
    _text, marks = marked(Snippet("😀😀 harbour 😀", ((3, 10),)), metrics, 1000)
    assert marks == ["harbour"]


def test_mark_beyond_the_end_is_left_out(metrics):
    snippet = Snippet("harbour " + "word " * 100 + "harbour", ((0, 7), (508, 515)))
    assert marked(snippet, metrics, 200)[1] == ["harbour"]


def test_lines_become_one(metrics):
    assert fit(Snippet("one\ntwo", ((4, 7),)), metrics, 1000) == ("one two", [(4, 7)])


@given(
    st.text(alphabet="ab é😀\n", min_size=1, max_size=80),
    st.integers(0, 79),
    st.integers(1, 9),
    st.integers(30, 400),
)
def test_marks_stay_inside_the_text(text, start, length, width):
    metrics = QFontMetricsF(QFont())
    start = min(start, len(text) - 1)
    shown, marks = fit(Snippet(text, ((start, min(len(text), start + length)),)), metrics, width)
    for first, last in marks:
        assert 0 <= first < last <= len(units(shown)) // 2


def paint(delegate, index, state=QStyle.StateFlag.State_Enabled):
    image = QImage(400, delegate.row_height(), QImage.Format.Format_ARGB32)
    image.fill(QColor("magenta"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, image.width(), image.height())
    option.state = state
    painter = QPainter(image)
    delegate.paint(painter, option, index)
    painter.end()
    return image


def colours_of(image):
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


@pytest.fixture
def shown(make_result, make_rows):
    model = DocumentModel()
    rows = make_rows([100], hits=2, snippet=Snippet("the harbour", ((4, 11),)))
    model.show(make_result(2, "harbour"), 0, rows)
    return model


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_row_is_painted_whole_with_its_mark(shown, colours):
    found = colours_of(paint(DocumentDelegate(colours), shown.index(0, 0)))
    assert colours.hit_background.name() in found
    assert colours.surface.name() in found
    assert "#ff00ff" not in found


def test_selected_row_looks_selected(shown):
    delegate = DocumentDelegate(LIGHT)
    found = colours_of(paint(delegate, shown.index(0, 0), SELECTED))
    assert LIGHT.selection_background.name() in found
    assert LIGHT.accent.name() in found
    assert LIGHT.surface.name() not in found


def test_row_that_is_not_there_yet_is_a_placeholder(shown):
    image = paint(DocumentDelegate(LIGHT), shown.index(1, 0))
    assert LIGHT.text.name() not in colours_of(image)
    assert LIGHT.border.name() in colours_of(image)


def test_row_height_follows_the_text_size():
    delegate = DocumentDelegate(LIGHT)
    small = delegate.row_height()
    font = QFont()
    font.setPointSizeF(font.pointSizeF() * 2)
    delegate.set_font(font)
    assert delegate.row_height() > small * 1.4


def test_colours_can_change(shown):
    delegate = DocumentDelegate(LIGHT)
    delegate.set_colours(DARK)
    assert DARK.surface.name() in colours_of(paint(delegate, shown.index(0, 0)))
