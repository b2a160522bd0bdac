"""The line under the search bar says what was searched and offers ways on, each a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from incipit.models import Completion, QueryPart, Suggestion
from incipit.ui.query_summary import QuerySummary


@pytest.fixture
def line(qtbot):
    made = QuerySummary()
    qtbot.addWidget(made)
    made.resize(1200, 40)
    made.show()
    return made


def buttons(line):
    return [button for button in line.findChildren(QPushButton) if button.isVisible()]


def labels(line):
    return [label.text() for label in line.findChildren(QLabel) if label.isVisible()]


def press(qtbot, line, begins):
    button = next(button for button in buttons(line) if button.text().startswith(begins))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


PARTS = (QueryPart("turkey", "sanctions"), QueryPart("sanctions", "turkey"))


def test_hint_says_what_can_be_typed(line):
    assert labels(line)[0].startswith("Try ")
    assert buttons(line) == []


def test_part_is_turned_off_by_a_click(line, qtbot):
    line.show_query(PARTS)
    assert [button.text() for button in buttons(line)] == ["turkey  ×", "sanctions  ×"]
    with qtbot.waitSignal(line.part_left_out) as chosen:
        press(qtbot, line, "turkey")
    assert chosen.args[1:] == ["sanctions"]


def test_only_part_cannot_be_turned_off(line, qtbot):
    line.show_query(PARTS[:1])
    assert buttons(line)[0].text() == "turkey"
    with qtbot.assertNotEmitted(line.part_left_out):
        press(qtbot, line, "turkey")


def test_filter_can_always_be_turned_off_and_looks_like_one(line, qtbot):
    line.show_query([QueryPart("name has “deal”", "", is_filter=True)])
    assert buttons(line)[0].property("role") == "filter"
    with qtbot.waitSignal(line.part_left_out) as chosen:
        press(qtbot, line, "name has “deal”  ×")
    assert chosen.args[1:] == [""]
    line.show_query(PARTS)
    assert buttons(line)[0].property("role") == "chip"


def test_part_that_was_left_out_is_offered_until_the_next_query(line, qtbot):
    line.show_query(PARTS[:1])
    line.show_left_out("sanctions")
    back = next(b for b in line.findChildren(QPushButton) if b.text() == "+  sanctions")
    assert back.isVisible()
    assert back.accessibleName() == "Put sanctions back"
    with qtbot.waitSignal(line.put_back):
        qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    line.show_query(PARTS)
    assert not back.isVisible()


def test_note_is_shown_whole(line):
    line.show_query(PARTS, ["A ( is not closed.", "Another mistake."])
    assert "A ( is not closed. Another mistake." in labels(line)


def test_phrase_is_offered_until_the_next_query(line, qtbot):
    line.show_query(PARTS)
    line.show_offer(Suggestion('"s 400"', 'as a phrase: "s 400"', 1))
    with qtbot.waitSignal(line.query_chosen) as chosen:
        press(qtbot, line, 'as a phrase: "s 400" (1 document)')
    assert chosen.args == ['"s 400"']
    line.show_query(PARTS)
    assert len(buttons(line)) == 2


def test_completions_come_with_counts(line, qtbot):
    line.show_completions([Completion("sanctions", 1900), Completion("sandy", 14)])
    texts = [button.text() for button in buttons(line)]
    assert [text.split()[0] for text in texts] == ["sanctions", "sandy"]
    assert buttons(line)[1].accessibleName() == "Complete to sandy, in 14 documents"
    with qtbot.waitSignal(line.completion_chosen) as chosen:
        press(qtbot, line, "sandy")
    assert chosen.args == ["sandy"]
    line.show_completions(())
    assert buttons(line) == []


def test_completions_give_way_to_what_was_searched(line):
    line.resize(320, 40)
    line.show_query(PARTS)
    line.show_completions([Completion("sanctions", 19), Completion("sandy", 14)])
    assert [button.text() for button in buttons(line)][:2] == ["turkey  ×", "sanctions  ×"]
    assert all(button.geometry().right() < 320 for button in buttons(line))


def test_more_parts_than_there_is_room_for_are_no_error(line):
    line.show_query([QueryPart(f"word{number}", "") for number in range(30)])
    assert buttons(line)


def test_ampersand_is_shown_as_it_is(line):
    line.show_query([QueryPart("a & b", "a"), QueryPart("b", "b")])
    assert buttons(line)[0].text().startswith("a && b")
