"""A notice tells one thing and offers one thing; a newer one takes its place."""

from __future__ import annotations

import pytest

from incipit.ui.notice_bar import NoticeBar
from incipit.ui.themes import DARK, LIGHT


@pytest.fixture
def bar(qtbot):
    made = NoticeBar(LIGHT)
    qtbot.addWidget(made)
    return made


def test_nothing_is_told_at_first(bar):
    assert bar.text() == ""
    assert bar.isHidden()


def test_action_is_done_once_and_ends_the_notice(bar):
    done = []
    bar.tell("Removed", action="Undo", act=lambda: done.append("undone"))
    assert bar.text() == "Removed"
    bar.act()
    bar.act()
    assert done == ["undone"]
    assert bar.text() == ""


def test_newer_notice_takes_the_place(bar):
    done = []
    bar.tell("One", action="Act", act=lambda: done.append(1))
    bar.tell("Two", action="Act", act=lambda: done.append(2))
    bar.act()
    assert done == [2]


def test_action_may_tell_the_next_thing(bar):
    bar.tell("One", action="Act", act=lambda: bar.tell("Two"))
    bar.act()
    assert bar.text() == "Two"


def test_error_looks_like_one(bar):
    bar.tell("fine")
    bar.resize(400, 40)
    assert bar.property("kind") == "plain"
    bar.tell("broken", kind="error")
    assert bar.property("kind") == "error"
    bar.set_colours(DARK)


def test_dismissed_notice_is_gone(bar):
    bar.tell("One")
    bar.dismiss()
    assert bar.text() == ""


def test_notice_is_plain_text_and_spoken(bar):
    bar.tell("<b>x</b>")
    assert bar.accessibleName() == "<b>x</b>"
    assert bar.sizeHint().width() > 0
