"""Back and forward through what was read."""

from __future__ import annotations

import pytest

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.reading_control import ReadingControl
from incipit.ui.reading_history import ReadingHistory
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.themes import LIGHT


class Desk:
    """A page with its history, returning as the window does."""

    def __init__(self, bridge, library, qtbot):
        self.qtbot = qtbot
        self.pane = ReadingPane(ReadingAppearance(), LIGHT)
        qtbot.addWidget(self.pane)
        self.pane.show()
        self.reading = ReadingControl(bridge, self.pane)
        self.history = ReadingHistory(self.reading)
        self.visits = []
        self.history.wanted.connect(self._return)
        self.reading.attach(library)

    def _return(self, visit):
        self.visits.append(visit)
        self.reading.open_document(visit.document_id, "", visit.position_cp or 0)

    def read(self, *ids):
        for document_id in ids:
            with self.qtbot.waitSignal(self.reading.opened):
                self.reading.open_document(document_id, "")

    def go(self, action):
        with self.qtbot.waitSignal(self.reading.opened):
            action.trigger()
        return self.pane.document.id

    def can_go(self):
        return self.history.back.isEnabled(), self.history.forward.isEnabled()


@pytest.fixture
def desk(bridge, library, qtbot):
    made = Desk(bridge, library, qtbot)
    yield made
    made.reading.detach()


def test_back_and_forward_go_through_what_was_read(desk):
    assert desk.can_go() == (False, False)
    desk.read(1, 2, 3)

    assert desk.can_go() == (True, False)
    assert desk.go(desk.history.back) == 2
    assert desk.go(desk.history.back) == 1
    assert desk.can_go() == (False, True)
    assert desk.go(desk.history.forward) == 2


def test_another_way_leaves_behind_what_was_ahead(desk):
    desk.read(1, 2)
    desk.go(desk.history.back)
    desk.read(3)

    assert desk.can_go() == (True, False)
    assert desk.go(desk.history.back) == 1


def test_reading_the_same_again_is_one_visit(desk):
    desk.read(1, 2)
    with desk.qtbot.waitSignal(desk.reading.opened):
        desk.reading.open_document(2, "", 5)

    assert desk.go(desk.history.back) == 1
    assert desk.can_go() == (False, True)


def test_the_place_in_the_text_comes_back(desk):
    desk.read(1, 2)
    desk.reading.moved.emit(2, 17)
    desk.reading.moved.emit(1, 99)
    desk.go(desk.history.back)
    desk.go(desk.history.forward)

    assert [(visit.document_id, visit.position_cp) for visit in desk.visits][-1] == (2, 17)


def test_what_is_gone_is_left_out(desk, library, qtbot):
    desk.read(1, 2, 3)
    library.remove([2])
    with qtbot.waitSignal(desk.reading.failed):
        desk.history.back.trigger()

    assert desk.go(desk.history.forward) == 3
    assert desk.can_go() == (True, False)
    assert desk.go(desk.history.back) == 1


def test_nothing_is_remembered_of_another_library(desk):
    desk.read(1, 2)

    desk.history.clear()

    assert desk.can_go() == (False, False)
    desk.read(3)
    assert desk.can_go() == (False, False)


def test_keys(desk):
    keys = {key.toString() for key in desk.history.back.shortcuts()}

    assert "Alt+Left" in keys
    assert "Alt+Right" in {key.toString() for key in desk.history.forward.shortcuts()}
