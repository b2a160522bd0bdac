"""Documents of the list can be copied, cited, opened and removed."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from incipit.models import SearchRequest, SortKey
from incipit.ui.document_actions import DocumentActions, citation, url_of

NEVER = threading.Event()


class Opener(QObject):
    """Takes the place of the programs that the system would open files with."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def take(self, url):
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener():
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "take")
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def acts(library, bridge):
    made = DocumentActions(bridge)
    made.attach(library)
    return made


@pytest.fixture
def ids(library):
    request = SearchRequest(sort=SortKey.NAME, descending=False)
    return library.search(request, NEVER).document_ids


def test_texts_are_copied_as_plain_text(acts, ids, qtbot):
    with qtbot.waitSignal(acts.told) as told:
        acts.copy_texts(ids[:2])
    assert told.args == ["Copied the text of 2 documents"]
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("The first letter\n\nA letter about")
    assert "\n\nThe second letter" in copied


def test_citations_are_copied_a_line_each(acts, ids, library, qtbot):
    with qtbot.waitSignal(acts.told):
        acts.copy_citations(ids)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [citation(library.document(int(key))) for key in ids]
    assert lines[0].startswith("The first letter (")


def test_original_is_opened(acts, ids, library, opener, qtbot):
    acts.open_originals(ids[:1])
    qtbot.waitUntil(lambda: bool(opener.opened))
    assert opener.opened == [Path(library.document(int(ids[0])).path)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems point at the file itself")
def test_folder_is_shown(acts, ids, library, opener, qtbot):
    acts.show_in_folder(ids[:1])
    qtbot.waitUntil(lambda: bool(opener.opened))
    assert opener.opened == [Path(library.document(int(ids[0])).folder)]


def test_original_that_is_gone_is_said_to_be(acts, bridge, ids, library, opener, qtbot):
    Path(library.document(int(ids[0])).path).unlink()
    with qtbot.waitSignal(bridge.failed) as failed:
        acts.open_originals(ids[:1])
    assert failed.args[0].code == "gone"
    assert opener.opened == []


def entries(menu):
    return {action.text(): action for action in menu.actions() if action.text()}


def test_menu_of_one_document(acts, ids, window, qtbot):
    menu = entries(acts.menu(ids[:1], window))
    assert list(menu) == [
        "Open Original",
        "Show in Folder",
        "Copy Text",
        "Copy Citation",
        "Tags…",
        "Remove from Library",
    ]
    assert all(action.isEnabled() for action in menu.values())
    with qtbot.waitSignal(acts.tags_wanted) as tagged:
        menu["Tags…"].trigger()
    assert np.array_equal(tagged.args[0], ids[:1])
    with qtbot.waitSignal(acts.removal_wanted) as wanted:
        menu["Remove from Library"].trigger()
    assert np.array_equal(wanted.args[0], ids[:1])


def test_menu_of_several_documents_opens_none_of_them(acts, ids, window):
    menu = entries(acts.menu(ids, window))
    assert not menu["Open Original"].isEnabled()
    assert menu["Copy Texts"].isEnabled()
    assert menu["Remove 3 documents from Library"].isEnabled()


def test_read_only_library_removes_nothing(bridge, read_only_library, window):
    acts = DocumentActions(bridge)
    acts.attach(read_only_library)
    menu = entries(acts.menu(np.array([1]), window))
    assert not menu["Remove from Library"].isEnabled()
    assert not menu["Tags…"].isEnabled()


def test_menu_pops_up_at_its_place(acts, ids, window):
    acts.pop_up(ids, QPoint(20, 20), window)
    menu = window.findChild(QMenu)
    assert menu.isVisible()
    menu.close()


@pytest.mark.skipif(os.name != "posix", reason="names are text on Windows")
def test_url_keeps_names_that_are_not_utf8():
    assert (
        url_of(Path(os.fsdecode(b"/a/caf\xe9 %.txt"))).toEncoded() == b"file:///a/caf%E9%20%25.txt"
    )
