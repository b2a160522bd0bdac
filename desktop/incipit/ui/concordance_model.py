"""The rows of the concordance: its lines in their order, and where each comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from incipit.services.concordance_values import Concordance, KwicLine
from incipit.text.contexts import Edge
from incipit.ui import wording
from incipit.ui.paged_model import Index, PagedModel

#: The columns: the line, and where it comes from.
LINE_COLUMN, PLACE_COLUMN = 0, 1

#: The role under which a row's :class:`KwicLine` stands, or None while it is not there.
LINE_ROLE = Qt.ItemDataRole.UserRole


class ConcordanceModel(PagedModel[KwicLine]):
    """Two columns over the rows of a :class:`Concordance`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(2, parent)
        self._concordance: Concordance | None = None

    @property
    def concordance(self) -> Concordance | None:
        """Return the concordance that is listed."""
        return self._concordance

    def show(
        self,
        concordance: Concordance | None,
        first: int = 0,
        lines: Sequence[KwicLine | None] = (),
    ) -> None:
        """List ``concordance``; ``lines`` are already read and stand from row ``first`` on.

        ``first`` is a multiple of :data:`PAGE_ROWS`.
        """
        self.beginResetModel()
        self._concordance = concordance
        self._start_over(0 if concordance is None else len(concordance))
        if lines:
            self._keep(first, lines)
        self.endResetModel()

    def read_anew(self) -> None:
        """Forget what was read, to ask for it in another width; rows and selection stay."""
        self._start_over(self._count)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, PLACE_COLUMN))

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the columns, for screen readers: the header is not shown."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return self.tr("Line") if section == LINE_COLUMN else self.tr("Document")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line for :data:`LINE_ROLE`, or its words for people and screen readers."""
        if not index.isValid() or role not in _ROLES:
            return None
        line = self._look_at(index.row())
        if role == LINE_ROLE:
            return line
        if line is None:
            read = self._is_read(index.row())
            return self.tr("No longer there") if read else self.tr("Loading")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(line)
        if index.column() == PLACE_COLUMN:
            return f"{line.document.title}, {percent(line)}"
        return f"{line.context.left}{line.context.hit}{line.context.right}"

    def _told(self, line: KwicLine) -> str:
        """Return what the tool tip says: where the line stands, and what its edges mean."""
        parts = [
            line.document.title,
            wording.path(line.document.path),
            self.tr("Word {n} of {of}").format(
                n=wording.number(line.token + 1), of=wording.number(line.document.token_count)
            ),
        ]
        edges = (line.context.left_edge, line.context.right_edge)
        if Edge.TORN in edges:
            parts.append(self.tr("~ The text was cut here; the word at the edge may be torn."))
        elif Edge.DOCUMENT in edges:
            parts.append(self.tr("| The document begins or ends here."))
        return "\n".join(parts)


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    LINE_ROLE,
)


def percent(line: KwicLine) -> str:
    """Return how far into its document a line stands, such as ``37 %``."""
    return f"{round(line.place * 100)} %"
