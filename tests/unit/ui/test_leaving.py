"""Closing the window asks where an import would be broken off, and nowhere else."""

from __future__ import annotations

from incipit.ui.leaving import Leaving


def press(leaving, words):
    (button,) = [each for each in leaving.question.buttons() if each.text() == words]
    button.click()


def test_nothing_is_asked_where_nothing_is_added(window):
    leaving = Leaving(window, lambda: False)

    assert window.close()
    assert leaving.question is None


def test_closing_asks_and_stays_until_answered(window):
    leaving = Leaving(window, lambda: True)

    assert not window.close()
    assert window.isVisible()
    assert leaving.question.isVisible()
    assert leaving.question.defaultButton().text() == "Go On Adding"


def test_window_stays_when_the_import_is_to_go_on(window):
    leaving = Leaving(window, lambda: True)
    window.close()

    press(leaving, "Go On Adding")

    assert leaving.question is None
    assert window.isVisible()
    assert not window.close()  # and asks again the next time
    press(leaving, "Go On Adding")


def test_window_goes_when_that_was_wanted(window, qtbot):
    leaving = Leaving(window, lambda: True)
    window.close()

    press(leaving, "Quit")

    qtbot.waitUntil(lambda: not window.isVisible())


def test_second_closing_asks_no_second_question(window):
    leaving = Leaving(window, lambda: True)
    window.close()
    first = leaving.question

    assert not window.close()
    assert leaving.question is first
    press(leaving, "Go On Adding")


def test_signal_of_the_system_is_not_answered_with_a_question(window):
    leaving = Leaving(window, lambda: True)

    leaving.leave()

    assert not window.isVisible()
    assert leaving.question is None
