"""The left side: the document list, how it is sorted, and what stands there when it is empty."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from incipit.models import SortKey
from incipit.ui import wording
from incipit.ui.document_list import DocumentList
from incipit.ui.document_model import DocumentModel
from incipit.ui.icons import icon
from incipit.ui.state_page import StatePage
from incipit.ui.themes import Colours

#: In which direction each order is useful first: the most, the newest, or A to Z.
_DESCENDING_FIRST = {
    SortKey.RELEVANCE: True,
    SortKey.HITS: True,
    SortKey.NAME: False,
    SortKey.FOLDER: False,
    SortKey.ADDED: True,
    SortKey.LENGTH: True,
}


class ListPane(QWidget):
    """Holds the document list and the page that stands in for it.

    ``order_changed`` carries a :class:`SortKey` and whether it descends; ``folding_changed``
    whether documents with equal texts share a row.
    """

    order_changed = Signal(object, bool)
    folding_changed = Signal(bool)
    list_export_wanted = Signal()
    texts_export_wanted = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = DocumentModel(self)
        self.list = DocumentList(self.model, colours)
        self.state = StatePage(colours)
        # It can have the focus, but is no stop for Tab: the ways on are.
        self.state.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.sort_menu = QMenu(self.tr("&Sort By"), self)
        self._sort = SortKey.RELEVANCE
        self._descending = True
        self._has_hits = False
        self._caption = QLabel()
        self._button = QToolButton()
        self._export = QToolButton()
        self._actions: dict[SortKey, QAction] = {}
        self._down = QAction(self.tr("Descending"), self)
        self._fold = QAction(self.tr("Fold Duplicates"), self)
        self._build_menu()
        self._build()
        self.set_colours(colours)
        self.set_order(SortKey.RELEVANCE, descending=True)

    def set_colours(self, colours: Colours) -> None:
        """Paint in ``colours`` from now on."""
        self.list.set_colours(colours)
        self.state.set_colours(colours)
        self._button.setIcon(icon("sort", colours.muted))
        self._export.setIcon(icon("chevron-down", colours.muted))

    def set_order(self, sort: SortKey, *, descending: bool, fold: bool | None = None) -> None:
        """Show which order is in force, without announcing it."""
        self._sort = sort
        self._descending = descending
        self._actions[sort].setChecked(True)
        self._down.setChecked(descending)
        if fold is not None:
            self._fold.setChecked(fold)
            self.show_own_caption()
        self._name_button()

    def set_has_hits(self, has_hits: bool) -> None:
        """Offer the orders by relevance and hits only where there are hits to order by."""
        self._has_hits = has_hits
        self._actions[SortKey.RELEVANCE].setEnabled(has_hits)
        self._actions[SortKey.HITS].setEnabled(has_hits)
        self._name_button()

    def show_list(self) -> None:
        """Show the list."""
        self._turn_to(self.list)

    def show_state(self) -> None:
        """Show the page of states."""
        self._turn_to(self.state)

    def is_showing_list(self) -> bool:
        """Return whether the list is shown, not a state."""
        return self._stack.currentWidget() is self.list

    def set_caption(self, text: str) -> None:
        """Say something above the list, until the selection changes."""
        self._caption.setText(text)

    def show_own_caption(self) -> None:
        """Say above the list how many of its rows are selected, or that some are folded."""
        self._show_selected(self.list.selected_count())

    def _turn_to(self, part: QWidget) -> None:
        """Show the list or the state, and give it the focus where the other one had it.

        Else the focus would leave for the search field, where Ctrl+Z takes back what was typed
        and not what was removed.
        """
        before = self.list if self.is_showing_list() else self.state
        focused = QApplication.focusWidget()
        had_focus = focused is not None and (focused is before or before.isAncestorOf(focused))
        self._stack.setCurrentWidget(part)
        if had_focus:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._caption.setProperty("role", "muted")
        self._button.setMenu(self.sort_menu)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIconSize(QSize(16, 16))
        self._button.setAccessibleName(self.tr("Sort the documents"))
        menu = QMenu(self._export)
        menu.addAction(self.tr("Export This &List…"), self.list_export_wanted.emit)
        menu.addAction(
            self.tr("Export &Texts of Selected Documents…"), self.texts_export_wanted.emit
        )
        self._export.setText(self.tr("Export"))
        self._export.setAccessibleName(self.tr("Export the list or texts"))
        self._export.setMenu(menu)
        self._export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._export.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._export.setIconSize(QSize(12, 12))
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 8, 4)
        head.addWidget(self._caption, 1)
        head.addWidget(self._button)
        head.addWidget(self._export)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(body, 1)
        self.list.selection_changed.connect(self._show_selected)
        # With the rows their selection goes, of which the list says nothing.
        self.model.modelReset.connect(self.show_own_caption)

    def _build_menu(self) -> None:
        names = {
            SortKey.RELEVANCE: self.tr("Relevance"),
            SortKey.HITS: self.tr("Hits"),
            SortKey.NAME: self.tr("Name"),
            SortKey.FOLDER: self.tr("Folder"),
            SortKey.ADDED: self.tr("Date Added"),
            SortKey.LENGTH: self.tr("Length"),
        }
        group = QActionGroup(self)
        for sort, name in names.items():
            action = self.sort_menu.addAction(name)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, sort=sort: self._on_sort(sort))
            group.addAction(action)
            self._actions[sort] = action
        self.sort_menu.addSeparator()
        self._down.setCheckable(True)
        self._down.triggered.connect(self._on_direction)
        self.sort_menu.addAction(self._down)
        self.sort_menu.addSeparator()
        self._fold.setCheckable(True)
        self._fold.setToolTip(self.tr("Show one row for documents with the same text"))
        self._fold.triggered.connect(self._on_fold)
        self.sort_menu.addAction(self._fold)

    def _on_sort(self, sort: SortKey) -> None:
        self.set_order(sort, descending=_DESCENDING_FIRST[sort])
        self.order_changed.emit(self._sort, self._descending)

    def _on_direction(self, descending: bool) -> None:
        self.set_order(self._sort, descending=descending)
        self.order_changed.emit(self._sort, self._descending)

    def _on_fold(self, fold: bool) -> None:
        self.show_own_caption()
        self.folding_changed.emit(fold)

    def _show_selected(self, count: int) -> None:
        if count > 1:
            self.set_caption(self.tr("{n} selected").format(n=wording.number(count)))
        else:
            self.set_caption(self.tr("Duplicates folded") if self._fold.isChecked() else "")

    def _name_button(self) -> None:
        action = self._actions[self._sort]
        # Without hits there is no relevance: the library then lists by name.
        shown = action if action.isEnabled() else self._actions[SortKey.NAME]
        self._button.setText(shown.text())
        self._button.setToolTip(self.tr("Sorted by {order}").format(order=shown.text()))
