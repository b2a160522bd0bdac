"""The heads of the concordance's columns: left of the hit, the hit, right of it, the document.

A click sorts by the column: by the words to one side from the hit outward, by the hits
themselves, or in the order of the documents.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from incipit.analysis.sorting import IN_ORDER, LineKey

#: What a click on each column sorts by, from left to right.
ORDERS = (
    (LineKey.L1, LineKey.L2, LineKey.L3),
    (LineKey.HIT, LineKey.R1, LineKey.R2),
    (LineKey.R1, LineKey.R2, LineKey.R3),
    IN_ORDER,
)
_MARGIN_Y = 1
#: What the style leaves between the edge of a button and its text.
_PADDING_X = 8


class ConcordanceHeader(QWidget):
    """Four buttons above the columns. ``order_wanted`` carries a tuple of :class:`LineKey`."""

    order_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hit_x = self._place_x = 0
        self.buttons = tuple(
            self._button(*words, order)
            for words, order in zip(
                (
                    (self.tr("Left"), self.tr("Sort by the words left of the hit")),
                    (self.tr("Hit"), self.tr("Sort by the hit, then by what follows it")),
                    (self.tr("Right"), self.tr("Sort by the words right of the hit")),
                    (self.tr("Document"), self.tr("Sort by document and place")),
                ),
                ORDERS,
                strict=True,
            )
        )

    def set_places(self, hit_x: int, place_x: int) -> None:
        """Stand above hits that begin at ``hit_x``, and documents from ``place_x`` on, in pixels.

        Documents that begin where this ends are not shown.
        """
        self._hit_x, self._place_x = hit_x, place_x
        self._arrange()

    def set_keys(self, keys: Sequence[LineKey]) -> None:
        """Mark the column in which the first key stands."""
        offset = keys[0].offset
        column = {LineKey.HIT: 1, LineKey.DOCUMENT: 3, LineKey.POSITION: 3}.get(keys[0])
        if offset is not None:
            column = 0 if offset < 0 else 2
        for place, button in enumerate(self.buttons):
            button.setChecked(place == column)

    def sizeHint(self) -> QSize:
        """Ask for the height of a button."""
        return QSize(200, self.buttons[0].sizeHint().height() + 2 * _MARGIN_Y)

    def minimumSizeHint(self) -> QSize:
        """Give way in width."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons above their columns."""
        super().resizeEvent(event)
        self._arrange()

    def _button(self, name: str, told: str, order: tuple[LineKey, ...]) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setAccessibleName(told)
        button.setToolTip(told)
        button.setCheckable(True)
        button.setProperty("role", "column")
        button.clicked.connect(lambda: self._choose(button, order))
        return button

    def _choose(self, button: QToolButton, order: tuple[LineKey, ...]) -> None:
        # The order decides which column is marked, not the click.
        button.setChecked(not button.isChecked())
        self.order_wanted.emit(order)

    def _arrange(self) -> None:
        left, hit, right, document = self.buttons
        widths = [button.sizeHint().width() for button in self.buttons]
        left_x = max(self._hit_x - _PADDING_X - widths[0], 0)
        hit_x = max(self._hit_x - _PADDING_X, widths[0])
        for button, x, width in (
            (left, left_x, widths[0]),
            (hit, hit_x, widths[1]),
            (right, hit_x + widths[1], widths[2]),
            (document, self._place_x, min(widths[3], self.width() - self._place_x)),
        ):
            button.setGeometry(x, _MARGIN_Y, width, button.sizeHint().height())
        document.setVisible(self._place_x < self.width())
