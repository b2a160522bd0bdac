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
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from incipit.index.folder import IndexFolder
from incipit.paths import index_folder
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.store.library_store import Store
from incipit.text.decoding import decode
from incipit.text.tokens import terms

_RUNNER = Path(__file__).with_name("import_runner.py")
#: The share of the killed imports that the next start may finish.
_LEFT_ALONE = 0.2
_SHRINKS = 0.9


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

    The next start takes up what was cut short. An import that came to its end, be it by the
    start after a kill or by one that nobody kills, is compared with the folder and with the
    index, and the next begins with an empty library.
    """
    choose = random.Random(seed)
    outcome = Outcome()
    library = 0
    whole_s = _run(folder, work / "whole", None).elapsed_s
    acknowledged: set[int] = set()
    left_s = whole_s
    while outcome.kills < times:
        place = work / f"library{library}"
        run = _run(folder, place, choose.uniform(0, left_s))
        acknowledged |= run.acknowledged
        outcome.kills += 1
        broken = _check(place, acknowledged)
        if run.done:
            outcome.finished += 1
            # The machine is faster than it was: later moments would all come too late.
            whole_s = min(whole_s, run.elapsed_s)
        else:
            outcome.cut_short += 1
            # What a killed start has done stays done: less is left for the next.
            left_s *= _SHRINKS
        told = f"{outcome.kills}/{times} killed"
        if run.done or choose.random() < _LEFT_ALONE:
            broken += _go_on_and_compare(place, folder, acknowledged)
            told += ", went on to its end"
            library += 1
            acknowledged = set()
            left_s = whole_s
        outcome.broken += broken
        tell("\n".join([f"{told}, {len(broken)} promises broken", *broken]))
    return outcome


@dataclass(frozen=True, slots=True)
class _Run:
    """What an import said before it ended or was killed."""

    acknowledged: frozenset[int]
    done: bool
    elapsed_s: float


def _run(folder: Path, place: Path, kill_after_s: float | None) -> _Run:
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
    told = frozenset(int(one) for line in lines[:-1] if line != "done" for one in line.split())
    return _Run(told, "done" in lines, time.monotonic() - started)


def _kill_all(leader: int) -> None:
    """Kill the process and its workers, which share its process group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _check(place: Path, acknowledged: Set[int]) -> list[str]:
    """Return the promises broken by what a kill left at ``place``."""
    if not (place / "library.db").exists():
        return ["acknowledged documents without a library"] if acknowledged else []
    broken = []
    with Store.open(place, writable=True) as store:
        broken += [damage.message for damage in store.find_damage(JobControl())]
        there = _documents(store)
        for path, known in there:
            if store.text(known) != decode(Path(path).read_bytes()).text:
                broken.append(f"{path}: the text is not that of the file")
    if lost := acknowledged - {known for _, known in there}:
        broken.append(f"acknowledged, but not there: documents {sorted(lost)}")
    return broken + _twice(there)


def _go_on_and_compare(place: Path, folder: Path, acknowledged: Set[int]) -> list[str]:
    """Open the library as the window does, let it go on, and compare with the folder."""
    library = Library.open(place)
    with Store.open(place, writable=False) as store:
        was_begun = bool(store.unfinished_imports() or _documents(store))
    try:
        job = library.start_upkeep(lambda _event: None)
        if job is not None and not job.wait(300):
            return ["the interrupted import did not go on"]
        broken = [damage.message for damage in library.check(JobControl())]
        with Store.open(place, writable=False) as store:
            there = _documents(store)
            broken += _index_differs(store, place)
    finally:
        library.close()
    expected = {str(path) for path in folder.rglob("*.txt")}
    if was_begun and {path for path, _ in there} != expected:
        broken.append(f"{len(expected)} files, {len(there)} documents after going on")
    if lost := acknowledged - {known for _, known in there}:
        broken.append(f"acknowledged, but gone after going on: documents {sorted(lost)}")
    return broken + _twice(there)


def _index_differs(store: Store, place: Path) -> list[str]:
    """Return the documents whose words in the index are not those of their texts."""
    broken = []
    indexed = 0
    folder = IndexFolder.open(index_folder(place, store.identity), identity=store.identity)
    with folder.snapshot() as snapshot:
        for columns in snapshot.segments:
            words = columns.words(0, columns.term_count)
            starts, live = columns.doc_starts.tolist(), columns.live
            for number, key in enumerate(columns.doc_keys.tolist()):
                if live is not None and not live[number]:
                    continue
                indexed += 1
                stream = columns.terms_between(starts[number], starts[number + 1]).tolist()
                if [words[term] for term in stream] != list(terms(store.text(key))):
                    broken.append(f"document {key}: the index holds other words")
    if indexed != len(_documents(store)):
        broken.append(f"{indexed} documents in the index, {len(_documents(store))} in the library")
    return broken


def _documents(store: Store) -> list[tuple[str, int]]:
    """Return the path and id of every document."""
    return [
        (path, known.id) for source in store.sources() for path, known in store.files_of(source.id)
    ]


def _twice(there: Sequence[tuple[str, int]]) -> list[str]:
    paths = Counter(path for path, _ in there)
    ids = Counter(known for _, known in there)
    counted = [*paths.items(), *ids.items()]
    return [f"{one} is there {count} times" for one, count in counted if count > 1]
