"""The dialog shows how a text would read, and hands on what was chosen and how far it goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from incipit.errors import UserError
from incipit.models import Scope
from incipit.services.recoding import EncodingChoices
from incipit.ui.encoding_dialog import EncodingDialog


@pytest.fixture
def dialog(make_document, qtbot):
    choices = EncodingChoices(
        make_document(encoding="windows-1252"),
        ("windows-1252", "koi8-r"),
        "windows-1252",
        {Scope.FILE: 1, Scope.FOLDER: 2, Scope.SOURCE: 1204},
    )
    made = EncodingDialog(choices)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_begins_with_the_preview_of_what_is_in_force(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_wanted) as wanted:
        dialog.begin()
    assert wanted.args == ["windows-1252"]
    assert dialog.list.encoding() == "windows-1252"
    assert dialog.scope() is Scope.FILE


def test_nothing_can_be_applied_before_its_preview_is_there(dialog):
    dialog.list.choose("koi8-r")
    assert not dialog.apply.isEnabled()
    dialog.show_preview("привет")
    assert dialog.preview.toPlainText() == "привет"
    assert dialog.apply.isEnabled()
    dialog.list.choose("utf-8")
    assert not dialog.apply.isEnabled()


def test_encoding_that_does_not_fit_says_why(dialog):
    dialog.list.choose("utf-8")
    dialog.show_problem(UserError("Byte 3 does not fit in UTF-8."))
    assert dialog.problem.isVisible()
    assert dialog.problem.text() == "Byte 3 does not fit in UTF-8."
    assert not dialog.apply.isEnabled()
    dialog.show_preview("text")
    assert not dialog.problem.isVisible()


@pytest.mark.parametrize("scope", list(Scope))
def test_choice_carries_document_scope_and_encoding(dialog, qtbot, scope):
    dialog.list.choose("koi8-r")
    dialog.show_preview("привет")
    dialog.scopes[scope].setChecked(True)
    with qtbot.waitSignal(dialog.correction_wanted) as wanted:
        dialog.apply.click()
    assert wanted.args == [7, scope, "koi8-r"]
    assert not dialog.isVisible()


def test_automatic_choice_is_none(dialog, qtbot):
    dialog.begin()
    with qtbot.waitSignal(dialog.preview_wanted) as previewed:
        dialog.list.choose("")
    dialog.show_preview("text")
    with qtbot.waitSignal(dialog.correction_wanted) as wanted:
        dialog.apply.click()
    assert previewed.args == [None]
    assert wanted.args[2] is None


def test_scopes_say_how_many_files_they_hold(dialog):
    assert [button.text().replace("&", "") for button in dialog.scopes.values()] == [
        "Only this file",
        "All of its folder (2 files)",
        "All that was added with it (1,204 files)",
    ]


def test_no_encoding_is_cut_where_its_name_ends_in_what_is_in_force(dialog):
    assert dialog.list.viewport().width() >= dialog.list.sizeHintForColumn(0)
