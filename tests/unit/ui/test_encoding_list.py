"""The list offers every encoding, the likely ones first, by keyboard too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from incipit.text.encodings import ENCODINGS
from incipit.ui.encoding_list import AUTOMATIC, EncodingList


@pytest.fixture
def made(qtbot):
    listed = EncodingList(("koi8-r", "windows-1251"), "koi8-r", "windows-1252")
    qtbot.addWidget(listed)
    listed.show()
    return listed


def test_automatic_and_likely_ones_come_first_and_none_is_missing(made):
    names = made.names()
    assert names[:3] == (AUTOMATIC, "koi8-r", "windows-1251")
    assert names[3:] == tuple(encoding.name for encoding in ENCODINGS)


def test_choice_is_announced_once_where_it_stands_first(made, qtbot):
    with qtbot.waitSignal(made.encoding_chosen) as chosen:
        made.choose("windows-1251")
    assert chosen.args == ["windows-1251"]
    assert made.encoding() == "windows-1251"
    assert made.currentRow() == 3


def test_keys_pass_over_the_names_of_groups(made, qtbot):
    made.choose(AUTOMATIC)
    with qtbot.waitSignal(made.encoding_chosen) as chosen:
        qtbot.keyClick(made, Qt.Key.Key_Down)
    assert chosen.args == ["koi8-r"]


def test_words_say_what_is_in_force_and_what_automatic_means(made):
    made.choose("windows-1252")
    assert made.currentItem().text() == "Western European (Windows-1252), as now"
    made.choose(AUTOMATIC)
    assert made.currentItem().text() == "Automatic: Cyrillic (KOI8-R)"
