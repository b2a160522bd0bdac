"""A library opened for writing: the lock, the store, the index, and commits in their order.

Everything that changes store or index together goes through here, in one thread of one
process. The index is a cache: where it cannot be opened it is made anew and every document is
queued for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from incipit import paths
from incipit.errors import Cancelled, IndexUnusable
from incipit.index.folder import IndexFolder
from incipit.index.inversion import PendingSegment
from incipit.models import (
    DocumentsCommitted,
    FailedFile,
    ImportReport,
    JobEvent,
    JobPhase,
    LibraryStatus,
)
from incipit.services.control import JobControl
from incipit.services.disk import require_space, told_in_words
from incipit.services.indexing import (
    IndexedBatch,
    are_few,
    crashed,
    halves,
    index_batch,
    index_batches,
)
from incipit.services.lock import WriterLock
from incipit.services.progress import Progress
from incipit.services.workers import Workers
from incipit.store.library_store import Store
from incipit.store.records import BatchOutcome, NewDocument, QueueAction, Queued, TouchedFile
from incipit.store.spools import clear_spools, spool_folder

_log = logging.getLogger(__name__)

_QUEUE_ROWS = 50_000
#: Removals can be taken back for so long; then their texts go for good.
_KEPT = timedelta(days=30)


class Workshop:
    """The one writer of a library, as a context manager; entering waits for the lock.

    Raises on entering: LibraryUnusable, LibraryBusy, Cancelled.
    """

    def __init__(
        self,
        library: Path,
        job_id: int,
        emit: Callable[[JobEvent], None],
        control: JobControl,
        *,
        purpose: str,
    ) -> None:
        self.library = library
        self.control = control
        self.progress = Progress(job_id, emit)
        self._emit = emit
        self._purpose = purpose
        self._open = ExitStack()

    def __enter__(self) -> Workshop:
        with ExitStack() as opening:
            opening.enter_context(
                WriterLock(self.library, self._purpose, timeout_s=None, cancel=self.control)
            )
            self.store = Store.open(self.library, writable=True)
            opening.callback(self.store.close)
            # Those of a writer that was killed.
            clear_spools(self.library)
            opening.callback(clear_spools, self.library)
            self._index_place = paths.index_folder(self.library, self.store.identity)
            self.index = self._open_index()
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """Return the folders that are never imported."""
        return (self.library, self._index_place)

    @property
    def segment_folder(self) -> Path:
        """Return where workers write their segments."""
        return self._index_place

    @property
    def spool_folder(self) -> Path:
        """Return where workers write what is too long to be sent."""
        return spool_folder(self.library)

    def status(self) -> LibraryStatus:
        """Return how many documents there are, searchable and queued, and failures."""
        return self.store.status()

    def tell_committed(self) -> None:
        """Say that documents have become readable or searchable."""
        self._emit(DocumentsCommitted(self.progress.job_id, self.status()))

    def step(self) -> None:
        """Stand between two commits: wait while paused. Raises: Cancelled."""
        if self.control.paused:
            with self.progress.held():
                self.control.wait_while_paused()
        if self.control.is_set():
            raise Cancelled

    def require_space(self, size_bytes: int) -> None:
        """Refuse texts that would not fit. Raises: UserError (``no-space``)."""
        require_space(self.library, self._index_place, size_bytes)

    def write_batch(
        self,
        documents: Sequence[NewDocument],
        failures: Sequence[FailedFile],
        touched: Sequence[TouchedFile],
    ) -> BatchOutcome:
        """Store what a worker read, and remove its spools.

        Raises: UserError (``disk-full``, ``read-only``, ``disk``), Cancelled.
        """
        try:
            with told_in_words(self.library):
                return self.store.write_batch(documents, failures, touched, self.control)
        finally:
            for document in documents:
                document.remove_spools()

    def commit_segments(self, segments: Sequence[PendingSegment], queued: Sequence[Queued]) -> None:
        """Commit segments whose documents are in the store, then take their queue rows away.

        Raises: UserError (``disk-full``, ``read-only``, ``disk``).
        """
        deletes = [row.document_id for row in queued if row.action is QueueAction.DELETE]
        try:
            if segments or deletes:
                with told_in_words(self._index_place):
                    self._write(segments, deletes)
        except IndexUnusable as damage:
            self._renew(damage.reason)
            return
        self.store.queue_done(queued)

    def _write(self, adds: Sequence[PendingSegment], deletes: Sequence[int]) -> None:
        try:
            self.index.write(adds=adds, deletes=deletes)
        except FileNotFoundError as gone:
            raise IndexUnusable(f"a segment was removed: {gone}") from gone

    def update_index(self, *, rebuild: bool = False) -> ImportReport:
        """Do what the index queue says, until it is empty; ``rebuild`` queues everything first.

        Raises: Cancelled.
        """
        if rebuild:
            self._renew("a rebuild was asked for")
        counts = self.store.queue_counts()
        total = counts.to_index + counts.to_delete
        if not total:
            return ImportReport(elapsed_s=self.progress.elapsed_s)
        self.progress.restart(JobPhase.INDEXING, files_total=total)
        while rows := self.store.take_queue(_QUEUE_ROWS):
            self.step()
            self._index_rows(rows)
        return ImportReport(elapsed_s=self.progress.elapsed_s)

    def tidy(self) -> None:
        """Delete for good what was removed long ago, and merge segments where that is due.

        Ends early where the job is to end: nothing is lost, and the next one goes on.
        """
        try:
            self.store.purge(before=purge_before(), cancel=self.control)
            while self.index.merge(self.control):
                self.step()
        except Cancelled:
            return
        except IndexUnusable as damage:
            self._renew(damage.reason)
            self.update_index()
        except OSError as problem:
            # There is no room for it; the index stays as it is, and is whole.
            _log.warning("the index could not be merged: %s", problem)

    def _index_rows(self, rows: Sequence[Queued]) -> None:
        deletes = tuple(row for row in rows if row.action is QueueAction.DELETE)
        if deletes:
            self.commit_segments((), deletes)
            self.progress.advance(len(deletes))
            self.tell_committed()
        to_index = [row for row in rows if row.action is QueueAction.INDEX]
        sizes = self.store.char_counts([row.document_id for row in to_index])
        batches = index_batches(self.library, self._index_place, to_index, sizes)
        workers = Workers(index_batch, split=halves, lost=crashed, cancel=self.control)
        with workers.results(batches, here=are_few(sizes)) as results:
            for done in results:
                if done.crashed:
                    self._record_crash(done)
                self.commit_segments(done.segments, done.queued)
                self.progress.advance(len(done.queued), done.char_count)
                self.tell_committed()
                self.step()

    def _record_crash(self, lost: IndexedBatch) -> None:
        documents = self.store.documents([row.document_id for row in lost.queued])
        self.store.record_failures(
            [
                FailedFile(
                    document.path,
                    "not-indexed",
                    "The text can be read but not searched: indexing it ended the program.",
                    "Please report this file.",
                )
                for document in documents
            ]
        )

    def _open_index(self) -> IndexFolder:
        try:
            return IndexFolder.open(self._index_place, identity=self.store.identity)
        except IndexUnusable as damage:
            _log.info("the index is made anew: %s", damage.reason)
            return self._create_index()

    def _renew(self, reason: str) -> None:
        _log.info("the index is made anew: %s", reason)
        self.index = self._create_index()

    def _create_index(self) -> IndexFolder:
        # In this order a crash leaves an index with a full queue, never an empty one that
        # passes for complete.
        self.store.queue_all()
        with told_in_words(self._index_place):
            return IndexFolder.create(self._index_place, identity=self.store.identity)


def purge_before() -> datetime:
    """Return the moment before which removals are for good."""
    return datetime.now(UTC) - _KEPT
