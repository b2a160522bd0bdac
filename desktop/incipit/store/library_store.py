"""The door to the store: one object a library, safe for any thread.

Writes run on the one writer, each method in one transaction. Every method may raise what
`faults.translated` raises, and LibraryUnusable (``read-only``) where the library is open for
reading only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from incipit.errors import Cancelled
from incipit.models import (
    CancelToken,
    FailedFile,
    Removal,
    SavedSearch,
    Source,
    SourceKind,
    TagChange,
)
from incipit.store import (
    backup,
    batches,
    checksums,
    counters,
    history,
    index_queue,
    mending,
    moving,
    places,
    removal,
    tagging,
    unfinished,
)
from incipit.store.checksums import ChangedRow
from incipit.store.library_reader import LibraryReader
from incipit.store.opening import create_library, open_connections
from incipit.store.records import (
    BatchOutcome,
    MovedFile,
    NewDocument,
    NewTitle,
    Queued,
    TouchedFile,
)

#: Some hundredths of a second of deleting.
_PURGED_AT_ONCE = 2_000


class Store(LibraryReader):
    """The library in a folder. Use `Store.open` or `Store.create`; close it in the end."""

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Make an empty library in ``folder`` where there is none, and open it for writing."""
        create_library(folder)
        return cls.open(folder, writable=True)

    @classmethod
    def open(cls, folder: Path, *, writable: bool) -> Store:
        """Open the library in ``folder``; an older one is upgraded after a verified backup.

        Raises: as `opening.open_connections`.
        """
        return cls(folder, open_connections(folder, writable=writable))

    def reserve_ids(self, count: int) -> range:
        """Return ``count`` document ids that were never given before."""
        with self._connections.writing() as db:
            return counters.reserve_ids(db, count)

    def add_source(self, path: str, kind: SourceKind) -> Source:
        """Return the source of ``path``, made where there is none."""
        with self._connections.writing() as db:
            counters.advance(db, listing=False)
            return places.add_source(db, path, kind)

    def write_batch(
        self,
        records: Sequence[NewDocument],
        failures: Sequence[FailedFile] = (),
        touched: Sequence[TouchedFile] = (),
        cancel: CancelToken | None = None,
    ) -> BatchOutcome:
        """Store documents, queue them for the index and note failures, in one transaction.

        Raises: Cancelled, with nothing done, where something long is among them.
        """
        with self._connections.writing() as db:
            return batches.write_batch(db, records, failures, touched, cancel)

    def record_failures(self, failures: Sequence[FailedFile]) -> None:
        """Note failures that stand outside a batch."""
        with self._connections.writing() as db:
            batches.record_failures(db, failures)

    def forget_failures(self, failures: Sequence[FailedFile]) -> None:
        """Forget failures at places that can no longer fail."""
        if failures:
            with self._connections.writing() as db:
                batches.forget_failures(db, failures)

    def move(self, moved: Sequence[MovedFile]) -> None:
        """Give documents the places to which their files went."""
        with self._connections.writing() as db:
            moving.move(db, moved)

    def mend_contents(self, text: str, data: bytes) -> None:
        """Write a text and the bytes of its file over what should be equal to them, if anything."""
        with self._connections.writing() as db:
            mending.mend_contents(db, text, data)

    def mend_row(self, row: ChangedRow) -> bool:
        """Take back the one bit that has changed in a row; return whether that is what it was."""
        with self._connections.writing() as db:
            return mending.mend_row(db, row)

    def vouch_for(self, document_id: int) -> None:
        """Take what stands of a document for right: all that can be told of it was told anew."""
        with self._connections.writing() as db:
            checksums.write(db, "documents", document_id)

    def mend_facts(self, document_id: int) -> None:
        """Find out again what is known of a document's file, as far as its text tells."""
        with self._connections.writing() as db:
            mending.mend_facts(db, document_id)

    def mend_queue(self) -> None:
        """Take documents that are not there off the index queue."""
        with self._connections.writing() as db:
            index_queue.drop_stale(db)

    def mend_keys(self) -> None:
        """Make SQLite's own indexes anew from their tables."""
        with self._connections.writing() as db:
            mending.renew_keys(db)

    def begin_import(self, paths: tuple[str, ...], *, other_files: bool, limit_bytes: int) -> int:
        """Note that an import begins, so that it can be taken up again; return its number."""
        with self._connections.writing() as db:
            return unfinished.begin(db, paths, other_files=other_files, limit_bytes=limit_bytes)

    def end_import(self, number: int) -> None:
        """Note that an import has ended."""
        with self._connections.writing() as db:
            unfinished.end(db, number)

    def set_titles(self, titles: Iterable[NewTitle]) -> None:
        """Give documents new titles."""
        with self._connections.writing() as db:
            batches.set_titles(db, titles)

    def queue_done(self, rows: Iterable[Queued]) -> None:
        """Take rows off the queue, except those queued again since they were taken."""
        with self._connections.writing() as db:
            index_queue.done(db, rows)

    def queue_again(self, ids: Iterable[int]) -> None:
        """Queue documents for the index, which has something else for them."""
        with self._connections.writing() as db:
            index_queue.put_again(db, ids)

    def queue_all(self) -> int:
        """Queue every document for an index that starts empty; return their number."""
        with self._connections.writing() as db:
            return index_queue.put_all(db)

    def remove(self, ids: Iterable[int]) -> Removal:
        """Remove documents so that it can be undone. Raises: UserError (``gone``)."""
        with self._connections.writing() as db:
            return removal.remove(db, ids)

    def remove_source(self, source_id: int) -> Removal:
        """Remove a source with its documents. Raises: UserError (``gone``)."""
        with self._connections.writing() as db:
            return removal.remove_source(db, source_id)

    def undo_removal(self, removal_id: int) -> int:
        """Bring back what a removal took; return how many documents came back.

        Raises: UserError (``gone``) where it was undone or purged.
        """
        with self._connections.writing() as db:
            return removal.undo(db, removal_id)

    def purge(self, *, before: datetime | None = None, cancel: CancelToken | None = None) -> int:
        """Delete for good what was removed before a moment (None: all), with unused texts.

        Many short transactions, so that others can write between. Returns the number of
        documents deleted. Raises: Cancelled, with a part done.
        """
        count = 0
        while True:
            _check(cancel)
            with self._connections.writing() as db:
                deleted = removal.purge_some(db, before=before, limit=_PURGED_AT_ONCE)
            if deleted is None:
                break
            count += deleted
        more = True
        while more:
            _check(cancel)
            with self._connections.writing() as db:
                more = removal.purge_contents(db, limit=_PURGED_AT_ONCE)
        return count

    def remember_position(self, document_id: int, position_cp: int) -> None:
        """Keep where a document was left, in code points."""
        with self._connections.writing() as db:
            history.remember_position(db, document_id, position_cp)

    def remember_search(self, query: str) -> None:
        """Put a query in front of the recent ones."""
        with self._connections.writing() as db:
            history.remember_search(db, query)

    def forget_searches(self) -> None:
        """Forget all recent queries."""
        with self._connections.writing() as db:
            history.forget_searches(db)

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Keep a query under a name. Raises: UserError (``name``) for an empty name."""
        with self._connections.writing() as db:
            return history.save_search(db, name, query)

    def rename_saved_search(self, search_id: int, name: str) -> None:
        """Give a saved search another name. Raises: UserError (``name``) where it cannot be."""
        with self._connections.writing() as db:
            history.rename_saved_search(db, search_id, name)

    def delete_saved_search(self, search_id: int) -> None:
        """Delete a saved search."""
        with self._connections.writing() as db:
            history.delete_saved_search(db, search_id)

    def change_tags(
        self, ids: Iterable[int], add: Iterable[str], remove: Iterable[str]
    ) -> TagChange:
        """Put tags on documents and take others off. Raises: UserError (``name``)."""
        with self._connections.writing() as db:
            return tagging.change(db, ids, add, remove)

    def repeat_tags(self, made: TagChange) -> None:
        """Make a change of tags as it stands, or what takes one back."""
        with self._connections.writing() as db:
            tagging.repeat(db, made)

    def back_up(self, target: Path, cancel: CancelToken | None = None) -> None:
        """Write a verified copy to a file that does not exist yet. Raises: as `backup.back_up`."""
        backup.back_up(self._connections, target, cancel)


def _check(cancel: CancelToken | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Cancelled
