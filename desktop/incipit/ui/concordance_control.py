"""From a query to the lines that are listed: everything that the concordance asks the library.

Runs off the UI thread, the latest question wins. Knows the library and the bridge, and no
widget: it announces outcomes, and the view shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from incipit.analysis.sorting import LineKey
from incipit.analysis.thinning import Thinning
from incipit.errors import Cancelled
from incipit.models import CancelToken
from incipit.services.concordance_counts import GroupBy, GroupCount
from incipit.services.concordance_export import ExportFormat, as_text
from incipit.services.concordance_values import Concordance, ConcordanceRequest, KwicLine
from incipit.ui.bridge import Bridge, Ticket
from incipit.ui.dispersion_strip import BINS
from incipit.ui.paged_model import PAGE_ROWS

if TYPE_CHECKING:
    from incipit.services.library import Library

#: Looking for lines that takes longer than this is said to be under way.
_SLOW_MS = 250
#: More lines than this are exported rather than copied.
MOST_COPIED = 5_000
_COPIED_WIDTH_CP = 80
_LANES = ("lines", "overview", "groups", "copying")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A concordance with its first lines, which stand from row ``first`` on.

    ``row`` is where the hit stands that was to be kept; None without one, or where it is gone.
    """

    concordance: Concordance
    first: int
    lines: tuple[KwicLine | None, ...]
    row: int | None


