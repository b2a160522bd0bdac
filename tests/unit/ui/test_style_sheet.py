"""The style sheet names no colour of its own, and Qt understands all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionFrame,
    QTableWidget,
    QTableWidgetItem,
)

from incipit.ui.style_sheet import style_sheet
from incipit.ui.themes import DARK, LIGHT


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_every_colour_comes_from_the_theme(colours):
    own = {getattr(colours, name).name() for name in colours.__slots__[2:]}
    assert set(re.findall(r"#[0-9a-fA-F]{6}", style_sheet(colours))) <= own
    assert "$" not in style_sheet(colours)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_every_picture_is_there(colours):
    found = re.findall(r'url\("([^"]+)"\)', style_sheet(colours))
    assert found
    assert all(Path(path).is_file() for path in found)


def test_what_is_typed_in_a_cell_can_be_seen(qtbot):
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setStyleSheet(style_sheet(LIGHT))
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 12)
    table.setItem(0, 0, QTableWidgetItem("words"))
    table.show()
    table.editItem(table.item(0, 0))
    editor = table.findChild(QLineEdit)
    option = QStyleOptionFrame()
    editor.initStyleOption(option)
    seen = editor.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, editor)
    assert seen.height() >= editor.fontMetrics().height()


def test_qt_understands_the_sheet(qtbot):
    # A mistake in a sheet is a warning of Qt, and warnings fail tests.
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.setStyleSheet(style_sheet(LIGHT))
    button.setProperty("role", "primary")
    button.show()
    assert LIGHT.accent.name() == button.grab().toImage().pixelColor(20, 4).name()
