"""Measure how long the window's thread is busy at a time while an import runs.

    python tests/benchmarks/window_frames.py [--files 15000] [--folder DIR]

Opens the real window on an empty library, imports, and meanwhile types queries, scrolls the
list and goes from hit to hit, as a reader would. Every event that Qt delivers is timed, nested
ones with their outer one, by the clock and by the thread's processor time; a frame has 16 ms.
How late frames are is told too: sixty times a second, how long it takes until all events are
handled that the thread is handling at that moment.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

import numpy as np
from import_speed import generated_files
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLineEdit

if TYPE_CHECKING:
    from incipit.app.wiring import Desk

FRAME_MS = 16
FRAMES_HZ = 60
QUERIES = ("the", "S-400", '"of the"', "price OR market", "ba*", "kalo~", "ta NEAR/5 me", "")


class TimedApplication(QApplication):
    """An application that knows how long each outermost event took."""

    def __init__(self) -> None:
        super().__init__(["incipit"])
        self.wall_ms: list[float] = []
        self.own_ms: list[float] = []
        self.turns_s: list[tuple[float, float]] = []
        self._depth = 0

    def forget(self) -> None:
        """Forget what was noted."""
        self.wall_ms.clear()
        self.own_ms.clear()
        self.turns_s.clear()

    def turn(self) -> None:
        """Handle all events that wait, and note from when until when that went on."""
        began = time.perf_counter()
        self.processEvents()
        self.turns_s.append((began, time.perf_counter()))

    def late_ms(self) -> NDArray[np.float64]:
        """Return for each frame that was due how long it had to wait for a turn to end."""
        begins, ends = np.array(self.turns_s).T
        due = np.arange(begins[0], ends[-1], 1 / FRAMES_HZ)
        turn = np.searchsorted(begins, due, "right") - 1
        return 1e3 * np.maximum(ends[turn] - due, 0)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event and note what it took."""
        if self._depth:
            return super().notify(receiver, event)
        self._depth = 1
        wall, own = time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth = 0
            self.wall_ms.append(1000 * (time.perf_counter() - wall))
            self.own_ms.append(1000 * (time.thread_time() - own))


def main() -> None:
    """Run an import with a reader beside it and print what the window's thread was busy for."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="incipit-frames-") as scratch:
        work = Path(scratch)
        keep_within(work)
        folder = arguments.folder or generated_files(work, arguments.files)
        _run(folder, work / "library")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=15_000, help="generated files of 8 kB")
    parser.add_argument("--folder", type=Path, help="a folder of text files instead")
    return parser.parse_args()


def keep_within(folder: Path) -> None:
    """Have the program keep whatever it keeps in ``folder``."""
    for variable in ("DATA", "CACHE", "CONFIG", "STATE"):
        os.environ[f"XDG_{variable}_HOME"] = str(folder / variable.lower())


def open_desk(
    place: Path, given: Sequence[Path], app: TimedApplication | None = None
) -> tuple[TimedApplication, Desk]:
    """Open the real window on the library in ``place`` and add the given files."""
    from incipit import paths
    from incipit.app import quick_start
    from incipit.app.crash import CrashHook
    from incipit.app.main import SWITCH_S
    from incipit.app.single_instance import SingleInstance
    from incipit.app.wiring import Desk
    from incipit.services.settings import SettingsFile

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # What is there when the library is open is looked through for garbage no more.
    quick_start.begin()
    sys.setswitchinterval(SWITCH_S)
    # The offscreen platform tells again and again what it does not support.
    qInstallMessageHandler(lambda *_message: None)
    app = app or TimedApplication()
    app.setQuitOnLastWindowClosed(False)
    desk = Desk(
        app,
        SettingsFile(paths.settings_file()),
        SingleInstance(app),
        CrashHook(paths.log_folder(), app),
    )
    desk.begin(place, list(given))
    return app, desk


def close_desk(app: TimedApplication, desk: Desk) -> None:
    """Close the window and wait until the library is closed."""
    desk.window.close()
    wait(app, lambda: desk.window.library is None)


def _run(folder: Path, place: Path) -> None:
    app, desk = open_desk(place, [folder])
    wait(app, lambda: desk.window.imports.busy)
    app.forget()
    _read_meanwhile(desk.window)
    wait(app, lambda: not desk.window.imports.busy)
    report(app)
    late = app.late_ms()
    print(
        f"{'frames':15} {len(late):,} at {FRAMES_HZ} Hz: p99 {np.percentile(late, 99):.1f}, max"
        f" {late.max():.1f} ms late; {100 * (late > FRAME_MS).mean():.3f} % by over {FRAME_MS} ms"
    )
    close_desk(app, desk)


def _read_meanwhile(window: QObject) -> None:
    """Begin to act as a reader does: a query, a few hits, a scroll, and the next query."""
    queries = itertools.cycle(QUERIES)
    steps = itertools.cycle(("query", "hit", "hit", "scroll", "scroll"))

    def act() -> None:
        step = next(steps)
        if step == "query":
            window.search_bar.findChild(QLineEdit).setText(next(queries))
        elif step == "hit":
            window.menus.next_hit.trigger()
        else:
            bar = window.documents.documents.list.verticalScrollBar()
            bar.setValue((bar.value() + bar.pageStep()) % max(bar.maximum(), 1))

    timer = QTimer(window)
    timer.timeout.connect(act)
    timer.start(150)


def wait(app: TimedApplication, condition: Callable[[], bool]) -> None:
    """Handle events until ``condition`` holds."""
    while not condition():
        app.turn()
        time.sleep(0.0005)


def report(app: TimedApplication) -> None:
    """Print how long the events took that were noted."""
    for name, values in (("by the clock", app.wall_ms), ("processor time", app.own_ms)):
        taken = np.array(values)
        share = 100 * (taken > FRAME_MS).mean()
        # Most events are nothing: what matters is the share of time in which a frame is late.
        busy = np.sort(taken[taken > 0.1])
        print(
            f"{name:15} {len(taken):,} events; of those over 0.1 ms: median"
            f" {np.median(busy):.2f}, p95 {np.percentile(busy, 95):.1f},"
            f" p99 {np.percentile(busy, 99):.1f}, max {busy[-1]:.1f} ms;"
            f" {share:.3f} % of all over {FRAME_MS} ms"
        )


if __name__ == "__main__":
    main()
