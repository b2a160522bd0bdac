"""Fewer lines of a concordance: a sample, one a document, words around the hit."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from incipit.analysis.thinning import MOST_WITHIN, Thinning
from incipit.services.concordance_values import context_words

_PAUSE_MS = 300
_MOST_LINES = 10_000_000
_MOST_SEED = 999_999
_FIRST_SAMPLE = 100
_NUMBER_WIDTH_PX = 76


class ThinningPanel(QWidget):
    """Shows and changes a :class:`Thinning`; ``changed`` carries it after a pause."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sampling = QCheckBox(self.tr("Sample of"))
        self.amount = _number(1, _MOST_LINES, _FIRST_SAMPLE, self.tr("Size of the sample"))
        self.unit = QToolButton()
        self.seed = _number(0, _MOST_SEED, 1, self.tr("Seed of the sample"))
        self.one_each = QCheckBox(self.tr("One line a document"))
        self.fold = QCheckBox(self.tr("Fold copies"))
        self.demanded = _field(self.tr("with"), self.tr("Words that must stand around the hit"))
        self.forbidden = _field(
            self.tr("without"), self.tr("Words that must not stand around the hit")
        )
        self.within = _number(1, MOST_WITHIN, 5, self.tr("How many words around the hit"))
        self.reset = QPushButton(self.tr("Show All Lines"))
        self._in_percent = False
        self._quiet = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.changed.emit(self.thinning()))
        self._build()
        self._connect()
        self._show_unit()

    def thinning(self) -> Thinning:
        """Return what is chosen."""
        sampling, size = self.sampling.isChecked(), self.amount.value()
        return Thinning(
            with_words=context_words(self.demanded.text()),
            without_words=context_words(self.forbidden.text()),
            within=self.within.value(),
            fold_copies=self.fold.isChecked(),
            one_per_document=self.one_each.isChecked(),
            sample=size if sampling and not self._in_percent else None,
            percent=float(size) if sampling and self._in_percent else None,
            seed=self.seed.value(),
        )

    def clear(self) -> None:
        """Choose nothing, so that all lines are shown, and say so at once."""
        self._quiet = True
        for box in (self.sampling, self.one_each, self.fold):
            box.setChecked(False)
        self.demanded.clear()
        self.forbidden.clear()
        self._quiet = False
        self._pause.stop()
        self.changed.emit(self.thinning())

    def set_percent(self, percent: bool) -> None:
        """Take the size of the sample for a share of the lines, or for a number of them."""
        if percent != self._in_percent:
            self._in_percent = percent
            self.amount.setRange(1, 100 if percent else _MOST_LINES)
            self._show_unit()
            self._on_changed()

    def _build(self) -> None:
        self.reset.setProperty("role", "link")
        self.unit.setToolTip(self.tr("Lines or percent"))
        seed = QLabel(self.tr("seed"))
        seed.setProperty("role", "muted")
        seed.setBuddy(self.seed)
        self.seed.setToolTip(self.tr("The same seed always chooses the same lines"))
        within = QLabel(self.tr("within"))
        within.setProperty("role", "muted")
        words = QLabel(self.tr("words"))
        words.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 2, 12, 6)
        layout.setSpacing(6)
        for row in (
            (self.demanded, self.forbidden, within, self.within, words),
            (self.sampling, self.amount, self.unit, seed, self.seed),
            (self.one_each, self.fold),
        ):
            line = QHBoxLayout()
            line.setSpacing(6)
            for part in row:
                line.addWidget(part, 1 if isinstance(part, QLineEdit) else 0)
            if row[0] is not self.demanded:
                line.addStretch(1)
            if row[0] is self.one_each:
                line.addWidget(self.reset)
            layout.addLayout(line)

    def _connect(self) -> None:
        for box in (self.sampling, self.one_each, self.fold):
            box.toggled.connect(self._on_changed)
        for number in (self.amount, self.seed, self.within):
            number.valueChanged.connect(self._on_changed)
        for field in (self.demanded, self.forbidden):
            field.textChanged.connect(self._on_changed)
        self.unit.clicked.connect(lambda: self.set_percent(not self._in_percent))
        self.reset.clicked.connect(self.clear)

    def _on_changed(self) -> None:
        if not self._quiet:
            self._pause.start()

    def _show_unit(self) -> None:
        self.unit.setText(self.tr("percent") if self._in_percent else self.tr("lines"))
        self.unit.setAccessibleName(self.unit.text())


def _number(least: int, most: int, value: int, name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setFixedWidth(_NUMBER_WIDTH_PX)
    return box


def _field(hint: str, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setClearButtonEnabled(False)
    return field
