"""The views over one query, one at a time in the same place, and the buttons to change them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget


class ViewSwitch(QWidget):
    """Holds views and shows one. ``view_changed`` carries its place, from 0, as it comes."""

    view_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last: QToolButton | None = None
        self._group = QActionGroup(self)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(12, 4, 8, 4)
        self._buttons.setSpacing(4)
        self._buttons.addStretch(1)
        rule = QFrame()
        rule.setProperty("role", "rule")
        rule.setFixedHeight(1)
        body = QWidget()
        self._stack = QStackedLayout(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._buttons)
        layout.addWidget(rule)
        layout.addWidget(body, 1)

    def add(self, name: str, shortcut: str, view: QWidget) -> None:
        """Add a view; the first one is shown."""
        place = self._stack.count()
        action = QAction(name, self)
        action.setCheckable(True)
        action.setShortcut(shortcut)
        action.triggered.connect(lambda _checked=False, place=place: self.show_view(place))
        self._group.addAction(action)
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAccessibleName(name.replace("&", ""))
        button.setToolTip(f"{name.replace('&', '')} ({shortcut})")
        self._buttons.insertWidget(place, button)
        if self._last is not None:
            # Tab goes from button to button, and then into the view.
            QWidget.setTabOrder(self._last, button)
        self._last = button
        self._stack.addWidget(view)
        action.setChecked(place == 0)

    def actions_of_views(self) -> list[QAction]:
        """Return an action for each view, for a menu."""
        return self._group.actions()

    def current(self) -> int:
        """Return the place of the view that is shown."""
        return self._stack.currentIndex()

    def show_view(self, place: int) -> None:
        """Show the view at ``place``."""
        self._group.actions()[place].setChecked(True)
        if place != self._stack.currentIndex():
            self._stack.setCurrentIndex(place)
            self.view_changed.emit(place)
