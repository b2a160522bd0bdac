"""Asking for files and folders without stopping the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

# By this name the tools of translators find the words.
translate = QCoreApplication.translate


def ask_files(parent: QWidget, chosen: Callable[[list[Path]], None]) -> QFileDialog:
    """Ask for files to add."""
    dialog = _dialog(
        parent, translate("FileChoice", "Add Files"), QFileDialog.FileMode.ExistingFiles
    )
    dialog.setNameFilters(
        [
            translate("FileChoice", "Texts (*.txt *.md *.csv *.log *.html *.htm)"),
            translate("FileChoice", "All files (*)"),
        ]
    )
    return _open(dialog, chosen)


def ask_folder(parent: QWidget, chosen: Callable[[list[Path]], None]) -> QFileDialog:
    """Ask for a folder to add."""
    dialog = _dialog(
        parent, translate("FileChoice", "Add a Folder"), QFileDialog.FileMode.Directory
    )
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, chosen)


def ask_library(parent: QWidget, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for the folder of a library, which may be an empty folder for a new one."""
    dialog = _dialog(
        parent,
        translate("FileChoice", "Open a Library, or an Empty Folder for a New One"),
        QFileDialog.FileMode.Directory,
    )
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, lambda paths: chosen(paths[0]))


def ask_new_file(
    parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for the name of a file to write, ``name`` unless another is given."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return _open(dialog, lambda paths: chosen(paths[0]))


def _dialog(parent: QWidget, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    return dialog


def _open(dialog: QFileDialog, chosen: Callable[[list[Path]], None]) -> QFileDialog:
    def on_chosen(names: list[str]) -> None:
        paths = [Path(name) for name in names if name]
        if paths:
            chosen(paths)

    dialog.filesSelected.connect(on_chosen)
    dialog.open()
    return dialog
