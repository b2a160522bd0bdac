"""Measure the window with a text that is very long, and with a list that is.

    python tests/benchmarks/window_reading.py [--hits 50000] [--documents 1000000]

The text is one line of 50 MB with so many hits, which are gone through, scrolled and jumped to;
the list has so many documents, is sorted, scrolled and jumped in. Every event that Qt delivers
is timed as by window_frames.py; printed too is how long it takes from an order to its rows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from library_store import fill
from window_frames import TimedApplication, close_desk, keep_within, open_desk, report, wait

from incipit.models import SortKey
from incipit.ui.document_model import ROW_ROLE, DocumentModel
from incipit.ui.main_window import MainWindow

_LINE_BYTES = 50_000_000
_STEPS = 200
_LOOKED_AT_S = 5
_ORDERS = (SortKey.NAME, SortKey.LENGTH, SortKey.FOLDER, SortKey.ADDED)


def main() -> None:
    """Measure what the arguments ask for and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hits", type=int, default=50_000, help="hits in the long text")
    parser.add_argument("--documents", type=int, default=1_000_000, help="documents in the list")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="incipit-reading-") as scratch:
        work = Path(scratch)
        keep_within(work)
        app = _read_long_text(work, options.hits)
        _list_many(app, work, options.documents)


def _read_long_text(work: Path, hits: int) -> TimedApplication:
    between = _LINE_BYTES // hits
    filling = ("the quick brown fox jumps over a lazy dog " * (between // 42 + 1))[: between - 9]
    path = work / "long.txt"
    path.write_text(f"{filling} harbour " * hits, "ascii")
    app, desk = open_desk(work / "library", [path])
    window = desk.window
    wait(app, lambda: window.documents.reading.document is not None and not window.imports.busy)
    began = time.perf_counter()
    window.search_bar.set_query("harbour")
    wait(app, lambda: window.pane.current_hit == 0)
    print(f"{hits:,} hits in {path.stat().st_size / 1e6:.0f} MB, lit after", end=" ")
    print(f"{(time.perf_counter() - began) * 1e3:.0f} ms,", end=" ")
    app.forget()
    wait(app, lambda: f"{hits:,}" in window.pane.navigator.hit_label.text())
    print(f"counted after {(time.perf_counter() - began) * 1e3:.0f} ms; meanwhile")
    report(app)
    bar = window.pane.scroll_bar
    for name, step in (
        ("from hit to hit", lambda _number: window.menus.next_hit.trigger()),
        ("scrolling", lambda _number: bar.setValue(bar.value() + bar.singleStep() * 3)),
        ("jumping", lambda number: bar.setValue(bar.maximum() * number // _STEPS)),
    ):
        print(name)
        _measure(app, step)
    close_desk(app, desk)
    return app


def _measure(app: TimedApplication, step: object) -> None:
    app.forget()
    for number in range(_STEPS):
        began, own = time.perf_counter(), time.thread_time()
        step(number)  # type: ignore[operator] # a function of a number
        app.wall_ms.append((time.perf_counter() - began) * 1e3)
        app.own_ms.append((time.thread_time() - own) * 1e3)
        app.processEvents()
        time.sleep(0.005)
        app.processEvents()
    report(app)


def _list_many(app: TimedApplication, work: Path, documents: int) -> None:
    fill(work / "many", documents)
    app, desk = open_desk(work / "many", [], app)
    window = desk.window
    wait(app, lambda: window.documents.documents.model.rowCount() == documents)
    wait(app, lambda: not window.imports.busy)
    print(f"a list of {documents:,} documents")
    # Someone who looks at the list first: the orders are read ahead meanwhile.
    ready = time.monotonic() + _LOOKED_AT_S
    wait(app, lambda: time.monotonic() > ready)
    for order in _ORDERS:
        took = _sorted(app, window, order)
        print(f"first page by {order}: {took * 1e3:.0f} ms")
    bar = window.documents.documents.list.verticalScrollBar()
    for name, step in (
        ("scrolling", lambda _number: bar.setValue(bar.value() + bar.singleStep() * 3)),
        ("jumping", lambda number: bar.setValue(bar.maximum() * number // _STEPS)),
    ):
        print(name)
        _measure(app, step)
    waits = [_jump(app, window, documents * number // 20) for number in range(20)]
    print(f"a jump until its rows are there: median {median(waits) * 1e3:.1f} ms")
    close_desk(app, desk)


def _sorted(app: TimedApplication, window: MainWindow, order: SortKey) -> float:
    """Return the seconds from asking for an order to its first rows."""
    began = time.perf_counter()
    window.documents.searching.reorder(order, descending=False)
    model = window.documents.documents.model
    wait(app, lambda: model.result.request.sort is order and _has_row(model, 0))
    return time.perf_counter() - began


def _jump(app: TimedApplication, window: MainWindow, row: int) -> float:
    rows, model = window.documents.documents.list, window.documents.documents.model
    began = time.perf_counter()
    rows.scrollTo(model.index(row, 0), rows.ScrollHint.PositionAtTop)
    wait(app, lambda: _has_row(model, row))
    return time.perf_counter() - began


def _has_row(model: DocumentModel, row: int) -> bool:
    return model.index(row, 0).data(ROW_ROLE) is not None


if __name__ == "__main__":
    main()
