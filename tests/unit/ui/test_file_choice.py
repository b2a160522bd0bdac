"""Files and folders are asked for without stopping the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from incipit.ui.file_choice import ask_files, ask_folder, ask_library


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_chosen_files_are_passed_on(window):
    chosen = []
    dialog = ask_files(window, chosen.append)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit(["/a/b.txt", "/a/c.txt"])
    dialog.close()
    assert chosen == [[Path("/a/b.txt"), Path("/a/c.txt")]]


def test_chosen_folder_is_passed_on(window):
    chosen = []
    dialog = ask_folder(window, chosen.append)
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    dialog.filesSelected.emit(["/a/b"])
    dialog.close()
    assert chosen == [[Path("/a/b")]]


def test_chosen_library_is_one_folder(window):
    chosen = []
    dialog = ask_library(window, chosen.append)
    dialog.filesSelected.emit(["/a/b"])
    dialog.close()
    assert chosen == [Path("/a/b")]


def test_nothing_chosen_is_nothing(window):
    chosen = []
    dialog = ask_library(window, chosen.append)
    dialog.filesSelected.emit([""])
    dialog.close()
    assert chosen == []
