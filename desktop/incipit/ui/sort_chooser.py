"""Which words or places the lines of a concordance are sorted by: up to three, one after another.

Each key is a button with a menu, in the colour in which its word is written in the lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from incipit.analysis.sorting import IN_ORDER, MOST_KEYS, LineKey
from incipit.ui.themes import Colours

# By this name the tools of translators find the words.
translate = QCoreApplication.translate

#: The keys in the order in which they stand in a line, for going on to the next one.
ALONG_THE_LINE = (
    *(LineKey.L5, LineKey.L4, LineKey.L3, LineKey.L2, LineKey.L1),
    LineKey.HIT,
    *(LineKey.R1, LineKey.R2, LineKey.R3, LineKey.R4, LineKey.R5),
)
_BY_PLACE = (LineKey.DOCUMENT, LineKey.POSITION, LineKey.RANDOM)


class SortChooser(QWidget):
    """Shows and changes the keys. ``keys_changed`` carries a tuple of :class:`LineKey`."""

    keys_changed = Signal(object)

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[LineKey, ...] = IN_ORDER
        self._buttons = tuple(self._button(place) for place in range(MOST_KEYS))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        caption = QLabel(self.tr("&Sort:"))
        caption.setProperty("role", "muted")
        caption.setBuddy(self._buttons[0])
        layout.addWidget(caption)
        for button in self._buttons:
            layout.addWidget(button)
        self.set_colours(colours)
        self._show()

    @property
    def keys(self) -> tuple[LineKey, ...]:
        """Return the keys, the first first."""
        return self._keys

    def set_keys(self, keys: Sequence[LineKey], *, announce: bool = True) -> None:
        """Sort by ``keys`` from now on; say so unless ``announce`` is false."""
        chosen = tuple(dict.fromkeys(keys))[:MOST_KEYS] or IN_ORDER
        if chosen == self._keys:
            return
        self._keys = chosen
        self._show()
        if announce:
            self.keys_changed.emit(chosen)

    def put_first(self, key: LineKey) -> None:
        """Sort by ``key`` first, and then by the words that it was sorted by before."""
        before = [other for other in self._keys if other in ALONG_THE_LINE]
        self.set_keys((key, *before))

    def go_along(self, step: int) -> None:
        """Sort by the next word to the right (1) or to the left (-1) of the first key."""
        first = self._keys[0]
        at = ALONG_THE_LINE.index(first if first in ALONG_THE_LINE else LineKey.HIT)
        place = max(0, min(at + step, len(ALONG_THE_LINE) - 1))
        self.set_keys((ALONG_THE_LINE[place], *self._keys[1:]))

    def set_colours(self, colours: Colours) -> None:
        """Write each key in the colour of its words."""
        for button, ink in zip(self._buttons, colours.sort_inks(), strict=True):
            button.setStyleSheet(f"QToolButton {{ color: {ink.name()}; font-weight: 600; }}")

    def menu_of(self, place: int) -> QMenu:
        """Return the menu of a key counted from 0."""
        return self._buttons[place].menu()

    def _button(self, place: int) -> QToolButton:
        button = QToolButton()
        menu = QMenu(button)
        group = QActionGroup(menu)
        entries: list[LineKey | None] = [*ALONG_THE_LINE, *_BY_PLACE]
        if place:
            entries.insert(0, None)
        for key in entries:
            if key in (LineKey.L5, LineKey.DOCUMENT):
                menu.addSeparator()
            action = menu.addAction(name_of(key))
            action.setCheckable(True)
            action.setData(None if key is None else key.value)
            action.triggered.connect(
                lambda _checked=False, key=key, place=place: self._choose(place, key)
            )
            group.addAction(action)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _choose(self, place: int, key: LineKey | None) -> None:
        keys = list(self._keys[:place])
        if key is not None:
            keys.append(key)
            keys += self._keys[place + 1 :]
        self.set_keys([key for n, key in enumerate(keys) if key not in keys[:n]])
        self._show()

    def _show(self) -> None:
        for place, button in enumerate(self._buttons):
            key = self._keys[place] if place < len(self._keys) else None
            button.setVisible(place <= len(self._keys))
            button.setText(name_of(key))
            said = (self.tr("Sorted first by"), self.tr("then by"), self.tr("at last by"))
            button.setAccessibleName(f"{said[place]} {name_of(key)}")
            button.setToolTip(
                self.tr(
                    "{said} {key}. Double-click a word of a line, or Ctrl+Left and Ctrl+Right"
                ).format(said=said[place], key=name_of(key))
            )
            for action in button.menu().actions():
                action.setChecked(action.data() == (None if key is None else key.value))


def name_of(key: LineKey | None) -> str:
    """Return a key in the user's words, such as “2 left”; of None, that there is none."""
    if key is None:
        return translate("SortChooser", "no more")
    if key.offset is not None:
        words = (
            translate("SortChooser", "{n} left")
            if key.offset < 0
            else translate("SortChooser", "{n} right")
        )
        return words.format(n=abs(key.offset))
    return {
        LineKey.HIT: translate("SortChooser", "the hit"),
        LineKey.DOCUMENT: translate("SortChooser", "document"),
        LineKey.POSITION: translate("SortChooser", "position"),
        LineKey.RANDOM: translate("SortChooser", "chance"),
    }[key]
