"""The watch tells counts, and when another process has changed the library."""

from __future__ import annotations

import pytest

from incipit.ui.library_watch import LibraryWatch


@pytest.fixture
def watch(empty_library, bridge, qtbot):
    made = LibraryWatch(bridge)
    with qtbot.waitSignal(made.status_came) as came:
        made.attach(empty_library)
    assert came.args[0].documents == 0
    yield made
    made.attach(None)


def look(watch, bridge, qtbot):
    done = []
    watch.look()
    bridge.run_after_all(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))


def test_what_another_connection_added_is_noticed(watch, bridge, empty_library, fill, qtbot):
    look(watch, bridge, qtbot)
    fill(empty_library.folder)
    with qtbot.waitSignal(watch.changed):
        watch.look()
    with qtbot.waitSignal(watch.status_came) as came:
        watch.ask_status()
    assert came.args[0].searchable == 3


def test_nothing_is_told_where_nothing_changed(watch, bridge, qtbot):
    with qtbot.assertNotEmitted(watch.changed):
        look(watch, bridge, qtbot)
        look(watch, bridge, qtbot)


def test_detached_watch_asks_nothing(watch, qtbot):
    watch.attach(None)
    with qtbot.assertNotEmitted(watch.status_came, wait=30):
        watch.ask_status()
        watch.look()
