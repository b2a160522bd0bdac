"""What is left to do on a library when nobody asks for anything, and when to do it.

Crashes leave imports and queued documents, removals leave texts, and an index may be missing or
damaged. Whether there is something to do is asked here; a job of its own does it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from incipit.services.jobs import Job, JobQueue, Listener
from incipit.services.searching import Searching
from incipit.services.tasks import IndexTask
from incipit.services.verification import Verification
from incipit.store.library_store import Store


class Upkeep:
    """The upkeep of one open library whose index is in ``place``. Close it."""

    def __init__(self, store: Store, searching: Searching, jobs: JobQueue, place: Path) -> None:
        self._store = store
        self._searching = searching
        self._jobs = jobs
        self._place = place
        self._verification: Verification | None = None

    def is_due(self) -> bool:
        """Return whether there is anything to do.

        On a library that can only be read that is an index that cannot be used, no more.
        """
        if self._searching.snapshot() is None:
            return True
        if not self._store.writable:
            return False
        # Imported when it is needed: it brings the worker processes along.
        from incipit.services.workshop import purge_before

        counts = self._store.queue_counts()
        return (
            bool(counts.to_index or counts.to_delete)
            or bool(self._store.unfinished_imports())
            or any(one.removed_at < purge_before() for one in self._store.undoable())
        )

    def start(self, listener: Listener) -> Job | None:
        """Start what there is to do; None where that is nothing, or under way already."""
        if self._jobs.holds(IndexTask) or not self.is_due():
            return None
        return self._jobs.start(IndexTask(rebuild=self._searching.condemned), listener)

    def watch(self, on_damage: Callable[[str], None]) -> None:
        """Call ``on_damage`` from any thread whenever the index turns out to be unusable.

        Begins to read the whole index in the background, once; of a library without documents
        there is none yet.
        """
        self._searching.on_damage = on_damage
        if self._verification is None and self._store.document_count():
            self._verification = Verification(
                self._place, self._store.identity, self._searching.condemn
            )

    def verified(self, timeout_s: float) -> bool:
        """Wait for the reading in the background and return whether it has ended."""
        return self._verification is None or self._verification.wait(timeout_s)

    def close(self) -> None:
        """End the reading in the background."""
        if self._verification is not None:
            self._verification.close()
