"""What is told in the notice, the way back it offers, and whose fault a problem is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from incipit.errors import BugError, UserError
from incipit.models import Removal
from incipit.ui.notice_bar import NoticeBar
from incipit.ui.themes import LIGHT
from incipit.ui.window_notices import WindowNotices


@pytest.fixture
def bar(qtbot):
    made = NoticeBar(LIGHT)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def notices(bar):
    return WindowNotices(bar)


def test_user_errors_are_told_and_faults_are_reported(notices, bar, qtbot):
    notices.show_problem(UserError("It is full.", advice="Make room.", subject="/a"))
    assert bar.text() == "/a: It is full. Make room."
    notices.show_problem(OSError("no such thing"))
    assert bar.text() == "no such thing"
    with qtbot.waitSignal(notices.broke) as broke:
        notices.show_problem(BugError("ours"))
    assert str(broke.args[0]) == "ours"
    assert bar.text() == "no such thing"


def test_what_was_done_can_be_taken_back(notices, bar):
    undone = []
    removal = Removal(1, 3, datetime.now(UTC))
    notices.tell_removed(removal, lambda: undone.append(removal))
    assert bar.text() == "Removed 3 documents from the library. The files are untouched."
    bar.act()
    assert undone == [removal]
    notices.tell_restored(3)
    assert bar.text() == "Brought 3 documents back."


def test_report_is_a_click_away(notices, bar):
    shown = []
    notices.tell_report("3 added", lambda: shown.append(True))
    bar.act()
    assert shown == [True]
