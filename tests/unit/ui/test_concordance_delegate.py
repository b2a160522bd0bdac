"""Lines are painted with their hits one below the other, and with their edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from incipit.text.contexts import Edge
from incipit.ui.concordance_delegate import ConcordanceDelegate
from incipit.ui.concordance_model import ConcordanceModel
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def delegate(qapp):
    made = ConcordanceDelegate(LIGHT)
    made.set_font(qapp.font())
    return made


def painted(delegate, concordance, lines, column=0, state=QStyle.StateFlag.State_Enabled, row=0):
    model = ConcordanceModel()
    model.show(concordance, 0, lines)
    image = QImage(600, delegate.row_height(), QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 600, delegate.row_height())
    option.state = state
    delegate.paint(painter, option, model.index(row, column))
    painter.end()
    return (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), 600, 4)[..., :3].copy()
    )


def columns_of(pixels, colour):
    """Return the columns of pixels in which a colour stands."""
    wanted = np.array([colour.blue(), colour.green(), colour.red()])
    return np.flatnonzero((pixels == wanted).all(axis=2).any(axis=0))


def test_hits_begin_at_one_place(delegate, concordance_of):
    concordance, lines = concordance_of()
    starts = [
        columns_of(painted(delegate, concordance, lines, row=row), LIGHT.hit_background)[0]
        for row in range(3)
    ]
    assert len(set(starts)) == 1
    assert starts[0] == pytest.approx(600 * 0.45, abs=2)


def test_edges_are_drawn_by_what_they_are(delegate, concordance_of):
    concordance, lines = concordance_of('"the harbour again"')
    with_bar = columns_of(painted(delegate, concordance, lines), LIGHT.muted)
    torn = tuple(replace(one, context=replace(one.context, left_edge=Edge.TORN)) for one in lines)
    none = tuple(replace(one, context=replace(one.context, left_edge=Edge.NONE)) for one in lines)
    assert len(with_bar)
    pictures = [painted(delegate, concordance, some).tobytes() for some in (lines, torn, none)]
    assert len(set(pictures)) == 3


def test_selected_and_missing_lines_are_told_apart(delegate, concordance_of):
    concordance, lines = concordance_of()
    selected = painted(delegate, concordance, lines, state=QStyle.StateFlag.State_Selected)
    assert len(columns_of(selected, LIGHT.selection_background)) > 300
    missing = painted(delegate, concordance, (None, None, None))
    assert not len(columns_of(missing, LIGHT.hit_background))
    assert len(columns_of(missing, LIGHT.border)) > 100
    delegate.set_colours(DARK)
    assert len(columns_of(painted(delegate, concordance, lines), DARK.surface))


def test_the_place_stands_beside_the_title(delegate, concordance_of):
    concordance, lines = concordance_of()
    pixels = painted(delegate, concordance, lines, column=1)
    inked = np.flatnonzero((pixels < 160).all(axis=2).any(axis=0))
    assert inked[0] < 30
    assert inked[-1] > 570


def test_the_font_can_be_of_one_width(delegate, qapp):
    before = delegate.row_height()
    delegate.set_fixed(True)
    delegate.set_font(qapp.font())
    assert delegate.line_font.styleHint() is QFont.StyleHint.Monospace
    assert delegate.line_font.pointSizeF() == qapp.font().pointSizeF()
    assert delegate.row_height() >= before - 4
    assert delegate.characters_beside(1000) > delegate.characters_beside(300) > 20
