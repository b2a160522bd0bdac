"""A line opens its hit on the page, and a hit on the page selects its line."""

from __future__ import annotations

import pytest

from incipit.ui.appearance import ReadingAppearance
from incipit.ui.concordance_view import ConcordanceView
from incipit.ui.line_reading import LineReading
from incipit.ui.reading_control import ReadingControl
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.themes import LIGHT


class Desk:
    """A concordance and a page, joined."""

    def __init__(self, bridge, library, qtbot):
        self.pane = ReadingPane(ReadingAppearance(), LIGHT)
        self.view = ConcordanceView(bridge, LIGHT)
        for widget in (self.pane, self.view):
            qtbot.addWidget(widget)
            widget.show()
        self.reading = ReadingControl(bridge, self.pane)
        self.opening = []
        self.joined = LineReading(self.view, self.reading, self.pane, self.opening.append)
        self.reading.attach(library)
        self.view.attach(library)

    def at(self):
        shown = self.pane.document
        return None if shown is None else (shown.name, self.pane.current_hit)


@pytest.fixture
def desk(bridge, library, qtbot):
    made = Desk(bridge, library, qtbot)
    with qtbot.waitSignal(made.view.listed):
        made.view.show_query("harbour", is_new=True)
        made.view.set_active(True)
    qtbot.waitUntil(lambda: made.at() == ("alpha.txt", 0))
    yield made
    made.view.attach(None)
    made.reading.detach()


def test_a_line_shows_its_hit_in_the_same_document_and_in_another(desk, qtbot):
    desk.view.list.go_to(1)
    assert desk.at() == ("alpha.txt", 1)
    desk.view.list.go_to(2)
    qtbot.waitUntil(lambda: desk.at() == ("gamma.txt", 0))
    desk.view.list.go_to(1)
    qtbot.waitUntil(lambda: desk.at() == ("alpha.txt", 1))
    assert len(desk.opening) == 4
    assert desk.view.list.current_row() == 1


def test_going_on_in_the_page_selects_the_line(desk):
    desk.pane.next_hit()
    assert desk.view.list.current_row() == 1
    desk.pane.previous_hit()
    assert desk.view.list.current_row() == 0


def test_a_page_that_fails_leaves_the_page_leading(desk, qtbot):
    with qtbot.waitSignal(desk.reading.failed):
        desk.view.line_opened.emit(9999, 0)
    qtbot.waitUntil(lambda: desk.at() == ("alpha.txt", 0))
    desk.pane.show_hit(1)
    assert desk.view.list.current_row() == 1
