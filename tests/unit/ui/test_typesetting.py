import numpy as np
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QAbstractTextDocumentLayout, QFont, QTextDocument

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.displayed_text import TextWindow
from incipit.ui.highlighting import HitHighlighter, SpanList
from incipit.ui.themes import LIGHT
from incipit.ui.typesetting import (
    PageSetting,
    line_height_px,
    page_setting,
    paragraph_space_px,
    set_page,
    set_window,
)

pytestmark = pytest.mark.usefixtures("qapp")
_LONG = "words enough for a paragraph of more than one line of the page " * 3


@pytest.fixture
def setting(qapp):
    return PageSetting(
        font=QFont(qapp.font()), side_margin_px=40, top_margin_px=20, paragraph_space_px=9
    )


def test_paragraphs_on_lines_of_their_own_are_set_apart(qapp):
    assert paragraph_space_px(f"{_LONG}\n{_LONG}\n{_LONG}", qapp.font()) > 0


def test_paragraphs_with_blank_lines_between_are_not_set_apart_twice(qapp):
    assert paragraph_space_px(f"{_LONG}\n\n{_LONG}", qapp.font()) == 0


def test_lines_wrapped_by_hand_are_not_set_apart(qapp):
    assert paragraph_space_px("a line that was wrapped by hand\n" * 40, qapp.font()) == 0


def test_lines_of_any_size_have_whole_pixels_and_room():
    for size in (6, 11, 40):
        font = QFont()
        font.setPixelSize(size)
        assert 1.5 * size <= line_height_px(font) <= 2 * size


def test_the_document_holds_the_window_and_its_margins(setting):
    document = QTextDocument()
    set_window(document, TextWindow("one\ntwo", 0, 7), setting)
    assert document.toPlainText() == "one\ntwo"
    page = document.rootFrame().frameFormat()
    assert (page.leftMargin(), page.rightMargin(), page.topMargin()) == (40, 40, 20)
    set_window(document, TextWindow("three", 0, 5), setting)
    assert document.toPlainText() == "three"
    assert document.blockCount() == 1


def test_no_space_stands_inside_a_line_that_was_parted(setting):
    text = "word " * 4_000 + "\nlast"
    document = QTextDocument()
    set_window(document, TextWindow(text, 0, len(text)), setting)
    spaces = []
    block = document.begin()
    while block.isValid():
        spaces.append(block.blockFormat().bottomMargin())
        block = block.next()
    assert spaces[0] == 0
    assert spaces[-2:] == [9, 9]


def test_the_page_is_set_anew_without_its_text(setting):
    document = QTextDocument()
    set_window(document, TextWindow("one", 0, 3), setting)
    wider = PageSetting(setting.font, 99, 20, 9)
    set_page(document, wider)
    assert document.rootFrame().frameFormat().leftMargin() == 99
    assert document.toPlainText() == "one"


def test_the_measure_is_centred_and_gives_way():
    wide = page_setting(ReadingAppearance(), "text", 1_400)
    wider = page_setting(ReadingAppearance(), "text", 1_600)
    assert wider.side_margin_px == wide.side_margin_px + 100
    assert page_setting(ReadingAppearance(measure_chars=50), "text", 1_400).side_margin_px > (
        wide.side_margin_px
    )
    assert page_setting(ReadingAppearance(), "text", 400).side_margin_px == 28
    assert page_setting(ReadingAppearance(), "text", 120).side_margin_px == 10


class _CountedLayout(QAbstractTextDocumentLayout):
    """Lays nothing out, and counts how often it is asked to."""

    def __init__(self, document):
        super().__init__(document)
        self.changes = 0

    def documentChanged(self, _start, _removed, _added):  # noqa: N802 a name of Qt
        self.changes += 1

    def documentSize(self):  # noqa: N802 a name of Qt
        return QSizeF(100, 100)

    def pageCount(self):  # noqa: N802 a name of Qt
        return 1


def test_light_given_with_the_text_costs_no_layout_of_its_own(setting):
    text = _LONG * 200
    window = TextWindow(text, 0, len(text))

    def layouts(dress):
        document = QTextDocument()
        counted = _CountedLayout(document)
        document.setDocumentLayout(counted)
        set_window(document, window, setting, lambda: dress(document))
        return counted.changes, document

    def dress(document):
        highlighter = HitHighlighter(document, LIGHT)
        highlighter.set_window(window)
        highlighter.set_hits(SpanList(np.array([(5, 9), (9_500, 9_600)], np.int64)))
        highlighter.light(0, 2, laid_out=False)

    bare, _ = layouts(lambda _document: None)
    lit, document = layouts(dress)
    assert lit == bare
    assert document.begin().layout().formats()
