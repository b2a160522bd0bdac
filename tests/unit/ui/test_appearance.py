from PySide6.QtGui import QFont, QFontMetricsF

from incipit.ui.appearance import ZOOM_STEPS, ReadingAppearance, measure_px, reading_font


def test_zoom_goes_through_the_steps_and_back():
    appearance = ReadingAppearance()
    larger = appearance.zoomed(1)
    assert larger.zoom_percent == 110
    assert larger.zoomed(-1) == appearance
    assert appearance.zoomed(-2).zoom_percent == 80


def test_zoom_stops_at_its_limits():
    assert ReadingAppearance(zoom_percent=400).zoomed(3).zoom_percent == ZOOM_STEPS[-1]
    assert ReadingAppearance(zoom_percent=50).zoomed(-3).zoom_percent == ZOOM_STEPS[0]


def test_zoom_from_between_two_steps_goes_to_a_neighbour():
    between = ReadingAppearance(zoom_percent=105)
    assert between.zoomed(1).zoom_percent == 110
    assert between.zoomed(-1).zoom_percent == 100


def test_unzoomed_keeps_the_rest():
    appearance = ReadingAppearance("sans", 150, 60)
    assert appearance.unzoomed() == ReadingAppearance("sans", 100, 60)


def test_size_follows_system_and_zoom(qapp):
    system = QFont(qapp.font())
    system.setPointSizeF(10)
    normal = reading_font(ReadingAppearance(), system).pointSizeF()
    system.setPointSizeF(20)
    assert reading_font(ReadingAppearance(), system).pointSizeF() == 2 * normal
    assert reading_font(ReadingAppearance(zoom_percent=50), system).pointSizeF() == normal


def test_size_follows_a_system_font_in_pixels(qapp):
    system = QFont(qapp.font())
    system.setPixelSize(20)
    assert reading_font(ReadingAppearance(zoom_percent=200), system).pixelSize() == 51


def test_serif_and_sans_are_other_families(qapp):
    serif = reading_font(ReadingAppearance("serif"), qapp.font())
    sans = reading_font(ReadingAppearance("sans"), qapp.font())
    assert "DejaVu Serif" in serif.families()
    assert "DejaVu Sans" in sans.families()
    assert serif.styleHint() == QFont.StyleHint.Serif
    assert sans.styleHint() == QFont.StyleHint.SansSerif


def test_measure_holds_that_many_characters_of_prose(qapp):
    font = reading_font(ReadingAppearance(), qapp.font())
    prose = "Those who had been told so much of it could hardly be blamed for their doubts then"
    mean = QFontMetricsF(font).horizontalAdvance(prose) / len(prose)
    assert 68 <= measure_px(font, 70) / mean <= 78
