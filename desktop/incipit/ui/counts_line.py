"""What a concordance says in numbers, on one line or two: hits, documents, frequency, spread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from incipit.services.concordance_counts import Overview
from incipit.services.concordance_values import Concordance
from incipit.ui import wording


class CountsLine(QWidget):
    """Shows counts. ``definition_wanted`` asks what DP is, ``groups_wanted`` for counts by part."""

    definition_wanted = Signal()
    groups_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = QLabel()
        self._counts.setTextFormat(Qt.TextFormat.PlainText)
        # What was left out is part of a count: it goes onto a second line rather than away.
        self._counts.setWordWrap(True)
        self._counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._counts.setProperty("role", "muted")
        self.spread = QPushButton()
        self.spread.setProperty("role", "link")
        self.spread.clicked.connect(self.definition_wanted)
        self.groups = QPushButton(self.tr("By Source and Folder…"))
        self.groups.setProperty("role", "link")
        self.groups.clicked.connect(self.groups_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._counts, 1)
        layout.addWidget(self.spread)
        layout.addWidget(self.groups)
        self.clear()

    def text(self) -> str:
        """Return the counts in words."""
        return self._counts.text()

    def clear(self) -> None:
        """Say nothing."""
        self._counts.setText("")
        self.spread.hide()
        self.groups.hide()

    def show_counts(self, concordance: Concordance, overview: Overview) -> None:
        """Say what ``overview`` counts, and how many of the lines are shown."""
        count, deviation = overview.count, overview.deviation
        parts = [
            self.tr("{hits} in {documents}").format(
                hits=wording.hits(count.hits), documents=wording.documents(count.documents)
            ),
            self.tr("{n} per million words").format(n=decimal(count.per_million)),
        ]
        if count.edge_hits:
            parts.append(
                self.tr("{n} at cut edges not counted").format(n=wording.number(count.edge_hits))
            )
        if len(concordance) < len(concordance.lines):
            parts.insert(
                0,
                self.tr("{n} of {of} lines shown").format(
                    n=wording.number(len(concordance)), of=wording.number(len(concordance.lines))
                ),
            )
        if concordance.incomplete:
            parts.append(self.tr("so far, as not all is indexed"))
        self._counts.setText(" · ".join(parts))
        self._counts.setAccessibleDescription(". ".join(parts))
        self.groups.show()
        self.spread.setVisible(deviation is not None)
        if deviation is not None:
            self.spread.setText(self.tr("DP {value}").format(value=decimal(deviation.dp, 2)))
            self.spread.setToolTip(self.tr("How evenly the hits are spread: what DP means"))
            self.spread.setAccessibleName(
                self.tr("Deviation of proportions {value}").format(value=decimal(deviation.dp, 2))
            )


def decimal(value: float, digits: int = 1) -> str:
    """Return a number in the user's locale; large ones without places after the point."""
    return wording.locale().toString(value, "f", digits if value < 1000 else 0)
