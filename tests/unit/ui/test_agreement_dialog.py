"""The question before unusual files are read can be answered three ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from incipit.models import ImportSurvey
from incipit.ui.agreement_dialog import AgreementDialog

PATHS = (Path("/a"),)


@pytest.fixture
def ask(qtbot):
    def make(files=9, other=3, examples=("/a/notes", "/a/x.json", "/a/y")):
        dialog = AgreementDialog(PATHS, ImportSurvey(files, 100, other, examples, 10**9, 10**3))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def button(dialog, begins):
    return next(b for b in dialog.findChildren(QPushButton) if b.text().startswith(begins))


def words(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_question_shows_examples(ask):
    dialog = ask(other=7)
    assert "7 files are not named like texts" in words(dialog)
    assert "/a/x.json" in words(dialog)
    assert "and 4 more" in words(dialog)


@pytest.mark.parametrize(("begins", "other_files"), [("Add Only", False), ("Add All", True)])
def test_answer_carries_paths_and_agreement(ask, qtbot, begins, other_files):
    dialog = ask()
    with qtbot.waitSignal(dialog.agreed) as agreed:
        button(dialog, begins).click()
    assert agreed.args == [PATHS, other_files]
    assert not dialog.isVisible()


def test_cancelling_agrees_to_nothing(ask, qtbot):
    dialog = ask()
    with qtbot.assertNotEmitted(dialog.agreed):
        button(dialog, "Cancel").click()
    assert not dialog.isVisible()


def test_only_unusual_files_leave_two_answers(ask):
    dialog = ask(files=1, other=1, examples=("/a/notes",))
    assert "1 file is not named like a text" in words(dialog)
    assert [b.text() for b in dialog.findChildren(QPushButton)] == [
        "Add All That Is Text",
        "Cancel",
    ]
