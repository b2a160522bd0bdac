"""Keys are chosen by menu, by word and step by step."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton

from incipit.analysis.sorting import IN_ORDER, LineKey
from incipit.ui.sort_chooser import SortChooser, name_of
from incipit.ui.themes import DARK, LIGHT

L1, L2, R1, R2, HIT = LineKey.L1, LineKey.L2, LineKey.R1, LineKey.R2, LineKey.HIT


@pytest.fixture
def chooser(qtbot):
    made = SortChooser(LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def buttons(chooser):
    return [one for one in chooser.findChildren(QToolButton) if one.isVisible()]


def choose(chooser, place, name):
    (action,) = (one for one in chooser.menu_of(place).actions() if one.text() == name)
    action.trigger()


def test_it_begins_in_the_order_of_documents(chooser):
    assert chooser.keys == IN_ORDER
    assert [one.text() for one in buttons(chooser)] == ["document", "position", "no more"]


def test_menus_choose_each_key(chooser, qtbot):
    with qtbot.waitSignal(chooser.keys_changed) as came:
        choose(chooser, 0, "1 right")
    assert came.args == [(R1, LineKey.POSITION)]
    choose(chooser, 1, "2 left")
    choose(chooser, 2, "the hit")
    assert chooser.keys == (R1, L2, HIT)
    choose(chooser, 1, "no more")
    assert chooser.keys == (R1,)
    assert [one.text() for one in buttons(chooser)] == ["1 right", "no more"]


def test_a_key_is_not_chosen_twice(chooser):
    chooser.set_keys((R1, L1))
    choose(chooser, 0, "1 left")
    assert chooser.keys == (L1,)


def test_a_word_comes_first_before_the_words_of_before(chooser):
    chooser.put_first(R1)
    assert chooser.keys == (R1,)
    chooser.put_first(L1)
    assert chooser.keys == (L1, R1)


def test_steps_go_along_the_line_and_stop_at_its_ends(chooser):
    chooser.go_along(1)
    assert chooser.keys[0] is R1
    chooser.go_along(1)
    assert chooser.keys[0] is R2
    for _ in range(20):
        chooser.go_along(-1)
    assert chooser.keys[0] is LineKey.L5


def test_nothing_is_announced_where_nothing_changes(chooser, qtbot):
    with qtbot.assertNotEmitted(chooser.keys_changed):
        chooser.set_keys(IN_ORDER)
        chooser.set_keys((R1,), announce=False)


def test_buttons_have_names_and_the_colours_of_the_words(chooser):
    assert buttons(chooser)[0].accessibleName() == "Sorted first by document"
    chooser.set_colours(DARK)
    assert DARK.sort_first.name() in buttons(chooser)[0].styleSheet()


def test_every_key_has_a_name():
    assert len({name_of(key) for key in (*LineKey, None)}) == len(LineKey) + 1
