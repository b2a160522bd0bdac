"""The rows of the concordance: as many lines as there are, read a few pages at a time.

The model knows the order of all lines as numbers and asks for those that are looked at
(``rows_wanted``); whoever has a library answers with :meth:`ConcordanceModel.fill`. A line that
is not there yet, or whose document is gone, is None and is painted as a placeholder.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from incipit.services.concordance import Concordance, KwicLine
from incipit.text.contexts import Edge
from incipit.ui import wording

PAGE_ROWS = 64
_PAGES_HELD = 48

#: The columns: the line, and where it comes from.
LINE_COLUMN, PLACE_COLUMN = 0, 1

#: The role under which a row's :class:`KwicLine` stands, or None while it is not there.
LINE_ROLE = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ConcordanceModel(QAbstractTableModel):
    """Two columns over the rows of a :class:`Concordance`."""

    #: generation, first row, number of rows; emitted once for the page looked at last.
    rows_wanted = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._concordance: Concordance | None = None
        self._count = 0
        self._pages: OrderedDict[int, tuple[KwicLine | None, ...]] = OrderedDict()
        self._generation = 0
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: int | None = None
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.timeout.connect(self._ask)

    @property
    def concordance(self) -> Concordance | None:
        """Return the concordance that is listed."""
        return self._concordance

    @property
    def generation(self) -> int:
        """Return the number of what is listed; answers to older ones are dropped."""
        return self._generation

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
        self._count = 0 if concordance is None else len(concordance)
        self._drop_pages()
        if lines:
            self._keep(first, lines)
        self.endResetModel()

    def read_anew(self) -> None:
        """Forget what was read, to ask for it in another width; rows and selection stay."""
        self._drop_pages()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, PLACE_COLUMN))

    def fill(self, generation: int, first: int, lines: Sequence[KwicLine | None]) -> None:
        """Take the lines from row ``first`` on that were asked for under ``generation``."""
        if generation != self._generation:
            return
        self._asked = None
        self._keep(first, lines)
        last = min(first + PAGE_ROWS, self._count) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, PLACE_COLUMN))
        self._ask()

    def forget(self, generation: int) -> None:
        """Note that the lines asked for did not come; the next look at them asks again."""
        if generation == self._generation:
            self._asked = None

    def line_at(self, row: int) -> KwicLine | None:
        """Return what is known of a row, without asking for it."""
        page = self._pages.get(row // PAGE_ROWS)
        place = row % PAGE_ROWS
        return page[place] if page is not None and place < len(page) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return 2."""
        return 0 if parent.isValid() else 2

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

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line for :data:`LINE_ROLE`, or its words for people and screen readers."""
        if not index.isValid() or role not in _ROLES:
            return None
        page = index.row() // PAGE_ROWS
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._want(page)
        line = self.line_at(index.row())
        if role == LINE_ROLE:
            return line
        if line is None:
            return self.tr("Loading") if page not in self._pages else self.tr("No longer there")
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

    def _drop_pages(self) -> None:
        self._pages.clear()
        self._wanted.clear()
        self._asked = None
        self._generation += 1

    def _keep(self, first: int, lines: Sequence[KwicLine | None]) -> None:
        page = first // PAGE_ROWS
        self._pages[page] = tuple(lines)
        self._pages.move_to_end(page)
        self._wanted.pop(page, None)
        while len(self._pages) > _PAGES_HELD:
            self._pages.popitem(last=False)

    def _want(self, page: int) -> None:
        if page == self._asked:
            return
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        # While somebody drags the scroll bar a page is looked at and gone; the last two that
        # were looked at are the ones still in view.
        while len(self._wanted) > 2:
            self._wanted.popitem(last=False)
        if self._asked is None and not self._ask_soon.isActive():
            self._ask_soon.start(0)

    def _ask(self) -> None:
        if self._asked is not None or not self._wanted:
            return
        self._asked, _ = self._wanted.popitem(last=True)
        self.rows_wanted.emit(self._generation, self._asked * PAGE_ROWS, PAGE_ROWS)


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    LINE_ROLE,
)


def percent(line: KwicLine) -> str:
    """Return how far into its document a line stands, such as ``37 %``."""
    return f"{round(line.place * 100)} %"
