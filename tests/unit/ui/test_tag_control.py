"""Tagging documents of a library, and taking it back."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from incipit.models import SearchRequest
from incipit.ui.tag_control import TagControl
from incipit.ui.tags_dialog import TagsDialog

IDS = np.array([1, 2])
NEVER = threading.Event()


@pytest.fixture
def tags(bridge, library, window):
    made = TagControl(bridge, window)
    made.attach(library)
    yield made
    made.attach(None)


def opened(tags, window, qtbot):
    tags.ask(IDS)
    qtbot.waitUntil(lambda: window.findChild(TagsDialog) is not None)
    return window.findChild(TagsDialog)


def found(library, query):
    return library.search(SearchRequest(query), NEVER).document_ids.tolist()


def test_tagged_documents_are_found_by_their_tag(tags, library, window, qtbot):
    dialog = opened(tags, window, qtbot)
    dialog.field.setText("to read")
    with qtbot.waitSignal(tags.changed) as changed:
        dialog.apply.click()

    assert changed.args[0] == "Tagged 2 documents with to read."
    assert sorted(found(library, 'tag:"to read"')) == [1, 2]
    assert library.tags_of(1) == ("to read",)


def test_a_change_is_taken_back(tags, library, window, qtbot):
    library.change_tags([1], ["old"], [])
    dialog = opened(tags, window, qtbot)
    dialog.list.item(0).setCheckState(dialog.list.item(0).checkState().Unchecked)
    with qtbot.waitSignal(tags.changed) as changed:
        dialog.apply.click()
    assert changed.args[0] == "Took old off 2 documents."
    assert library.tag_counts_among([1, 2]) == {}

    with qtbot.waitSignal(tags.undone):
        tags.undo(changed.args[1])

    assert library.tags_of(1) == ("old",)
    assert library.tags_of(2) == ()


def test_one_dialog_at_a_time_and_none_without_documents(tags, window, qtbot):
    tags.ask(IDS[:0])
    dialog = opened(tags, window, qtbot)
    tags.ask(IDS)
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(TagsDialog) is None)

    assert opened(tags, window, qtbot) is not None
