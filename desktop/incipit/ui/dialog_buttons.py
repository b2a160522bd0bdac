"""The row of buttons at the foot of a dialog."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton


def button_box(dialog: QDialog) -> QDialogButtonBox:
    """Return a row for the buttons of ``dialog``; those that reject close it."""
    # Without a parent, the one that is the default takes the others out of the order of Tab.
    box = QDialogButtonBox(dialog)
    box.rejected.connect(dialog.reject)
    return box


def add_close(box: QDialogButtonBox) -> QPushButton:
    """Add the button that closes the dialog, in the words of the program, and return it."""
    close = box.addButton(QDialogButtonBox.StandardButton.Close)
    close.setText(QCoreApplication.translate("DialogButtons", "Close"))
    return close


def add_cancel(box: QDialogButtonBox) -> QPushButton:
    """Add the button that gives the dialog up, in the words of the program, and return it."""
    cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)
    cancel.setText(QCoreApplication.translate("DialogButtons", "Cancel"))
    return cancel
