"""What is chosen in the View menu is shown, and stands in the settings."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QMenuBar

from incipit.services.settings import Settings
from incipit.ui.appearance_choice import AppearanceChoice, appearance_of
from incipit.ui.menus import Menus
from incipit.ui.reading_pane import ReadingPane
from incipit.ui.theme_switch import ThemeSwitch
from incipit.ui.themes import LIGHT


@pytest.fixture
def theme(qapp):
    return ThemeSwitch(qapp, "light")


@pytest.fixture
def menus(qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    return Menus(bar, QMenu("Sort", bar))


@pytest.fixture
def pane(qtbot):
    made = ReadingPane(appearance_of(Settings(measure_chars=55)), LIGHT)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def choice(menus, pane, theme):
    return AppearanceChoice(menus, pane, theme)


def test_settings_become_an_appearance():
    made = appearance_of(Settings(reading_font="sans", zoom_percent=150, measure_chars=90))
    assert (made.font, made.zoom_percent, made.measure_chars) == ("sans", 150, 90)


@pytest.mark.parametrize(
    ("signal", "value", "setting"),
    [
        ("theme_chosen", "dark", "theme"),
        ("font_chosen", "sans", "reading_font"),
        ("measure_chosen", 90, "measure_chars"),
    ],
)
def test_choice_is_carried_out_and_can_be_saved(choice, menus, qtbot, signal, value, setting):
    with qtbot.waitSignal(choice.changed):
        getattr(menus, signal).emit(value)
    assert getattr(choice.applied_to(Settings()), setting) == value


def test_zoom_of_the_page_is_saved(choice, pane, qtbot):
    with qtbot.waitSignal(choice.changed):
        pane.zoom_in()
    assert choice.applied_to(Settings()).zoom_percent > 100
