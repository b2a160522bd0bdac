"""Files dragged over the window are announced, dropped as a copy, and never moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from incipit.ui.drop_overlay import DropOverlay
from incipit.ui.themes import DARK, LIGHT

BOTH = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
NO_BUTTON = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.setAcceptDrops(True)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


@pytest.fixture
def overlay(window):
    made = DropOverlay(window, LIGHT)
    made.set_open(True)
    return made


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def send(window, event):
    QApplication.sendEvent(window, event)
    return event


def enter(window, data):
    return send(window, QDragEnterEvent(QPoint(9, 9), BOTH, data, NO_BUTTON, NO_KEY))


def drop(window, data):
    event = QDropEvent(QPointF(9, 9), BOTH, data, NO_BUTTON, NO_KEY)
    event.setDropAction(Qt.DropAction.MoveAction)
    return send(window, event)


def test_one_file_is_announced_by_its_name(window, overlay):
    event = enter(window, files("/a/news"))
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert overlay.text() == "Add “news” to the library"
    assert overlay.geometry() == window.rect()


def test_several_are_counted(window, overlay):
    enter(window, files("/a/b.txt", "/a/c.txt", "/a/d"))
    assert overlay.text() == "Add 3 files and folders to the library"


def test_drop_is_a_copy_whatever_was_proposed(window, overlay, qtbot):
    data = files("/a/b.txt", "/a/c")
    enter(window, data)
    with qtbot.waitSignal(overlay.dropped) as dropped:
        event = drop(window, data)
    assert dropped.args == [[Path("/a/b.txt"), Path("/a/c")]]
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert overlay.text() == ""


def test_moving_on_stays_a_copy(window, overlay):
    data = files("/a/b.txt")
    enter(window, data)
    event = send(window, QDragMoveEvent(QPoint(20, 20), BOTH, data, NO_BUTTON, NO_KEY))
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert overlay.text()


def test_leaving_takes_the_overlay_away(window, overlay):
    enter(window, files("/a/b.txt"))
    send(window, QDragLeaveEvent())
    assert overlay.text() == ""


def test_drop_whose_source_is_gone_takes_the_overlay_away(window, overlay, qtbot):
    enter(window, files("/a/b.txt"))
    with qtbot.assertNotEmitted(overlay.dropped):
        drop(window, QMimeData())
    assert not overlay.text()


def test_text_is_no_file(window, overlay, qtbot):
    data = QMimeData()
    data.setText("words")
    with qtbot.assertNotEmitted(overlay.dropped):
        assert not enter(window, data).isAccepted()
        assert not drop(window, data).isAccepted()


def test_without_a_library_nothing_is_taken(window, overlay):
    overlay.set_open(False)
    assert not enter(window, files("/a/b.txt")).isAccepted()


def test_read_only_library_says_so(window, overlay):
    overlay.set_open(True, read_only=True)
    enter(window, files("/a/b.txt"))
    assert overlay.text() == "This library can only be read"


def test_overlay_follows_the_window_and_the_theme(window, overlay):
    enter(window, files("/a/b.txt"))
    window.resize(700, 500)
    assert overlay.geometry() == window.rect()
    light = overlay.grab().toImage()
    overlay.set_colours(DARK)
    overlay.update()
    assert overlay.grab().toImage() != light
