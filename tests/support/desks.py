"""Desks, which are what a launch of the program makes, for tests; each is cleared away."""

from __future__ import annotations

import pytest

from incipit import paths
from incipit.app.crash import CrashHook
from incipit.app.single_instance import SingleInstance
from incipit.app.wiring import Desk
from incipit.services.settings import SettingsFile


@pytest.fixture
def make_desk(qapp, qtbot):
    """Return a function that makes a desk as a launch of the program does."""
    made = []

    def make():
        instance = SingleInstance()
        desk = Desk(
            qapp, SettingsFile(paths.settings_file()), instance, CrashHook(paths.log_folder())
        )
        desk.setParent(None)
        qtbot.addWidget(desk.window)
        made.append((desk, instance))
        return desk

    yield make
    for desk, instance in made:
        if desk.window.isVisible():
            desk.leaving.leave()
        instance.release()
        desk.bridge.close()


@pytest.fixture
def begin(make_desk, qtbot):
    """Return a function that opens a library on a new desk and waits until it is there."""

    def begin_desk(folder, given=()):
        desk = make_desk()
        desk.begin(folder, list(given))
        qtbot.waitUntil(lambda: desk.window.library is not None)
        return desk

    return begin_desk
