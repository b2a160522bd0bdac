"""What this program is, with the versions of what it runs on, ready to be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from incipit import __version__
from incipit.services.licences import Licence
from incipit.services.versions import versions
from incipit.ui.dialog_buttons import add_close, button_box
from incipit.ui.licences_dialog import LicencesDialog


class AboutDialog(QDialog):
    """Names the program and its versions. `copy` is the button that copies them.

    ``versions`` are those of :func:`details`; the button `licences` opens those of the program
    and of all its parts.
    """

    def __init__(
        self,
        versions: Sequence[tuple[str, str]],
        licences: Sequence[Licence],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._versions = versions
        self._licences = licences
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Incipit"))
        self.copy = QPushButton(self.tr("Copy Details"))
        self.copy.clicked.connect(self._on_copied)
        self.licences = QPushButton(self.tr("Licences…"))
        self.licences.clicked.connect(self._show_licences)
        title = QLabel(self.tr("Incipit {version}").format(version=__version__))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        title.setFont(font)
        about = QLabel(
            self.tr(
                "A corpus browser: drop text files in, search them offline, read. "
                "Nothing leaves this computer."
            )
        )
        about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(about)
        layout.addLayout(_grid(versions[1:]))
        layout.addStretch(1)
        layout.addWidget(self._buttons())
        self.resize(440, self.sizeHint().height())

    def _buttons(self) -> QDialogButtonBox:
        box = button_box(self)
        box.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.licences, QDialogButtonBox.ButtonRole.ActionRole)
        close = add_close(box)
        close.setDefault(True)
        return box

    def _show_licences(self) -> None:
        LicencesDialog(self._licences, self).open()

    def _on_copied(self) -> None:
        text = "\n".join(f"{name} {number}" for name, number in self._versions)
        QGuiApplication.clipboard().setText(text)
        self.copy.setText(self.tr("Copied"))


def details() -> tuple[tuple[str, str], ...]:
    """Return names and versions, the program first, then what it runs on. Any thread."""
    program, *rest = versions()
    return program, ("Qt", qVersion()), *rest


def _grid(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    for line, (name, number) in enumerate(rows):
        label = QLabel(name)
        label.setProperty("role", "muted")
        value = QLabel(number)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(label, line, 0)
        grid.addWidget(value, line, 1)
    grid.setColumnStretch(1, 1)
    return grid
