"""The theme is the one chosen, or the system's, followed as it changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette

from incipit.ui.theme_switch import ThemeSwitch
from incipit.ui.themes import DARK, LIGHT


class System(QObject):
    """Style hints of a system whose theme the test changes: the offscreen platform has none."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815 - as Qt names it

    def __init__(self):
        super().__init__()
        self._scheme = Qt.ColorScheme.Light

    def colorScheme(self):  # noqa: N802 - as Qt names it
        return self._scheme

    def become(self, scheme):
        self._scheme = scheme
        self.colorSchemeChanged.emit(scheme)


def test_chosen_theme_is_shown(qapp):
    theme = ThemeSwitch(qapp, "dark")
    assert theme.colours is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.window
    theme.dress()
    assert DARK.window.name() in qapp.styleSheet()


def test_choosing_another_announces_its_colours(qapp, qtbot):
    theme = ThemeSwitch(qapp, "dark")
    with qtbot.waitSignal(theme.colours_changed) as changed:
        theme.choose("light")
    assert changed.args == [LIGHT]
    assert theme.choice == "light"


def test_choosing_the_same_again_announces_nothing(qapp, qtbot):
    theme = ThemeSwitch(qapp, "dark")
    with qtbot.assertNotEmitted(theme.colours_changed):
        theme.choose("dark")


def test_system_is_followed_as_it_changes(qapp, qtbot):
    system = System()
    theme = ThemeSwitch(qapp, "system", system)
    assert theme.colours is LIGHT
    with qtbot.waitSignal(theme.colours_changed):
        system.become(Qt.ColorScheme.Dark)
    assert theme.colours is DARK


def test_system_is_ignored_once_a_theme_is_chosen(qapp, qtbot):
    system = System()
    theme = ThemeSwitch(qapp, "light", system)
    with qtbot.assertNotEmitted(theme.colours_changed, wait=20):
        system.become(Qt.ColorScheme.Dark)
