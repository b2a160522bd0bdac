"""The program as a person has it: a real window, a real library, real processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import begin, make_desk
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

__all__ = ["begin", "corpus", "make_desk", "person"]

JOB_MS = 120_000
_COPY_OR_MOVE = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


@pytest.fixture
def corpus():
    """Return a function from a corpus's name to its folder beside the repository."""

    def find(name):
        folder = Path(__file__).resolve().parents[3] / "shared" / "corpora" / name
        if not folder.is_dir():
            pytest.skip(f"the corpus {name} is not beside the repository")
        return folder

    return find


class Person:
    """Does with a window what hands do, and sees of it what eyes see."""

    def __init__(self, desk, qtbot):
        self.desk = desk
        self.window = desk.window
        self.qtbot = qtbot

    def drops(self, *paths):
        """Drag files over the window and let go; return the action that was taken."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(50, 50), _COPY_OR_MOVE, data, button, keys)
        QApplication.sendEvent(self.window, enter)
        assert self.window.overlay.text(), "what a drop will do is said before it is done"
        drop = QDropEvent(QPointF(50, 50), _COPY_OR_MOVE, data, button, keys)
        QApplication.sendEvent(self.window, drop)
        assert self.window.overlay.text() == ""
        return drop.dropAction()

    def waits_for_the_import(self):
        self.waits(lambda: not self.window.imports.busy)

    def waits(self, condition):
        self.qtbot.waitUntil(condition, timeout=JOB_MS)

    def types(self, query):
        """Type a query, a key at a time, and wait for its own results."""
        self.window.search_bar.focus()
        field = self.window.search_bar.findChild(QLineEdit)
        field.clear()
        for character in query:
            field.insert(character)
            QApplication.processEvents()
        view = self.window.documents
        self.waits(lambda: self.result() is not None and self.result().request.query == query)
        if self.result().document_ids.size:
            self.waits(
                lambda: (
                    view.reading.wanted_id is not None
                    and self.window.pane.document is not None
                    and self.window.pane.document.id == view.reading.wanted_id
                )
            )

    def presses(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def result(self):
        return self.window.documents.documents.model.result

    def titles(self):
        model = self.window.documents.documents.model
        self.waits(lambda: all(model.row_at(r) for r in range(min(model.rowCount(), 10))))
        return [model.row_at(row).document.title for row in range(min(model.rowCount(), 10))]

    def reads(self):
        document = self.window.pane.document
        return None if document is None else document.name

    def lit(self):
        """Return what is lit in the page, in order, and which of it is lit as the current hit."""
        colours = self.desk.theme.colours
        found, current = [], []
        block = self.window.pane.view.document().begin()
        while block.isValid():
            units = block.text().encode("utf-16-le")
            for part in sorted(block.layout().formats(), key=lambda part: part.start):
                background = part.format.background().color()
                text = units[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le")
                if background in (colours.hit_background, colours.current_hit_background):
                    found.append(text)
                if background == colours.current_hit_background:
                    current.append(text)
            block = block.next()
        return found, current


@pytest.fixture
def person(begin, qtbot, tmp_path):
    """Return a function that seats a person before a window of the library ``name``."""

    def sit_down(name="library", given=()):
        return Person(begin(tmp_path / name, given), qtbot)

    return sit_down
