"""The hit stands where it is put; words know their places in any script."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFont, QImage, QPainter

from incipit.analysis.sorting import LineKey
from incipit.services.concordance_values import KwicLine
from incipit.text.contexts import context
from incipit.text.tokens import tokenise
from incipit.ui.kwic_layout import KwicLayout, spoken, units, with_alpha
from incipit.ui.themes import LIGHT


@pytest.fixture
def line_of(make_document):
    def make(text, first, end=None):
        tokens = tokenise(text)
        made = context(text, tokens, first, first + 1 if end is None else end, width_cp=80)
        span = int(tokens.starts_cp[first]), int(tokens.ends_cp[first])
        return KwicLine(make_document(text), made, span, 0, first, 0.25)

    return make


def laid_out(line, keys=()):
    return KwicLayout(line, QFont(), LIGHT, keys)


def test_the_hit_begins_after_its_left_context_with_its_spaces(line_of):
    layout = laid_out(line_of("before the ferry came", 2))
    alone = laid_out(line_of("ferry came", 0))
    assert alone.x_of_hit() == 0
    assert layout.x_of_hit() > 0
    assert layout.x_of_hit() - laid_out(line_of("before the", 1)).x_of_hit() > 10


def test_words_are_found_by_their_distance_from_the_hit(line_of):
    layout = laid_out(line_of("before the ferry came late", 2))
    assert layout.key_at(2) is LineKey.HIT
    assert layout.key_at(-8) is LineKey.L1
    assert layout.key_at(-layout.x_of_hit() + 2) is LineKey.L2
    assert layout.key_at(layout.width - layout.x_of_hit() - 3) is LineKey.R2
    assert layout.key_at(5000) is None
    assert layout.word(LineKey.R1) == "came"
    assert layout.word(LineKey.L5) == ""


def test_characters_beyond_the_basic_plane_move_nothing(line_of):
    layout = laid_out(line_of("𝒳 𐐀𐐨 the ferry 𝟙 came", 3))
    assert layout.word(LineKey.HIT) == "ferry"
    assert layout.word(LineKey.L2) == "𐐀𐐨"
    assert layout.word(LineKey.R2) == "came"
    assert units("a𝒳b") == 4


def test_sorted_words_are_painted_in_their_colours(line_of):
    line = line_of("mmmm mmmm mmmm", 1)

    def inks(keys):
        image = QImage(400, 40, QImage.Format.Format_RGB32)
        image.fill(LIGHT.surface)
        painter = QPainter(image)
        layout = laid_out(line, keys)
        start = layout.draw(painter, 100.0, 5.0)
        painter.end()
        assert start == pytest.approx(100 - layout.x_of_hit())
        data = np.frombuffer(image.constBits(), np.uint8).reshape(40, 400, 4)
        # Red beyond both green and blue, as only the first colour of sorting is.
        red = data[..., 2].astype(int) - data[..., :2].max(axis=2)
        return int((red[:, 150:] > 60).sum())

    assert inks((LineKey.R1,)) > 50
    assert inks((LineKey.L1,)) == 0


def test_a_line_is_one_text_for_those_who_hear_it(line_of):
    assert spoken(line_of("before the ferry came", 2).context) == "before the ferry came"
    assert with_alpha(LIGHT.accent, 0.5).alphaF() == pytest.approx(0.5, abs=0.01)
