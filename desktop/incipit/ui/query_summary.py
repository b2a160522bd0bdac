"""The line under the search bar: what was searched, what was not understood, and ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from incipit.models import Completion, QueryPart, Suggestion
from incipit.ui import wording
from incipit.ui.one_line import OneLine

_MOST_PARTS = 8
_MOST_COMPLETIONS = 6
_MOST_CHARS = 40


class QuerySummary(QWidget):
    """Shows the parts of a query as chips that can be turned off, and offers completions.

    ``query_chosen`` carries a whole query to search; ``part_left_out`` the words of a part and
    the query without it, ``put_back`` nothing: the part that was left out last is wanted again;
    ``completion_chosen`` the word that is to take the place of the one being typed.
    """

    query_chosen = Signal(str)
    part_left_out = Signal(str, str)
    put_back = Signal()
    completion_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # All buttons exist from the start, so that Tab walks from the search field through
        # them: a button made later would come last of the whole window.
        self._hint = _label(
            self.tr(
                'Try "an exact phrase", S-400, purchas*, colo?r, turkey NEAR/5 sanctions, a OR b'
            ),
            "muted",
        )
        self._lead = _label(self.tr("Searched:"), "muted")
        self._parts = [self._button("chip", self._on_part) for _ in range(_MOST_PARTS)]
        self._left_out = self._button("quiet", self.put_back)
        self._offer = self._button("link", self._on_offer)
        self._note = _label("", "warning")
        self._completions = [
            self._button("quiet", self._on_completion) for _ in range(_MOST_COMPLETIONS)
        ]
        self._line = OneLine(
            [self._hint, self._lead, *self._parts, self._left_out, self._offer, self._note],
            self._completions,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)
        self._shown: list[QWidget] = [self._hint]
        self._offered: list[QWidget] = []
        self._update()

    def show_hint(self) -> None:
        """Show what could be typed; for an empty query."""
        self._shown = [self._hint]
        self._update()

    def show_query(self, parts: Sequence[QueryPart], notes: Sequence[str] = ()) -> None:
        """Show what was searched and what was not understood."""
        self._shown = [self._lead] if parts else []
        for button, part in zip(self._parts, parts, strict=False):
            # To leave out the only words would leave nothing; without a filter, everything.
            can_go = len(parts) > 1 or part.is_filter
            button.setText(_short(part.text) + ("  ×" if can_go else ""))
            button.setToolTip(self.tr("Leave out “{part}”").format(part=part.text))
            button.setAccessibleName(self.tr("Leave out {part}").format(part=part.text))
            button.setEnabled(can_go)
            _set_role(button, "filter" if part.is_filter else "chip")
            button.setProperty("query", part.without)
            button.setProperty("part", part.text)
            self._shown.append(button)
        if notes:
            self._note.setText(" ".join(notes))
            self._note.setToolTip("\n".join(notes))
            self._shown.append(self._note)
        self._update()

    def show_left_out(self, part: str) -> None:
        """Offer to put back a part that was left out, until another query is shown."""
        self._left_out.setText("+  " + _short(part))
        self._left_out.setToolTip(self.tr("Put “{part}” back").format(part=part))
        self._left_out.setAccessibleName(self.tr("Put {part} back").format(part=part))
        self._shown.append(self._left_out)
        self._update()

    def show_offer(self, offer: Suggestion) -> None:
        """Offer a phrase that was perhaps meant, until another query is shown."""
        count = wording.documents(offer.documents)
        self._offer.setText(f"{_short(offer.label)} ({count})")
        self._offer.setAccessibleName(f"{offer.label}, {count}")
        self._offer.setProperty("query", offer.query)
        self._shown.append(self._offer)
        self._update()

    def show_completions(self, completions: Sequence[Completion]) -> None:
        """Offer words of the corpus for the one being typed; none hides the offer."""
        self._offered = []
        for button, completion in zip(self._completions, completions, strict=False):
            button.setText(f"{_short(completion.word)}  {wording.number(completion.documents)}")
            button.setAccessibleName(
                self.tr("Complete to {word}, in {count}").format(
                    word=completion.word, count=wording.documents(completion.documents)
                )
            )
            button.setProperty("word", completion.word)
            self._offered.append(button)
        self._update()

    def _button(self, role: str, chosen: object) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", role)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(chosen)
        return button

    def _on_part(self) -> None:
        button = self.sender()
        self.part_left_out.emit(button.property("part"), button.property("query"))

    def _on_offer(self) -> None:
        self.query_chosen.emit(self._offer.property("query"))

    def _on_completion(self) -> None:
        self.completion_chosen.emit(self.sender().property("word"))

    def _update(self) -> None:
        self._line.set_wanted([*self._shown, *self._offered])


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def _set_role(button: QPushButton, role: str) -> None:
    if button.property("role") != role:
        button.setProperty("role", role)
        button.style().unpolish(button)
        button.style().polish(button)


def _short(text: str) -> str:
    text = text.replace("&", "&&")
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + "…"
