"""Every theme can be read: contrast is computed, not judged by eye."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette

from incipit.ui.themes import DARK, LIGHT, Colours, contrast, palette_of

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)


@THEMES
def test_text_has_contrast_of_level_aa(colours):
    weak = {
        name: round(contrast(front, behind), 2)
        for name, front, behind in colours.text_pairs()
        if contrast(front, behind) < 4.5
    }
    assert weak == {}


@THEMES
def test_outlines_stand_out(colours):
    weak = {
        name: round(contrast(front, behind), 2)
        for name, front, behind in colours.outline_pairs()
        if contrast(front, behind) < 3
    }
    assert weak == {}


@THEMES
def test_hits_differ_from_the_page_and_from_the_current_hit(colours):
    assert contrast(colours.hit_background, colours.background) > 1.15
    assert contrast(colours.current_hit_background, colours.hit_background) > 3


@THEMES
def test_every_colour_is_a_colour(colours):
    named = [entry.name for entry in fields(Colours) if entry.name not in ("name", "is_dark")]
    assert all(getattr(colours, name).isValid() for name in named)


def test_contrast_of_black_on_white_is_21():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_palette_carries_the_theme():
    palette = palette_of(DARK)
    assert palette.color(QPalette.ColorRole.Window) == DARK.window
    assert palette.color(QPalette.ColorRole.Text) == DARK.text
