"""A file is asked for, and its progress is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from incipit.services.concordance_export import ExportFormat
from incipit.ui.export_dialog import ExportProgress, ask_export, file_name


@pytest.mark.parametrize(
    ("typed", "form"),
    [("lines.csv", ExportFormat.CSV), ("lines.html", ExportFormat.HTML)],
)
def test_the_ending_that_is_typed_is_the_format(window, tmp_path, typed, form):
    chosen = []
    ask_export(window, "the ferry", lambda *args: chosen.append(args))
    (dialog,) = window.findChildren(QFileDialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(typed)
    dialog.accept()
    assert chosen == [(tmp_path / typed, form)]


def test_files_are_named_by_the_words_of_the_query():
    assert file_name('"senior official"~5 OR purchas*') == "senior-official-5-OR-purchas"
    assert file_name("/*/") == "concordance"


def test_progress_can_be_cancelled_and_ends(window, qtbot):
    progress = ExportProgress(window)
    progress.show_progress(1, 2)
    progress.begin(Path("out.csv"))
    progress.show_progress(1, 2)
    assert (progress.dialog.value(), progress.dialog.maximum()) == (1, 2)
    with qtbot.waitSignal(progress.cancelled):
        progress.dialog.findChild(QPushButton).click()
    assert progress.dialog is None
    progress.begin(Path("out.csv"))
    with qtbot.assertNotEmitted(progress.cancelled):
        progress.end()
    assert progress.dialog is None
