"""Cancel an import at many random moments, and measure how long each takes to end.

python tests/benchmarks/cancel_import.py [--files 5000] [--folder DIR] [--times 20] [--seed 1]

The import runs as in the window: in a process of its own with its workers. Measured is the time
by the clock from the order to cancel to the last event, after which nothing runs any more.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from import_speed import generated_files

from incipit.models import JobEvent, JobFinished
from incipit.services.library import Library


def main() -> None:
    """Run what the arguments ask for and print how long the cancels took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=5_000, help="generated files of 8 kB")
    parser.add_argument("--folder", type=Path, help="a folder of .txt files instead")
    parser.add_argument("--times", type=int, default=20, help="how many cancels")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    options = parser.parse_args()
    choose = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="incipit-cancel-") as scratch:
        work = Path(scratch)
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        folder = options.folder or generated_files(work, options.files)
        whole_s = _run(folder, work / "place", None)[0]
        took: list[float] = []
        too_late = 0
        while len(took) < options.times:
            elapsed_s, cancelled = _run(folder, work / "place", choose.uniform(0, whole_s))
            if cancelled:
                took.append(elapsed_s)
            else:
                too_late += 1
    print(
        f"{len(took)} cancels of an import of {whole_s:.1f} s: median {median(took) * 1e3:.0f} ms,"
        f" longest {max(took) * 1e3:.0f} ms ({too_late} came after the end)"
    )


def _run(folder: Path, place: Path, cancel_after_s: float | None) -> tuple[float, bool]:
    """Return the seconds from the cancel, or from the start, to the end; and whether cancelled."""
    library = Library.open(place)
    last: list[JobFinished] = []

    def hear(event: JobEvent) -> None:
        if isinstance(event, JobFinished):
            last.append(event)

    began = time.perf_counter()
    job = library.start_import([folder], hear)
    if cancel_after_s is not None:
        job.wait(cancel_after_s)
        began = time.perf_counter()
        job.cancel()
    job.wait()
    elapsed_s = time.perf_counter() - began
    (ended,) = last
    assert ended.report is not None, ended.error
    library.close()
    shutil.rmtree(place)
    return elapsed_s, ended.report.cancelled


if __name__ == "__main__":
    main()
