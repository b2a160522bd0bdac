"""How fast a job goes and how long it will take, from what it reports: no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from incipit.models import JobProgress

_WINDOW_S = 8.0
_SETTLED_S = 1.0


class ProgressRate:
    """Keeps the progress of the last seconds and estimates from it."""

    def __init__(self) -> None:
        self._seen: deque[JobProgress] = deque()

    def add(self, progress: JobProgress) -> None:
        """Take one report; one of another job or phase begins anew."""
        last = self._seen[-1] if self._seen else None
        if last is not None and (last.job_id, last.phase) != (progress.job_id, progress.phase):
            self._seen.clear()
        self._seen.append(progress)
        while progress.elapsed_s - self._seen[0].elapsed_s > _WINDOW_S and len(self._seen) > 2:
            self._seen.popleft()

    def files_per_s(self) -> float | None:
        """Return files a second over the last seconds, or None while it is too early to say."""
        return self._rate(lambda progress: progress.files_done)

    def bytes_per_s(self) -> float | None:
        """Return bytes a second over the last seconds, or None while it is too early to say."""
        return self._rate(lambda progress: progress.bytes_done)

    def left_s(self) -> float | None:
        """Return the seconds left at the present rate, or None while nothing can be said."""
        if not self._seen:
            return None
        now = self._seen[-1]
        # Bytes say more than files: one file can be a thousand times another.
        for rate, done, total in (
            (self.bytes_per_s(), now.bytes_done, now.bytes_total),
            (self.files_per_s(), now.files_done, now.files_total),
        ):
            if rate and total:
                return max(0.0, (total - done) / rate)
        return None

    def _rate(self, measure: Callable[[JobProgress], int]) -> float | None:
        if len(self._seen) < 2:
            return None
        first, last = self._seen[0], self._seen[-1]
        elapsed_s = last.elapsed_s - first.elapsed_s
        if elapsed_s < _SETTLED_S:
            return None
        return (measure(last) - measure(first)) / elapsed_s
