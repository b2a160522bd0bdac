"""Measure an import from files on disk to searchable documents, beside SQLite FTS5.

    python tests/benchmarks/import_speed.py [--files 15000] [--folder DIR] [--runs 3]

Both read the same files: Incipit with its worker processes into its library
(``synchronous=FULL``) and its index, SQLite FTS5 in one process into a table that holds the
content (``synchronous=FULL``, write-ahead log). Times are by the clock, in turn, medians of the
runs; run it on an idle machine. Memory is private memory of all processes of ``incipit import``
together, at its peak, in a run of its own. ``recollindex`` is measured where it is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from index_speed_corpora import generated, texts_of
from index_speed_measure import Memory

from incipit.models import DocumentsCommitted, JobEvent
from incipit.services import tasks
from incipit.services.control import JobControl
from incipit.services.library import Library

_A_FOLDER = 1000
_FTS_BATCH = 2000


def main() -> None:
    """Run what the arguments ask for and print a table."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="incipit-import-") as scratch:
        work = Path(scratch)
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        folder = arguments.folder or generated_files(work, arguments.files)
        size_mb = sum(path.stat().st_size for path in _paths(folder)) / 1e6
        print(f"{sum(1 for _ in _paths(folder)):,} files, {size_mb:.1f} MB")
        engines: dict[str, Callable[[Path, Path], tuple[float, str]]] = {
            "incipit": _incipit,
            "fts5": _fts5,
        }
        if shutil.which("recollindex"):
            engines["recoll"] = _recoll
        else:
            print("recollindex is not installed: left out")
        seconds: dict[str, list[float]] = {name: [] for name in engines}
        notes: dict[str, str] = {}
        for _ in range(arguments.runs):
            for name, engine in engines.items():
                # What the one before left to be written would slow down this one's syncs.
                os.sync()
                place = work / "place"
                elapsed_s, notes[name] = engine(folder, place)
                seconds[name].append(elapsed_s)
                shutil.rmtree(place)
        notes["incipit"] += f", {_private_mb(folder, work / 'place'):.0f} MB private memory"
        own = median(seconds["incipit"])
        for name, taken in seconds.items():
            rate, ratio = size_mb / median(taken), median(taken) / own
            print(f"{name:8} {median(taken):8.1f} s {rate:8.1f} MB/s {ratio:6.2f}x  {notes[name]}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=15_000, help="generated files of 8 kB")
    parser.add_argument("--folder", type=Path, help="a folder of .txt files instead")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured")
    return parser.parse_args()


def generated_files(work: Path, count: int) -> Path:
    """Write a generated corpus as one file a document and return its folder."""
    packs = work / "packs"
    packs.mkdir()
    folder = work / "files"
    number = 0
    for pack in generated(count, packs).packs:
        for text in texts_of(pack):
            path = folder / f"{number // _A_FOLDER:03}" / f"{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            number += 1
    return folder


def _paths(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.txt")) if path.is_file())


def _incipit(folder: Path, place: Path) -> tuple[float, str]:
    """Return the time until everything is searchable, and a note."""
    library = Library.open(place)
    task = library.import_task([folder])
    commits: list[tuple[float, int]] = []
    started = time.perf_counter()

    def hear(event: JobEvent) -> None:
        if isinstance(event, DocumentsCommitted):
            commits.append((time.perf_counter() - started, event.status.searchable))

    report = tasks.run(place, task, 1, hear, JobControl())
    whole_s = time.perf_counter() - started
    status = library.status()
    assert status.searchable == report.added, (status, report)
    library.close()
    cache = Path(os.environ["XDG_CACHE_HOME"])
    sizes = [
        sum(path.stat().st_size for path in one.rglob("*") if path.is_file()) / 1e6
        for one in (place, cache)
    ]
    shutil.rmtree(cache)
    all_searchable_s = min(when for when, count in commits if count == report.added)
    return all_searchable_s, (
        f"titles after {whole_s:.1f} s, library {sizes[0]:.0f} MB, index {sizes[1]:.0f} MB"
    )


def _private_mb(folder: Path, place: Path) -> float:
    """Return the private memory of all processes of an import by the command line, at its peak.

    By itself: reading the sizes of busy processes again and again slows them down.
    """
    command = (sys.executable, "-m", "incipit", "--library", place, "import", folder)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process,
        Memory(process.pid) as memory,
    ):
        code = process.wait()
    assert code == 0, code
    return memory.own_mb or 0


def _fts5(folder: Path, place: Path) -> tuple[float, str]:
    place.mkdir()
    file = place / "fts.db"
    found = list(_paths(folder))
    started = time.perf_counter()
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5 (path UNINDEXED, body)")
    for start in range(0, len(found), _FTS_BATCH):
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO texts VALUES (?, ?)",
            (
                (str(path), path.read_text("utf-8", "replace"))
                for path in found[start : start + _FTS_BATCH]
            ),
        )
        database.execute("COMMIT")
    database.close()
    return time.perf_counter() - started, f"{file.stat().st_size / 1e6:.0f} MB"


def _recoll(folder: Path, place: Path) -> tuple[float, str]:
    place.mkdir()
    (place / "recoll.conf").write_text(f"topdirs = {folder}\n")
    started = time.perf_counter()
    subprocess.run(
        ["recollindex", "-c", str(place)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - started, ""


if __name__ == "__main__":
    main()
