import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from incipit.ui.hit_map import HitScrollBar
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def bar(qtbot):
    made = HitScrollBar(LIGHT)
    qtbot.addWidget(made)
    made.resize(16, 402)
    made.setRange(0, 900)
    made.setPageStep(100)
    made.show()
    return made


def _click(qtbot, bar, y):
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, y))


def test_marks_are_drawn_at_their_fraction_of_the_height(bar):
    bar.set_marks(np.array([0.0, 0.5, 1.0]))
    assert [bar.mark_y(index) for index in range(3)] == [1, 201, 401]
    image = bar.grab().toImage()
    page = LIGHT.background.name()
    assert image.pixelColor(3, 201).name() != page
    assert image.pixelColor(3, 300).name() == page


def test_the_current_mark_has_the_colour_of_the_current_hit(bar):
    bar.set_marks(np.array([0.25, 0.75]))
    bar.set_current(1)
    image = bar.grab().toImage()
    assert image.pixelColor(8, 301).name() == LIGHT.current_hit_background.name()
    assert image.pixelColor(8, 101).name() != LIGHT.current_hit_background.name()


def test_a_click_on_a_mark_goes_to_its_hit(qtbot, bar):
    bar.set_marks(np.array([0.5, 0.75, 0.76]))
    with qtbot.waitSignal(bar.hit_clicked) as clicked:
        _click(qtbot, bar, 300)
    assert clicked.args == [1]
    assert bar.value() == 0


def test_a_click_beside_the_marks_scrolls_there(qtbot, bar):
    bar.set_marks(np.array([0.25]))
    with qtbot.assertNotEmitted(bar.hit_clicked):
        _click(qtbot, bar, 201)
    assert 440 <= bar.value() <= 460


def test_the_handle_is_dragged(qtbot, bar):
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    qtbot.mouseMove(bar, QPoint(8, 191))
    assert bar.isSliderDown()
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, 191))
    assert not bar.isSliderDown()
    assert 440 <= bar.value() <= 460


def test_the_handle_stands_for_what_is_in_view(bar):
    assert bar.handle_rect().top() == 0
    assert 39 <= bar.handle_rect().height() <= 41
    bar.setValue(900)
    assert bar.handle_rect().bottom() == pytest.approx(402)


def test_no_handle_where_everything_is_in_view(qtbot, bar):
    bar.setRange(0, 0)
    assert bar.handle_rect().isEmpty()
    bar.set_marks(np.array([0.5]))
    with qtbot.waitSignal(bar.hit_clicked):
        _click(qtbot, bar, 201)


def test_fifty_thousand_marks_are_drawn_row_by_row(bar):
    bar.set_marks(np.linspace(0, 1, 50_000))
    assert bar.mark_at(200) in range(24_000, 26_000)
    assert not bar.grab().isNull()


def test_no_marks_no_hit(bar):
    assert bar.mark_at(10) == -1


def test_colours_change(bar):
    bar.set_colours(DARK)
    bar.setRange(0, 0)
    assert bar.grab().toImage().pixelColor(8, 300).name() == DARK.background.name()


def test_it_is_a_named_scroll_bar(bar):
    accessible = QAccessible.queryAccessibleInterface(bar)
    assert accessible.role() == QAccessible.Role.ScrollBar
    assert accessible.text(QAccessible.Text.Name) == "Position in the text"
