"""Help beside the window: the guide, the page about searching, and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMenuBar, QVBoxLayout, QWidget

from incipit import paths
from incipit.ui.dialog_buttons import add_close, button_box
from incipit.ui.help_page import HelpPage
from incipit.ui.shortcut_list import shortcuts_page


class HelpWindow(QDialog):
    """Shows one page of help; it stays open beside what it explains."""

    def __init__(self, title: str, markdown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.page = HelpPage()
        self.page.setAccessibleName(title)
        self.page.show_page(markdown)
        box = button_box(self)
        add_close(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.page, 1)
        layout.addWidget(box)
        self.resize(780, 680)
        self.page.setFocus()


class Help(QObject):
    """Opens the pages of help, each once."""

    def __init__(self, bar: QMenuBar, window: QWidget) -> None:
        super().__init__(window)
        self._bar = bar
        self._window = window
        self._open: dict[str, HelpWindow] = {}

    def show_guide(self) -> None:
        """Show the user guide."""
        self._show(self.tr("User Guide"), _page("guide"))

    def show_searching(self) -> None:
        """Explain the language of queries."""
        self._show(self.tr("Searching"), _page("searching"))

    def show_keys(self) -> None:
        """List the keys of all actions in the menus."""
        self._show(self.tr("Keyboard Shortcuts"), shortcuts_page(self._bar))

    def _show(self, title: str, markdown: str) -> None:
        shown = self._open.get(title)
        if shown is None:
            shown = self._open[title] = HelpWindow(title, markdown, self._window)
            shown.finished.connect(lambda _result: self._open.pop(title))
            shown.show()
        shown.raise_()
        shown.activateWindow()


def _page(name: str) -> str:
    return (paths.resources() / "help" / f"{name}.md").read_text(encoding="utf-8")
