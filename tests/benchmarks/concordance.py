"""Measure the concordance: first page, orders, pages, samples and counts, and print a table.

    python tests/benchmarks/concordance.py [--documents 20000] [--lines 500000] [--runs 5]
                                           [--cache DIR]

Imports generated documents of 8,000 characters into a library as the program does, asks for the
word whose hits are nearest to the number of lines, and prints for each step the median time on
the clock and the least time of the processor, in milliseconds. Then the same for a view of a
million lines, without a screen: how long it holds up the thread that paints. With --cache the
library is kept there, and measured again without importing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

PAGE = 64
WIDTH_CP = 120
MANY_LINES = 1_000_000
NEVER = threading.Event()


def main() -> None:
    """Make or open the library, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=500_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="incipit-") as temporary:
        home = options.cache or Path(temporary)
        for name in ("DATA", "CACHE", "CONFIG", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
        place = home / f"library-{options.documents}"
        if not place.exists():
            _fill(place, home / f"texts-{options.documents}", options.documents)
        _measure(place, options.lines, options.runs)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _scroll(place)


def _fill(place: Path, texts: Path, documents: int) -> None:
    from index_speed_corpora import generated, numbered_packs, texts_of

    from incipit.services import tasks
    from incipit.services.control import JobControl
    from incipit.services.library import Library

    packs = texts / "packs"
    packs.mkdir(parents=True, exist_ok=True)
    for first, pack in numbered_packs(generated(documents, packs)):
        folder = texts / "files" / f"{first:07}"
        folder.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(texts_of(pack), first):
            (folder / f"{number:07}.txt").write_text(text, "utf-8")
    Library.open(place).close()
    tasks.run(
        place, tasks.ImportTask((str(texts / "files"),)), 1, lambda _event: None, JobControl()
    )


def _measure(place: Path, lines: int, runs: int) -> None:
    from incipit.analysis.alphabet import Alphabet
    from incipit.analysis.sorting import parse_keys
    from incipit.analysis.thinning import Thinning
    from incipit.services.concordance_values import Concordance, ConcordanceRequest
    from incipit.services.library import Library

    library = Library.open(place)
    snapshot = library._searching.snapshot()
    assert snapshot is not None
    word, rare = _word_of(snapshot.segments, lines), _word_of(snapshot.segments, 1)
    tokens = sum(columns.token_count for columns in snapshot.segments)
    print(f"{tokens:,} tokens in {len(snapshot.segments)} segments")

    def ask(sort: str, query: str = word, **thinning: object) -> Concordance:
        request = ConcordanceRequest(query, parse_keys(sort), Thinning(**thinning))
        return library.concordance(request, NEVER)

    def ask_anew(sort: str) -> Concordance:
        # Another question between, so that the hits are found again.
        ask("position", rare)
        return ask(sort)

    def page(found: Concordance, first: int = 0) -> None:
        library.concordance_lines(found, first, PAGE, width_cp=WIDTH_CP)

    _print("first question and page after opening", 1, lambda: page(ask("document,position")))
    library.close()
    library = Library.open(place)
    snapshot = library._searching.snapshot()
    assert snapshot is not None
    _print("the same, by the word right of it", 1, lambda: page(ask("R1")))
    found = ask("document,position")
    print(f"“{word}”: {len(found):,} lines")
    _print("words of all segments in one order", runs, lambda: Alphabet(snapshot.segments))
    ask("R1")
    _print("first page, in order", runs, lambda: page(ask_anew("document,position")))
    _print("first page, by the word right of it", runs, lambda: page(ask_anew("R1")))
    for sort in ("R1", "L1,R1", "R1,R2,R3", "hit,L1,document", "random"):
        _print(f"sort by {sort}", runs, lambda sort=sort: ask(sort))
    middle = [ask("R1,R2,R3")]
    _print("a page of the middle, never read", 1, lambda: page(middle[0], len(found) // 2))
    _print("sample of 1,000", runs, lambda: ask("R1", sample=1000))
    _print("words within 5", runs, lambda: ask("R1", with_words=(rare,), within=5))
    _print("counts, spread and strips", runs, lambda: library.concordance_overview(found, 600))
    library.close()


def _scroll(place: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from incipit.services.library import Library
    from incipit.ui.bridge import Bridge
    from incipit.ui.concordance_view import ConcordanceView
    from incipit.ui.themes import LIGHT

    app = QApplication([])
    bridge, library = Bridge(), Library.open(place)
    snapshot = library._searching.snapshot()
    assert snapshot is not None
    view = ConcordanceView(bridge, LIGHT)
    view.resize(900, 700)
    view.show()
    view.attach(library)
    came: list[object] = []
    view.control.found.disconnect()
    view.control.found.connect(came.append)
    view.show_query(_query_of(snapshot.segments, MANY_LINES), is_new=True)
    view.set_active(True)
    while not came:
        app.processEvents()

    def show() -> None:
        view._on_found(came[0])  # type: ignore[arg-type]
        app.processEvents()

    _print("a million lines: shown and painted", 1, show)
    _print("the same again", 5, show)
    bar = view.list.verticalScrollBar()
    print(f"{view.model.rowCount():,} lines")
    steps = iter(range(0, bar.maximum(), bar.maximum() // 500))

    def step(value: int) -> None:
        bar.setValue(value)
        app.processEvents()

    _print("scrolled by a page, longest", 200, lambda: step(bar.value() + bar.pageStep()), max)
    _print("dragged, longest", 300, lambda: step(next(steps)), max)

    def jump(row: int) -> None:
        view.list.go_to(row, announce=False)
        while view.model.row_at(row) is None:
            app.processEvents()
        view.list.viewport().repaint()

    rows = iter(range(1234, view.model.rowCount(), view.model.rowCount() // 20))
    _print("jumped until its lines are there", 20, lambda: jump(next(rows)))
    view.attach(None)
    bridge.close()
    library.close()


def _query_of(segments: object, wanted: int) -> str:
    """Return alternatives of so many hits, of frequent words first."""
    totals = _totals(segments)
    chosen, hits = [], 0
    for name in sorted(totals, key=lambda name: (-totals[name], name)):
        if hits >= wanted:
            break
        chosen.append(name)
        hits += totals[name]
    return " OR ".join(chosen)


def _totals(segments: object) -> dict[str, int]:
    totals: dict[str, int] = {}
    for columns in segments:  # type: ignore[attr-defined]
        words = columns.words(0, columns.term_count)
        for name, count in zip(words, columns.frequencies().tolist(), strict=True):
            totals[name] = totals.get(name, 0) + count
    return totals


def _word_of(segments: object, wanted: int) -> str:
    """Return the word whose frequency over all segments is nearest to ``wanted``."""
    totals = _totals(segments)
    return min(totals, key=lambda name: (abs(totals[name] - wanted), name))


def _print(
    name: str,
    runs: int,
    work: Callable[[], object],
    of: Callable[[list[float]], float] = statistics.median,
) -> None:
    clock, processor = [], []
    for _ in range(runs):
        started, used = time.perf_counter(), time.thread_time()
        work()
        clock.append(time.perf_counter() - started)
        processor.append(time.thread_time() - used)
    # Where the longest counts, that of the processor's does too.
    used_of = min if of is statistics.median else of
    clocked, least = of(clock) * 1000, used_of(processor) * 1000
    print(f"{name:42}{clocked:9.1f} ms{least:9.1f} ms of the processor")


if __name__ == "__main__":
    main()
