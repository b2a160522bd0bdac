"""Asks before the window closes on an import: it would be broken off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget


class Leaving(QObject):
    """Stands before the closing of ``window``, whoever asks for it.

    ``is_adding`` says whether closing would break something off. A session that ends is not
    held up.
    """

    def __init__(self, window: QWidget, is_adding: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._is_adding = is_adding
        self._agreed = False
        self.question: QMessageBox | None = None
        window.installEventFilter(self)

    def leave(self) -> None:
        """Close the window without a question."""
        self._agreed = True
        self._window.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask in the place of the closing, where there is something to ask."""
        if event.type() != QEvent.Type.Close or not self._must_ask():
            return super().eventFilter(watched, event)
        event.ignore()
        self._ask()
        return True

    def _must_ask(self) -> bool:
        application = QGuiApplication.instance()
        ends = isinstance(application, QGuiApplication) and application.isSavingSession()
        return not self._agreed and not ends and self._is_adding()

    def _ask(self) -> None:
        if self.question is not None:
            self.question.raise_()
            return
        box = QMessageBox(self._window)
        self.question = box
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Quit Incipit"))
        box.setText(self.tr("Files are still being added. Quit all the same?"))
        box.setInformativeText(
            self.tr(
                "What was added so far is kept. When this library is opened again, it goes on "
                "with the rest."
            )
        )
        leave = box.addButton(self.tr("Quit"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Go On Adding"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave.clicked.connect(self.leave, Qt.ConnectionType.QueuedConnection)
        box.finished.connect(self._forget)
        box.open()

    def _forget(self) -> None:
        self.question = None