class ConcordanceControl(QObject):
    """Holds the question of the moment and announces its outcome.

    ``found`` carries a :class:`Found`, ``counted`` the concordance and its :class:`Overview`,
    ``grouped`` the counts by source and by folder, ``copied`` the text of lines, ``exported``
    a path and a number of lines, ``export_ended`` nothing, however an export ended, and
    ``prepared`` nothing, when lines can be sorted by words without more ado.
    """

    found = Signal(object)
    failed = Signal(object)
    slow = Signal()
    lines_came = Signal(int, int, object)
    lines_failed = Signal(int)
    counted = Signal(object, object)
    grouped = Signal(object, object)
    copied = Signal(str, int)
    progressed = Signal(int, int)
    exported = Signal(object, int)
    export_ended = Signal()
    prepared = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._library: Library | None = None
        self._request = ConcordanceRequest()
        self._export: Ticket | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self.slow)

    @property
    def request(self) -> ConcordanceRequest:
        """Return the question of the moment."""
        return self._request

    def attach(self, library: Library | None) -> None:
        """Ask ``library`` from now on, or nobody."""
        self._library = library
        self._slow.stop()
        self.cancel_export()
        for lane in _LANES:
            self._bridge.cancel_lane(lane)

    def set_query(self, query: str) -> None:
        """Ask about ``query`` from the next question on."""
        self._request = replace(self._request, query=query)

    def set_keys(self, keys: Sequence[LineKey]) -> None:
        """Ask for lines in the order of ``keys`` from the next question on."""
        self._request = replace(self._request, keys=tuple(keys))

    def set_thinning(self, thinning: Thinning) -> None:
        """Ask for the lines that ``thinning`` keeps from the next question on."""
        self._request = replace(self._request, thinning=thinning)

    def ask(self, width_cp: int, keep: tuple[int, int] | None = None) -> None:
        """Find the lines; ``found`` or ``failed`` follows, then ``counted``.

        ``keep`` is the document id and number of the hit that is to stay selected.
        """
        library, request = self._library, self._request
        if library is None:
            return

        def work(cancel: CancelToken) -> Found:
            return _find(library, request, width_cp, keep, cancel)

        self._slow.start()
        self._bridge.cancel_lane("overview")
        self._bridge.run(work, self._on_found, failed=self._on_failed, lane="lines")

    def prepare(self) -> None:
        """Make what sorting by words needs; ``prepared`` follows."""
        if self._library is not None:
            # Not in a lane: every later question has use for it, and it is made once.
            self._bridge.run(self._library.prepare_sorting, lambda _none: self.prepared.emit())

    def load(
        self, generation: int, concordance: Concordance, first: int, count: int, width_cp: int
    ) -> None:
        """Read a page of lines; ``lines_came`` or ``lines_failed`` follows."""
        library = self._library
        if library is None:
            return

        def fail(problem: Exception) -> None:
            self.lines_failed.emit(generation)
            self._bridge.failed.emit(problem)

        self._bridge.run(
            lambda _cancel: library.concordance_lines(concordance, first, count, width_cp=width_cp),
            lambda lines: self.lines_came.emit(generation, first, lines),
            failed=fail,
        )

    def count_groups(self, concordance: Concordance) -> None:
        """Count by source and by folder; ``grouped`` follows."""
        library = self._library
        if library is None:
            return

        def work(_cancel: CancelToken) -> tuple[tuple[GroupCount, ...], ...]:
            return tuple(library.concordance_groups(concordance, by) for by in GroupBy)

        self._bridge.run(work, lambda counts: self.grouped.emit(*counts), lane="groups")

    def copy(self, concordance: Concordance, rows: Sequence[int]) -> None:
        """Read rows as text, aligned on the hit; ``copied`` follows."""
        library = self._library
        if library is None:
            return

        def work(cancel: CancelToken) -> list[str]:
            texts: list[str] = []
            width_cp = _COPIED_WIDTH_CP
            for first, count in _runs(rows[:MOST_COPIED]):
                if cancel.is_set():
                    raise Cancelled
                lines = library.concordance_lines(concordance, first, count, width_cp=width_cp)
                texts += (
                    f"{as_text(line, width_cp)}\t{line.document.title}" for line in lines if line
                )
            return texts

        self._bridge.run(
            work, lambda texts: self.copied.emit("\n".join(texts), len(texts)), lane="copying"
        )

    def export(
        self, concordance: Concordance, path: Path, form: ExportFormat, width_cp: int
    ) -> None:
        """Write all lines to a file; ``progressed`` and then ``export_ended`` follow."""
        library = self._library
        if library is None:
            return
        told = self._bridge.listener(lambda done: self.progressed.emit(*done))

        def work(cancel: CancelToken) -> int:
            return library.exports.concordance(
                concordance,
                path,
                form,
                width_cp=width_cp,
                cancel=cancel,
                progress=lambda done, total: told((done, total)),
            )

        def done(count: int) -> None:
            self._export = None
            self.exported.emit(path, count)
            self.export_ended.emit()

        def fail(problem: Exception) -> None:
            self._export = None
            self.export_ended.emit()
            self._bridge.failed.emit(problem)

        self.cancel_export()
        self._export = self._bridge.run(work, done, failed=fail)

    def cancel_export(self) -> None:
        """Stop an export; nothing of it stays."""
        if self._export is not None:
            self._export.cancel()
            self._export = None
            self.export_ended.emit()

    def _on_found(self, found: Found) -> None:
        self._slow.stop()
        self.found.emit(found)
        library = self._library
        if library is None:
            return
        if len(found.concordance.lines):
            self._bridge.run(
                lambda _cancel: library.concordance_overview(found.concordance, BINS),
                lambda overview: self.counted.emit(found.concordance, overview),
                lane="overview",
            )
        self.prepare()

    def _on_failed(self, problem: Exception) -> None:
        self._slow.stop()
        self.failed.emit(problem)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first row and length of each run of rows that follow each other, a page at most."""
    start = 0
    for end in range(1, len(rows) + 1):
        whole = end - start == PAGE_ROWS
        if end == len(rows) or rows[end] != rows[end - 1] + 1 or whole:
            yield rows[start], end - start
            start = end


def _find(
    library: Library,
    request: ConcordanceRequest,
    width_cp: int,
    keep: tuple[int, int] | None,
    cancel: CancelToken,
) -> Found:
    """Find the lines, and read those that will be in view. Worker thread."""
    concordance = library.concordance(request, cancel)
    row = concordance.row_of(*keep) if keep is not None else None
    first = (row or 0) // PAGE_ROWS * PAGE_ROWS
    lines = library.concordance_lines(concordance, first, PAGE_ROWS, width_cp=width_cp)
    return Found(concordance, first, lines, row)
