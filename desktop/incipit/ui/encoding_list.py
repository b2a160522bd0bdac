"""The list of encodings: the automatic choice, the likely ones, then all by region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from incipit.text.encodings import ENCODINGS, label

#: The name that stands for the automatic choice.
AUTOMATIC = ""
_NAME = Qt.ItemDataRole.UserRole


class EncodingList(QListWidget):
    """Lets one encoding be chosen. ``encoding_chosen`` carries its name, or `AUTOMATIC`."""

    encoding_chosen = Signal(str)

    def __init__(
        self,
        likely: Sequence[str],
        automatic: str | None,
        current: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._current = current
        self.setAccessibleName(self.tr("Encodings"))
        self.setUniformItemSizes(True)
        self.setProperty("role", "plain")
        self._fill(likely, automatic)
        self.currentItemChanged.connect(self._on_current_changed)

    def encoding(self) -> str | None:
        """Return the name of the chosen encoding, `AUTOMATIC`, or None where none is chosen."""
        item = self.currentItem()
        return None if item is None else cast("str", item.data(_NAME))

    def choose(self, name: str) -> None:
        """Choose an encoding where it stands first."""
        for item in self._choices():
            if item.data(_NAME) == name:
                self.setCurrentItem(item)
                self.scrollToItem(item)
                return

    def full_width(self) -> int:
        """Return the width in which no name is cut, in pixels: which one is in force ends one."""
        self.ensurePolished()
        bar = self.verticalScrollBar().sizeHint().width()
        return self.sizeHintForColumn(0) + bar + 2 * self.frameWidth()

    def names(self) -> tuple[str, ...]:
        """Return the names that can be chosen, in order; the likely ones stand there twice."""
        return tuple(item.data(_NAME) for item in self._choices())

    def _fill(self, likely: Sequence[str], automatic: str | None) -> None:
        found = self.tr("Automatic")
        if automatic is not None:
            found = self.tr("Automatic: {encoding}").format(encoding=label(automatic))
        self._add(AUTOMATIC, found)
        if likely:
            self._add_heading(self.tr("Most likely"))
            for name in likely:
                self._add(name, label(name))
        self._add_heading(self.tr("All encodings"))
        for encoding in ENCODINGS:
            self._add(encoding.name, encoding.label)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words, self)
        # Keys pass over what is not enabled.
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)

    def _add(self, name: str, words: str) -> None:
        now = self.tr("{encoding}, as now").format(encoding=words)
        item = QListWidgetItem(now if name == self._current else words, self)
        item.setData(_NAME, name)

    def _choices(self) -> Iterator[QListWidgetItem]:
        for row in range(self.count()):
            item = self.item(row)
            if item.flags() & Qt.ItemFlag.ItemIsSelectable:
                yield item

    def _on_current_changed(self) -> None:
        name = self.encoding()
        if name is not None:
            self.encoding_chosen.emit(name)
