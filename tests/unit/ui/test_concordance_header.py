"""The heads stand above their columns and sort by them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from incipit.analysis.sorting import IN_ORDER, LineKey, parse_keys
from incipit.ui.concordance_header import ConcordanceHeader


@pytest.fixture
def header(qtbot):
    made = ConcordanceHeader()
    qtbot.addWidget(made)
    made.resize(900, made.sizeHint().height())
    made.show()
    made.set_places(300, 650)
    return made


def test_each_column_sorts_by_mouse_and_keyboard(header, qtbot):
    came = []
    header.order_wanted.connect(came.append)
    for button in header.buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert came == [*map(parse_keys, ("L1,L2,L3", "hit,R1,R2", "R1,R2,R3")), IN_ORDER]
    header.buttons[0].setFocus()
    qtbot.keyClick(header.buttons[0], Qt.Key.Key_Space)
    assert came[-1] == came[0]


@pytest.mark.parametrize(
    ("first", "column"),
    [("L4", 0), ("hit", 1), ("R2", 2), ("document", 3), ("position", 3), ("random", None)],
)
def test_the_column_of_the_first_key_is_marked(header, qtbot, first, column):
    header.set_keys((LineKey(first), LineKey.L5))
    # A click alone marks nothing: the lines are not there yet.
    qtbot.mouseClick(header.buttons[0], Qt.MouseButton.LeftButton)
    marked = [place for place, button in enumerate(header.buttons) if button.isChecked()]
    assert marked == ([] if column is None else [column])


def test_heads_follow_their_columns(header):
    left, hit, right, document = header.buttons
    assert left.geometry().right() <= hit.geometry().left() < 300 < hit.geometry().right()
    assert right.geometry().left() > hit.geometry().right() - 1
    assert document.x() == 650
    header.set_places(100, 900)
    assert hit.x() < 100
    assert not document.isVisible()
    header.set_places(10, 900)
    assert left.x() == 0
    assert hit.geometry().left() > left.geometry().right() - 1


def test_each_has_a_name_that_says_what_it_does(header):
    names = [
        QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
        for button in header.buttons
    ]
    assert len(set(names)) == 4
    assert all(name.startswith("Sort by ") for name in names)
