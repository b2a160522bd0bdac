"""Kill an import at random moments and check what is left, as a power cut would leave it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from incipit.models import SortKey
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.store.library_store import Store
from incipit.text.decoding import decode

_RUNNER = Path(__file__).with_name("import_runner.py")


@dataclass(slots=True)
class Outcome:
    """What a series of kills met: how many cut an import short, and every broken promise."""

    kills: int = 0
    cut_short: int = 0
    finished: int = 0
    broken: list[str] = field(default_factory=list)


def kill_at_random(
    folder: Path,
    work: Path,
    *,
    times: int,
    seed: int,
    tell: Callable[[str], None] = lambda _line: None,
) -> Outcome:
    """Import ``folder`` into a library below ``work``, killed ``times`` times, and check each.

    A finished import begins anew with an empty library.
    """
    choose = random.Random(seed)
    outcome = Outcome()
    library = 0
    whole_s = _run(folder, work / "whole", None)[2]
    while outcome.kills < times:
        place = work / f"library{library}"
        acknowledged, done, elapsed_s = _run(folder, place, choose.uniform(0, whole_s))
        outcome.kills += 1
        if done:
            library += 1
            outcome.finished += 1
            # The machine is faster than it was: later moments would all come too late.
            whole_s = min(whole_s, elapsed_s)
        else:
            outcome.cut_short += 1
        broken = _check(place, acknowledged)
        outcome.broken += broken
        tell("\n".join([f"{outcome.kills}/{times} killed, {len(broken)} promises broken", *broken]))
        if not done and choose.random() < 0.2:
            broken = _resume_and_compare(place, folder)
            outcome.broken += broken
            tell("\n".join([f"went on, {len(broken)} promises broken", *broken]))
            library += 1
    return outcome


def _run(folder: Path, place: Path, kill_after_s: float | None) -> tuple[int, bool, float]:
    """Return how many documents were acknowledged, whether it ended by itself, and when."""
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
    with subprocess.Popen(
        [sys.executable, str(_RUNNER), str(place), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env=environment,
    ) as child:
        timer = None
        if kill_after_s is not None:
            timer = threading.Timer(kill_after_s, _kill_all, [child.pid])
            timer.start()
        assert child.stdout is not None
        lines = child.stdout.read().split("\n")
        if timer is not None:
            timer.cancel()
            timer.join()
    # A line that was cut is no acknowledgement.
    numbers = [int(line) for line in lines[:-1] if line.isdigit()]
    return max(numbers, default=0), "done" in lines, time.monotonic() - started


def _kill_all(leader: int) -> None:
    """Kill the process and its workers, which share its process group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _check(place: Path, acknowledged: int) -> list[str]:
    """Return the promises broken by what a kill left at ``place``."""
    if not (place / "library.db").exists():
        return ["acknowledged documents without a library"] if acknowledged else []
    broken = []
    with Store.open(place, writable=True) as store:
        broken += store.find_damage(JobControl())
        paths = Counter()
        for source in store.sources():
            for path, known in store.files_of(source.id):
                paths[path] += 1
                if store.text(known.id) != decode(Path(path).read_bytes()).text:
                    broken.append(f"{path}: the text is not that of the file")
        if len(paths) < acknowledged:
            broken.append(f"{acknowledged} documents were acknowledged, {len(paths)} are there")
        broken += [f"{path} is there {count} times" for path, count in paths.items() if count > 1]
    return broken


def _resume_and_compare(place: Path, folder: Path) -> list[str]:
    """Open the library as the window does, let it go on, and compare with the folder."""
    library = Library.open(place)
    with Store.open(place, writable=False) as store:
        was_begun = bool(store.unfinished_imports())
    try:
        job = library.start_upkeep(lambda _event: None)
        if job is not None and not job.wait(300):
            return ["the interrupted import did not go on"]
        broken = list(library.check(JobControl()))
        with Store.open(place, writable=False) as store:
            (source,) = store.sources() or (None,)
            there = {path for path, _ in store.files_of(source.id)} if source else set()
            ids = store.ids_in_order(SortKey.ADDED)
        expected = {str(path) for path in folder.rglob("*.txt")}
        if was_begun and there != expected:
            broken.append(f"{len(expected)} files, {len(there)} documents after going on")
        if len(np.unique(ids)) != len(ids):
            broken.append("a document id is there twice")
    finally:
        library.close()
    return broken
