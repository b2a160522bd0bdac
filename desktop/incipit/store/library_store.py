"""The door to the store: one object a library, safe for any thread.

Reads run on the calling thread's own connection, writes on the one writer. Every method may
raise what `faults.translated` raises; writing methods raise LibraryUnusable (``read-only``)
where the library is open for reading only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from incipit.errors import UserError
from incipit.models import Document, FailedFile, LibraryStatus, SortKey, Source, SourceKind
from incipit.store import batches, counters, documents, index_queue, ordering, places
from incipit.store.connection import Connections
from incipit.store.opening import create_library, open_connections
from incipit.store.records import (
    BatchOutcome,
    KnownFile,
    NewDocument,
    NewTitle,
    QueueCounts,
    Queued,
    TouchedFile,
)


class Store:
    """The library in a folder. Use `Store.open` or `Store.create`; close it in the end."""

    def __init__(self, folder: Path, connections: Connections) -> None:
        self.folder = folder
        self._connections = connections
        self._orders = ordering.Orders()
        with connections.reading() as db:
            self.identity = counters.identity(db)

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def writable(self) -> bool:
        """Return whether this store may write."""
        return self._connections.writable

    def close(self) -> None:
        """Close all connections, when no thread uses them any more."""
        self._connections.close()

    def close_reader(self) -> None:
        """Close the calling thread's connection before the thread ends."""
        self._connections.close_reader()

    def revision(self) -> int:
        """Return a number that rises with every change of documents, queue or failures.

        It is the same for all processes that have the library open.
        """
        with self._connections.reading() as db:
            return counters.revision(db)

    # Importing -----------------------------------------------------------------------------

    def reserve_ids(self, count: int) -> range:
        """Return ``count`` document ids that were never given before."""
        with self._connections.writing() as db:
            return counters.reserve_ids(db, count)

    def add_source(self, path: str, kind: SourceKind) -> Source:
        """Return the source of ``path``, made where there is none."""
        with self._connections.writing() as db:
            counters.advance(db, listing=False)
            return places.add_source(db, path, kind)

    def sources(self) -> tuple[Source, ...]:
        """Return the sources in the order they were added."""
        with self._connections.reading() as db:
            return places.sources(db)

    def encodings(self, source_id: int) -> dict[str, int]:
        """Return how many of a source's documents have each encoding, most frequent first."""
        with self._connections.reading() as db:
            return places.encodings(db, source_id)

    def known_files(self, paths: Iterable[str]) -> dict[str, KnownFile]:
        """Return what is known of those of ``paths`` that are documents of any source."""
        with self._connections.reading() as db:
            return places.known_files(db, paths)

    def files_of(self, source_id: int) -> Iterator[tuple[str, KnownFile]]:
        """Yield every file of a source, in bounded memory; use it up in one thread."""
        with self._connections.reading() as db:
            yield from places.files_of(db, source_id)

    def write_batch(
        self,
        records: Sequence[NewDocument],
        failures: Sequence[FailedFile] = (),
        touched: Sequence[TouchedFile] = (),
    ) -> BatchOutcome:
        """Store documents, queue them for the index and note failures, in one transaction."""
        with self._connections.writing() as db:
            return batches.write_batch(db, records, failures, touched)

    def record_failures(self, failures: Sequence[FailedFile]) -> None:
        """Note failures that stand outside a batch."""
        with self._connections.writing() as db:
            batches.record_failures(db, failures)

    def set_titles(self, titles: Iterable[NewTitle]) -> None:
        """Give documents new titles."""
        with self._connections.writing() as db:
            batches.set_titles(db, titles)

    # Index queue ---------------------------------------------------------------------------

    def queue_counts(self) -> QueueCounts:
        """Return how many documents wait to be indexed and to be deleted from the index."""
        with self._connections.reading() as db:
            return index_queue.counts(db)

    def take_queue(self, limit: int, after_id: int = 0) -> tuple[Queued, ...]:
        """Return up to ``limit`` rows by document id, beyond ``after_id``; they stay queued."""
        with self._connections.reading() as db:
            return index_queue.take(db, limit, after_id)

    def queued_deletions(self) -> NDArray[np.int64]:
        """Return the documents that the index may still hold but the library does not, sorted."""
        with self._connections.reading() as db:
            return index_queue.deletions(db)

    def queue_done(self, rows: Iterable[Queued]) -> None:
        """Take rows off the queue, except those queued again since they were taken."""
        with self._connections.writing() as db:
            index_queue.done(db, rows)

    def queue_all(self) -> int:
        """Queue every document for an index that starts empty; return their number."""
        with self._connections.writing() as db:
            return index_queue.put_all(db)

    # Reading -------------------------------------------------------------------------------

    def status(self) -> LibraryStatus:
        """Count documents, those searchable, those waiting, and failed files, at one moment."""
        with self._connections.snapshot() as db:
            return documents.status(db)

    def document_count(self) -> int:
        """Return the number of documents."""
        with self._connections.reading() as db:
            return documents.count(db)

    def failure_count(self) -> int:
        """Return the number of files whose latest import failed."""
        with self._connections.reading() as db:
            return documents.failure_count(db)

    def char_counts(self, ids: Iterable[int]) -> dict[int, int]:
        """Return the length of each document's text in code points."""
        with self._connections.reading() as db:
            return documents.char_counts(db, ids)

    def document(self, document_id: int) -> Document:
        """Return a document. Raises: UserError (``gone``)."""
        found = self.documents([document_id])
        if not found:
            raise _gone()
        return found[0]

    def documents(self, ids: Iterable[int]) -> tuple[Document, ...]:
        """Return the documents of ``ids`` in that order; those that are gone are left out."""
        with self._connections.reading() as db:
            return documents.by_ids(db, ids)

    def text(self, document_id: int) -> str:
        """Return the text of a document. Raises: UserError (``gone``)."""
        with self._connections.reading() as db:
            text = documents.text(db, document_id)
        if text is None:
            raise _gone()
        return text

    def texts(self, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Yield (document id, text) in the order of ``ids``; use it up in one thread."""
        with self._connections.reading() as db:
            yield from documents.texts(db, ids)

    def original(self, document_id: int) -> bytes | None:
        """Return the bytes of the file, kept only where they do not follow from the text."""
        with self._connections.reading() as db:
            return documents.original(db, document_id)

    def failures(self) -> tuple[FailedFile, ...]:
        """Return the latest failure of each file, by path."""
        with self._connections.reading() as db:
            return documents.failures(db)

    # Orders --------------------------------------------------------------------------------

    def ids_in_order(self, sort: SortKey, *, descending: bool = False) -> NDArray[np.int64]:
        """Return the ids of all documents in order, read-only.

        Raises: BugError for relevance and hits, which only a query gives.
        """
        with self._connections.reading() as db:
            ids = self._orders.ids(db, sort)
        return ids[::-1] if descending else ids

    def sort(
        self, ids: NDArray[np.int64], sort: SortKey, *, descending: bool = False
    ) -> NDArray[np.int64]:
        """Return ``ids`` in order; those that are gone are left out."""
        with self._connections.reading() as db:
            ranks = self._orders.ranks(db, sort)
        return ordering.sorted_by(ids, ranks, descending=descending)

    def ranks(self, sort: SortKey) -> NDArray[np.int64]:
        """Return the place of each document in an order, by document id; -1: no document."""
        with self._connections.reading() as db:
            return self._orders.ranks(db, sort)

    def folded(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return ``ids`` with only the first of those that share a text."""
        with self._connections.reading() as db:
            text_ids = self._orders.text_ids(db)
        return ordering.fold(ids, text_ids)


def _gone() -> UserError:
    return UserError(
        "This document is no longer in the library.",
        advice="Search again to see what is there now.",
        code="gone",
    )
