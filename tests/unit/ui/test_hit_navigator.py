import pytest
from PySide6.QtCore import Qt

from incipit.ui.hit_navigator import HitNavigator
from incipit.ui.themes import LIGHT


@pytest.fixture
def navigator(qtbot):
    made = HitNavigator(LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_which_hit_of_which_document(navigator):
    navigator.show_hit(2, 17)
    navigator.show_document_place(5, 214)
    assert navigator.hit_label.text() == "3 of 17"
    assert navigator.hit_label.accessibleName() == "Hit 3 of 17"
    assert navigator.document_label.text() == "document 5 of 214"
    assert navigator.isVisible()


def test_without_a_current_hit_it_counts_them(navigator):
    navigator.show_hit(-1, 17)
    assert navigator.hit_label.text() == "17 hits"
    navigator.show_hit(-1, 1)
    assert navigator.hit_label.text() == "1 hit"


def test_it_says_that_hits_are_still_counted(navigator):
    navigator.show_counting()
    assert navigator.hit_label.text() == "counting hits…"
    assert navigator.hit_label.accessibleName() == "counting hits…"
    assert navigator.isVisible()
    navigator.show_hit(2, 17)
    assert navigator.hit_label.text() == "3 of 17"


def test_it_goes_where_there_is_nothing_to_say(navigator):
    navigator.show_hit(-1, 0)
    navigator.show_document_place(0, 0)
    assert not navigator.isVisible()
    navigator.show_document_place(1, 3)
    assert navigator.isVisible()
    assert not navigator.hit_label.isVisible()


def test_the_buttons_go_on_and_back(qtbot, navigator):
    navigator.show_hit(0, 2)
    with qtbot.waitSignal(navigator.next_wanted):
        qtbot.mouseClick(navigator.next, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(navigator.previous_wanted):
        qtbot.keyClick(navigator.previous, Qt.Key.Key_Space)


def test_the_buttons_have_names(navigator):
    assert navigator.next.accessibleName() == "Next hit"
    assert navigator.previous.accessibleName() == "Previous hit"
