"""One line on a terminal that says how far a job has come."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO

from incipit.cli.output import shorten
from incipit.models import JobPhase, JobProgress

_WORDS = {
    JobPhase.WAITING: "Waiting",
    JobPhase.PAUSED: "Paused",
    JobPhase.SCANNING: "Looking for files",
    JobPhase.IMPORTING: "Importing",
    JobPhase.INDEXING: "Indexing",
    JobPhase.NAMING: "Finding titles",
    JobPhase.FINISHED: "Done",
}
# A rate over less time says more about the first file than about the rest.
_RATE_AFTER_S = 0.5


class ProgressLine:
    """Writes progress over itself on ``stream``; silent where that is not a terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._visible = self._stream.isatty()
        self._shown = False

    def show(self, progress: JobProgress) -> None:
        """Put ``progress`` in the place of what was shown."""
        self.tell(in_words(progress))

    def tell(self, words: str) -> None:
        """Put ``words`` in the place of what was shown."""
        if not self._visible:
            return
        line = shorten(words, shutil.get_terminal_size().columns - 1)
        self._stream.write(f"\r\x1b[K{line}")
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False


def in_words(progress: JobProgress) -> str:
    """Return how far a job has come: files, bytes, rate, time left, failures."""
    parts = [_WORDS[progress.phase]]
    if progress.files_total:
        parts[0] += f" {progress.files_done:,} of {progress.files_total:,}"
    elif progress.files_done:
        parts[0] += f" {progress.files_done:,}"
    if progress.bytes_total:
        parts.append(f"{progress.bytes_done / 1e6:,.1f} of {progress.bytes_total / 1e6:,.1f} MB")
    if progress.bytes_done and progress.elapsed_s > _RATE_AFTER_S:
        rate = progress.bytes_done / progress.elapsed_s
        parts.append(f"{rate / 1e6:,.1f} MB/s")
        if progress.bytes_total and progress.bytes_total > progress.bytes_done:
            left_s = (progress.bytes_total - progress.bytes_done) / rate
            parts.append(f"{duration(left_s)} left")
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """Return a time as people say it: ``0.8 s``, ``42 s``, ``3 min 5 s``, ``2 h 10 min``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
