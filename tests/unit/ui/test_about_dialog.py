"""The versions can be read and copied."""

from __future__ import annotations

import platform
import sqlite3

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from incipit import __version__
from incipit.services.licences import licences
from incipit.ui.about_dialog import AboutDialog, details
from incipit.ui.licences_dialog import LicencesDialog


def test_versions_of_program_and_libraries_are_there(qtbot):
    dialog = AboutDialog(details(), licences())
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for number in (__version__, platform.python_version(), qVersion(), sqlite3.sqlite_version):
        assert number in words
    assert "whoosh3" in words


def test_licences_open_over_it(qtbot):
    dialog = AboutDialog(details(), licences())
    qtbot.addWidget(dialog)
    dialog.licences.click()
    (opened,) = dialog.findChildren(LicencesDialog)
    assert opened.parts.count() >= 2
    opened.reject()


def test_details_are_copied_as_lines(qtbot):
    dialog = AboutDialog(details(), licences())
    qtbot.addWidget(dialog)
    dialog.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == f"Incipit {__version__}"
    assert len(lines) == len(details())
