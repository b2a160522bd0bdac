"""The index of a library that can only be read: it is in a place of our own, so it can be made.

There is no queue to work off and no lock to take in such a library. The index is made beside
its place from all texts and moved there when it is whole, so that no part passes for the whole.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from incipit import paths
from incipit.errors import BugError, Cancelled
from incipit.index.folder import IndexFolder
from incipit.models import DocumentsCommitted, ImportReport, JobEvent, JobPhase, SortKey
from incipit.services.control import JobControl
from incipit.services.disk import told_in_words
from incipit.services.indexing import are_few, crashed, halves, index_batch, index_batches
from incipit.services.progress import Progress
from incipit.services.workers import Workers
from incipit.store.library_store import Store
from incipit.store.records import QueueAction, Queued

_ABANDONED_AFTER_S = 24 * 3600.0


def index_borrowed(
    library: Path, job_id: int, emit: Callable[[JobEvent], None], control: JobControl
) -> ImportReport:
    """Make the index of a library from all its texts, without writing to the library.

    Raises: UserError (``disk-full``, ``read-only``, ``disk``), LibraryUnusable, Cancelled.
    """
    progress = Progress(job_id, emit)
    with Store.open(library, writable=False) as store:
        place = paths.index_folder(library, store.identity)
        made = place.with_name(f"{place.name}.new-{os.getpid()}")
        _clear_abandoned(place)
        with told_in_words(place):
            try:
                index = IndexFolder.create(made, identity=store.identity)
                _fill(store, library, index, progress, control)
                _move(made, place)
            finally:
                shutil.rmtree(made, ignore_errors=True)
        emit(DocumentsCommitted(job_id, store.status()))
    return ImportReport(elapsed_s=progress.elapsed_s)


def _fill(
    store: Store, library: Path, index: IndexFolder, progress: Progress, control: JobControl
) -> None:
    ids = store.ids_in_order(SortKey.ADDED).tolist()
    progress.restart(JobPhase.INDEXING, files_total=len(ids))
    queued = [Queued(document_id, QueueAction.INDEX, 0) for document_id in ids]
    sizes = store.char_counts(ids)
    batches = index_batches(library, index.path, queued, sizes)
    workers = Workers(index_batch, split=halves, lost=crashed, cancel=control)
    with workers.results(batches, here=are_few(sizes)) as results:
        for done in results:
            if done.crashed:
                # There is nowhere to note it, and an index without it would pass for whole.
                raise BugError(f"indexing document {done.queued[0].document_id} ended a process")
            if done.segments:
                index.write(adds=done.segments)
            progress.advance(len(done.queued), done.char_count)
            control.wait_while_paused()
            if control.is_set():
                raise Cancelled
    while index.merge(control):
        pass


def _clear_abandoned(place: Path) -> None:
    """Remove what a process left that was killed, long after any could still be at work."""
    for left in place.parent.glob(f"{place.name}.new-*"):
        if time.time() - left.stat().st_mtime > _ABANDONED_AFTER_S:
            shutil.rmtree(left, ignore_errors=True)


def _move(made: Path, place: Path) -> None:
    """Put a whole index into its place, where a damaged one may be."""
    if place.exists():
        spent = made.with_name(f"{made.name}-old")
        place.replace(spent)
        shutil.rmtree(spent, ignore_errors=True)
    made.replace(place)
