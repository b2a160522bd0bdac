"""Lists and texts are written where the user says, with words about it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from incipit.models import SearchRequest, SortKey
from incipit.services.control import JobControl
from incipit.ui.document_export import DocumentExport


@pytest.fixture
def exporting(bridge, library, window):
    made = DocumentExport(bridge, window)
    made.attach(library)
    return made


@pytest.fixture
def result(library):
    return library.search(SearchRequest("harbour", SortKey.NAME, False), JobControl())


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl"])
def test_the_list_is_asked_for_and_written(exporting, window, result, qtbot, tmp_path, name):
    exporting.ask_list(result)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(name)
    with qtbot.waitSignal(exporting.told) as came:
        dialog.accept()
    assert came.args == [f"Wrote 2 documents to {tmp_path / name}."]
    assert (tmp_path / name).read_text("utf-8-sig").count("letter") >= 2
    assert exporting.progress.dialog is None


def test_texts_go_into_a_folder_of_their_own(exporting, result, qtbot, tmp_path):
    for name in ("harbour", "harbour (2)"):
        with qtbot.waitSignal(exporting.told):
            exporting.write_texts(result.document_ids[:1], tmp_path, "harbour")
        assert [path.name for path in (tmp_path / name).iterdir()] == ["alpha.txt"]


def test_a_folder_is_asked_for(exporting, window, result):
    exporting.ask_texts(result, np.empty(0, np.int64))
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.reject()


def test_a_place_that_cannot_be_written_fails_in_words(exporting, bridge, result, qtbot, tmp_path):
    with qtbot.waitSignal(bridge.failed) as came:
        exporting.write_list(result, tmp_path / "no" / "list.csv")
    assert came.args[0].code == "write"
    assert exporting.progress.dialog is None


def test_cancelling_says_nothing_and_leaves_nothing(exporting, result, qtbot, tmp_path):
    with qtbot.assertNotEmitted(exporting.told, wait=100):
        exporting.write_texts(result.document_ids, tmp_path, "texts")
        exporting.cancel()
    assert exporting.progress.dialog is None
