"""Why some documents cannot be searched: what the counts of the status bar mean now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from incipit.models import FailedFile, LibraryStatus
from incipit.ui import wording
from incipit.ui.dialog_buttons import add_close, button_box
from incipit.ui.failure_table import FailureTable, name_by_selection

#: So wide that what is said of a file stands on its two lines.
_WITH_TABLE_PX = (900, 460)
_WITHOUT_PX = (460, 220)


class StateDialog(QDialog):
    """Explains a :class:`LibraryStatus`.

    ``retry_wanted`` carries failures to try again, ``forgetting_wanted`` failures to take off
    the list.
    """

    retry_wanted = Signal(object)
    forgetting_wanted = Signal(object)

    def __init__(
        self,
        status: LibraryStatus,
        failures: Sequence[FailedFile],
        *,
        folder: str,
        busy: bool,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("State of the Library"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(10)
        heading = _text(wording.documents(status.documents))
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        layout.addWidget(heading)
        place = _text(self.tr("In {folder}").format(folder=wording.path(folder)))
        place.setProperty("role", "muted")
        layout.addWidget(place)
        for sentence in self._sentences(status, busy=busy):
            layout.addWidget(_text(sentence))
        self.table = FailureTable(failures) if failures else None
        if self.table is not None:
            layout.addWidget(self.table, 1)
        layout.addWidget(self._buttons(read_only=read_only))
        self.resize(*(_WITH_TABLE_PX if failures else _WITHOUT_PX))

    def _sentences(self, status: LibraryStatus, *, busy: bool) -> list[str]:
        found = [
            self.tr("{n} can be searched and read.").format(n=wording.documents(status.searchable))
        ]
        if status.queued and busy:
            found.append(
                self.tr(
                    "{n} wait to be indexed, which is going on. They can be read already."
                ).format(n=wording.documents(status.queued))
            )
        elif status.queued:
            found.append(
                self.tr(
                    "{n} wait to be indexed. They can be read, and are indexed with the next "
                    "import or when the library is opened again."
                ).format(n=wording.documents(status.queued))
            )
        if status.failed:
            found.append(self.tr("{n} could not be added:").format(n=wording.files(status.failed)))
        return found

    def _buttons(self, *, read_only: bool) -> QDialogButtonBox:
        box = button_box(self)
        if self.table is not None and not read_only:
            retry = QPushButton()
            name_by_selection(retry, self.table, self.tr("Try All Again"), self.tr("Try Again"))
            retry.setToolTip(self.tr("Try the selected files again, or all when none is selected"))
            retry.clicked.connect(lambda: self._choose(self.retry_wanted))
            box.addButton(retry, QDialogButtonBox.ButtonRole.ActionRole)
            forget = QPushButton()
            name_by_selection(forget, self.table, self.tr("Forget All"), self.tr("Forget"))
            forget.setToolTip(
                self.tr("Take the selected files off this list, or all when none is selected")
            )
            forget.clicked.connect(lambda: self._choose(self.forgetting_wanted))
            box.addButton(forget, QDialogButtonBox.ButtonRole.ActionRole)
        close = add_close(box)
        close.setDefault(True)
        return box

    def _choose(self, wanted: SignalInstance) -> None:
        if self.table is not None:
            wanted.emit(self.table.chosen())
        self.accept()


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
