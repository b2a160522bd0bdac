import numpy as np
import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from incipit.ui.displayed_text import TextWindow
from incipit.ui.page_geometry import PageGeometry

_TEXT = "\U0001f600 first line\nsecond line\n\n" + "word " * 100


@pytest.fixture
def geometry(qapp):  # noqa: ARG001 layouts need the application
    document = QTextDocument()
    window = TextWindow(_TEXT, 0, len(_TEXT))
    QTextCursor(document).insertText(window.plain)
    document.setTextWidth(300)
    made = PageGeometry(document, window)
    made.finish_layout()
    made.kept = document
    return made


def test_lines_are_found_where_their_characters_stand(geometry):
    for cp in (0, _TEXT.index("second"), _TEXT.index("word"), len(_TEXT) - 50):
        line = geometry.line_at(geometry.top_of(cp) + 2)
        assert line.start_cp <= cp < line.end_cp
        assert line.top_px == geometry.top_of(cp)


def test_an_empty_line_is_a_line(geometry):
    cp = _TEXT.index("\n\n") + 1
    line = geometry.line_at(geometry.top_of(cp) + 2)
    assert (line.start_cp, line.end_cp) == (cp, cp)


def test_places_move_evenly_through_a_line(geometry):
    line = geometry.line_at(geometry.top_of(_TEXT.index("word")) + 2)
    middle = geometry.cp_at(line.top_px + line.height_px / 2)
    assert middle == pytest.approx((line.start_cp + line.end_cp) / 2, abs=1)
    assert line.start_cp <= geometry.cp_at(line.top_px + 1) <= line.start_cp + 3


def test_above_and_below_the_text_the_nearest_line_is_meant(geometry):
    assert geometry.line_at(-50).start_cp == 0
    assert geometry.line_at(1e6).end_cp == len(_TEXT)


def test_blocks_are_counted(geometry):
    assert geometry.block_at(0) == 0
    assert geometry.block_at(1e6) == 3


def test_fractions_rise_with_the_text(geometry):
    cps = np.arange(0, len(_TEXT), 7)
    fractions = geometry.fractions(cps)
    assert fractions[0] < 0.1
    assert fractions[-1] > 0.9
    assert (np.diff(fractions) >= 0).all()
