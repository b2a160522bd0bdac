"""Measuring: medians of runs, and the memory of this process with its children."""

from __future__ import annotations

import math
import os
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

Argument = TypeVar("Argument")


def median_ms(work: Callable[[], object], runs: int) -> float:
    """Return the median time of ``work`` in milliseconds, after one run that does not count.

    It is the processor's time, so that other programs at work do not count either.
    """
    work()
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


def times_ms(work: Callable[[Argument], object], arguments: Sequence[Argument]) -> list[float]:
    """Return the processor time of ``work`` in milliseconds, once on each argument."""
    times = []
    for argument in arguments:
        started = time.process_time()
        work(argument)
        times.append((time.process_time() - started) * 1000)
    return times


def processor_s() -> float:
    """Return the processor's time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(math.ceil(share * len(ordered)), len(ordered)) - 1]


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float | None:
    """Return the slope of log(values) over log(sizes): 1 is linear; None for one size."""
    if len(sizes) < 2 or min(values) <= 0:
        return None
    xs, ys = [math.log(size) for size in sizes], [math.log(value) for value in values]
    return statistics.linear_regression(xs, ys).slope


class Memory:
    """Samples the memory of a process (this one) and its children while a block runs.

    ``peak_mb`` counts pages shared by several of them once (proportional set size), maps of
    files included; ``own_mb`` leaves maps of files out. Both are None where /proc is missing.
    """

    def __init__(self, pid: int | None = None) -> None:
        self._pid = "self" if pid is None else str(pid)
        self.peak_mb: float | None = None
        self.own_mb: float | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        while True:
            now = memory_mb(self._pid)
            if now is not None:
                self.peak_mb = max(self.peak_mb or 0, now[0])
                self.own_mb = max(self.own_mb or 0, now[1])
            if self._done.wait(0.05):
                return


def memory_mb(pid: str = "self") -> tuple[float, float] | None:
    """Return the proportional and the anonymous memory of a process and its children."""
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    total = own = 0.0
    for one in _family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:  # It has ended meanwhile.
            continue
        sizes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
        total += int(sizes["Pss"]) / 1024
        own += int(sizes["Pss_Anon"]) / 1024
    return total, own


def _family(pid: str) -> list[str]:
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(child)
    except OSError:  # It has ended meanwhile.
        return found
    return found
