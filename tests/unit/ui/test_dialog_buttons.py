"""The buttons at the foot of a dialog; that Tab reaches them is tried with the dialogs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from incipit.ui.dialog_buttons import add_cancel, add_close, button_box


@pytest.mark.parametrize(("add", "words"), [(add_close, "Close"), (add_cancel, "Cancel")])
def test_the_last_button_gives_the_dialog_up(window, add, words):
    dialog = QDialog(window)
    box = button_box(dialog)
    assert box.parent() is dialog
    last = add(box)
    assert last.text() == words
    dialog.open()

    last.click()

    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()
