"""The status bar: how many documents can be searched, are queued and failed; what is going on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStatusBar, QWidget

from incipit.models import LibraryStatus
from incipit.ui import wording
from incipit.ui.job_progress import JobProgressLine

_MARGIN_PX = 3


class StatusLine(QStatusBar):
    """Says honestly how complete the search is; ``explanation_wanted`` when it is clicked."""

    explanation_wanted = Signal()
    job_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 12, 0)
        self._counts = QPushButton()
        self._counts.setProperty("role", "quiet")
        self._counts.setToolTip(self.tr("What can be searched, and what cannot, and why"))
        self._counts.clicked.connect(self.explanation_wanted)
        self._counts.hide()
        self.progress = JobProgressLine()
        self.progress.cancelled.connect(self.job_cancelled)
        self.addWidget(self._counts)
        self.addPermanentWidget(self.progress, 1)

    def show_status(self, status: LibraryStatus) -> None:
        """Show the four counts in words; what is none is left out."""
        text = wording.status(status)
        self._counts.setText(text)
        self._counts.setAccessibleName(self.tr("State of the library: {text}").format(text=text))
        self._counts.show()
        # The bar took its height from the button before it had words and its style.
        self.setMinimumHeight(self._counts.sizeHint().height() + 2 * _MARGIN_PX)

    def clear(self) -> None:
        """Say nothing: there is no library."""
        self.progress.end()
        self._counts.setText("")
        self._counts.hide()

    def text(self) -> str:
        """Return the counts in words."""
        return self._counts.text()
