"""The bar above the concordance: its order, what is left out, and what else can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from incipit.analysis.thinning import Thinning
from incipit.ui.icons import icon
from incipit.ui.sort_chooser import SortChooser
from incipit.ui.themes import Colours
from incipit.ui.thinning_panel import ThinningPanel


class ConcordanceBar(QWidget):
    """Holds the sort chooser, the panel for thinning and a menu.

    ``sorted_otherwise`` carries the keys, ``thinned`` a :class:`Thinning`; the others say what
    was asked for.
    """

    sorted_otherwise = Signal(object)
    thinned = Signal(object)
    copy_wanted = Signal()
    export_wanted = Signal()
    fixed_font_changed = Signal(bool)

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sorting = SortChooser(colours)
        self.panel = ThinningPanel()
        self.filter = QToolButton()
        self.more = QToolButton()
        self.menu = QMenu(self.more)
        self.copy = QAction(self.tr("&Copy Selected Lines"), self)
        self.export = QAction(self.tr("&Export All Lines…"), self)
        self.fixed = QAction(self.tr("&Fixed-Width Font"), self)
        self._build()
        self.sorting.keys_changed.connect(self.sorted_otherwise)
        self.panel.changed.connect(self._on_thinned)
        self.filter.toggled.connect(self.panel.setVisible)
        self.copy.triggered.connect(lambda _checked=False: self.copy_wanted.emit())
        self.export.triggered.connect(lambda _checked=False: self.export_wanted.emit())
        self.fixed.toggled.connect(self.fixed_font_changed)
        self.set_colours(colours)
        self._on_thinned(self.panel.thinning(), announce=False)

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours`` from now on."""
        self.sorting.set_colours(colours)
        self.more.setIcon(icon("chevron-down", colours.muted))

    def set_has_lines(self, has_lines: bool) -> None:
        """Offer what is done with lines only where there are any."""
        self.copy.setEnabled(has_lines)
        self.export.setEnabled(has_lines)

    def _build(self) -> None:
        self.filter.setCheckable(True)
        self.filter.setAccessibleName(self.tr("Sample and filter the lines"))
        self.filter.setToolTip(self.tr("Sample and filter the lines"))
        self.fixed.setCheckable(True)
        self.menu.addActions([self.copy, self.export])
        self.menu.addSeparator()
        self.menu.addAction(self.fixed)
        self.more.setText(self.tr("Lines"))
        self.more.setAccessibleName(self.tr("What can be done with the lines"))
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.setIconSize(QSize(12, 12))
        self.panel.hide()
        row = QHBoxLayout()
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.sorting)
        row.addStretch(1)
        row.addWidget(self.filter)
        row.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.panel)

    def _on_thinned(self, thinning: Thinning, *, announce: bool = True) -> None:
        # A filter in force is seen also where its panel is closed.
        self.filter.setText(self.tr("Filter: on") if thinning else self.tr("Filter"))
        if announce:
            self.thinned.emit(thinning)
