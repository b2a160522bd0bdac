"""The question before files of unusual kinds are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from incipit.models import ImportSurvey
from incipit.ui import wording
from incipit.ui.dialog_buttons import add_cancel, button_box

_EXAMPLES = 5
_WIDTH_PX = 460


class AgreementDialog(QDialog):
    """Asks whether files that are not named like text are to be tried; never blocks.

    ``agreed`` carries the paths and whether the other files come along.
    """

    agreed = Signal(object, bool)

    def __init__(
        self, paths: Sequence[Path], survey: ImportSurvey, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._paths = tuple(paths)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add Files"))
        self.setMinimumWidth(_WIDTH_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(_text(self._question(survey), strong=True))
        examples = "\n".join(wording.path(name) for name in survey.other_examples[:_EXAMPLES])
        more = survey.other_files - min(len(survey.other_examples), _EXAMPLES)
        if more > 0:
            examples += "\n" + self.tr("and {n} more").format(n=wording.number(more))
        layout.addWidget(_text(examples, muted=True))
        layout.addWidget(
            _text(
                self.tr(
                    "Those that hold text can be added too. Pictures, programs and other files "
                    "that are not text are refused in any case."
                )
            )
        )
        layout.addSpacing(4)
        layout.addWidget(self._buttons(survey))

    def _question(self, survey: ImportSurvey) -> str:
        if survey.other_files == 1:
            return self.tr("1 file is not named like a text (.txt, .md, .csv, .log, .html).")
        return self.tr("{n} files are not named like texts (.txt, .md, .csv, .log, .html).").format(
            n=wording.number(survey.other_files)
        )

    def _buttons(self, survey: ImportSurvey) -> QDialogButtonBox:
        box = button_box(self)
        usual = survey.files - survey.other_files
        everything = QPushButton(self.tr("Add All That Is Text"))
        everything.clicked.connect(lambda: self._answer(other_files=True))
        if usual > 0:
            only = QPushButton(self.tr("Add Only the Other {n}").format(n=wording.number(usual)))
            only.clicked.connect(lambda: self._answer(other_files=False))
            box.addButton(only, QDialogButtonBox.ButtonRole.AcceptRole)
            only.setProperty("role", "primary")
            only.setDefault(True)
        box.addButton(everything, QDialogButtonBox.ButtonRole.AcceptRole)
        add_cancel(box)
        return box

    def _answer(self, *, other_files: bool) -> None:
        self.agreed.emit(self._paths, other_files)
        self.accept()


def _text(text: str, *, strong: bool = False, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", "muted" if muted else "plain")
    if strong:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label
