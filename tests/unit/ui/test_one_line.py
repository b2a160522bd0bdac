"""A line of widgets never wraps: what has no room is hidden, from the end."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from incipit.ui.one_line import OneLine


@pytest.fixture
def labels():
    made = [QLabel(text) for text in ("first", "second", "third", "right one", "right two")]
    for label in made:
        label.setFixedWidth(100)
    return made


@pytest.fixture
def line(labels, qtbot):
    made = OneLine(labels[:3], labels[3:])
    qtbot.addWidget(made)
    made.resize(600, 40)
    made.show()
    return made


def shown(labels):
    return [label.text() for label in labels if label.isVisible()]


def test_nothing_is_shown_until_it_is_wanted(line, labels):
    assert line.isVisible()
    assert shown(labels) == []


def test_all_are_shown_where_there_is_room(line, labels):
    line.set_wanted(labels)
    assert len(shown(labels)) == 5
    assert labels[0].x() == 0
    assert labels[4].geometry().right() == line.width() - 1


def test_right_goes_before_left_does(line, labels):
    line.resize(420, 40)
    line.set_wanted(labels)
    assert shown(labels) == ["first", "second", "third"]


def test_what_had_no_room_comes_back(line, labels):
    line.set_wanted(labels)
    line.resize(210, 40)
    assert shown(labels) == ["first", "second"]
    line.resize(600, 40)
    assert len(shown(labels)) == 5


def test_what_is_not_wanted_leaves_no_gap(line, labels):
    line.set_wanted([labels[1], labels[3]])
    assert shown(labels) == ["second", "right one"]
    assert labels[1].x() == 0


def test_line_keeps_its_height_when_nothing_is_shown(line, labels):
    before = line.sizeHint().height()
    line.set_wanted(labels)
    assert line.sizeHint().height() == before > 0
