"""What can be asked of a library: every reading method of the store.

Reads run on the calling thread's own connection. Every method may raise what
`faults.translated` raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from incipit.errors import Cancelled, UserError
from incipit.models import (
    CancelToken,
    Damage,
    Document,
    FailedFile,
    Filter,
    LibraryStatus,
    LibraryTotals,
    Removal,
    SavedSearch,
    SortKey,
    Source,
)
from incipit.store import (
    checksums,
    counters,
    documents,
    filters,
    grouping,
    history,
    index_queue,
    integrity,
    ordering,
    pages,
    places,
    removal,
    tagging,
    unfinished,
)
from incipit.store.checksums import ChangedRow
from incipit.store.connection import Connections
from incipit.store.records import (
    KnownFile,
    QueueCounts,
    Queued,
    UnfinishedImport,
)


class LibraryReader:
    """The library in a folder as it can be read; safe for any thread.

    It owns ``connections`` and closes them; use it as a context manager or close it.
    """

    def __init__(self, folder: Path, connections: Connections) -> None:
        self.folder = folder
        self._connections = connections
        self._orders = ordering.Orders()
        with connections.reading() as db:
            self.identity = counters.identity(db)

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

    def unfinished_imports(self) -> tuple[UnfinishedImport, ...]:
        """Return the imports that were begun and not ended, the oldest first."""
        with self._connections.reading() as db:
            return unfinished.unfinished(db)

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

    def undoable(self) -> tuple[Removal, ...]:
        """Return the removals that can be undone, the latest first."""
        with self._connections.reading() as db:
            return removal.undoable(db)

    def status(self) -> LibraryStatus:
        """Count documents, those searchable, those waiting, and failed files, at one moment."""
        with self._connections.snapshot() as db:
            return documents.status(db)

    def totals(self) -> LibraryTotals:
        """Sum up all documents, at one moment; reads every one of them."""
        with self._connections.snapshot() as db:
            return documents.totals(db)

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

    def text_beginning(self, document_id: int, length_cp: int) -> str:
        """Return so much of the beginning of a document's text. Raises: UserError (``gone``).

        Of a text of 50 MB, making a str of all of it stops every other thread for 50 ms.
        """
        with self._connections.reading() as db:
            text = documents.text_beginning(db, document_id, length_cp)
        if text is None:
            raise _gone()
        return text

    def texts(self, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Yield (document id, text) in the order of ``ids``; use it up in one thread."""
        with self._connections.reading() as db:
            yield from documents.texts(db, ids)

    def text_pieces(self, document_id: int) -> Iterator[str]:
        """Yield the text of a document in parts, so that it need not be held; none if it is gone.

        Use it up in one thread.
        """
        with self._connections.reading() as db:
            yield from documents.text_pieces(db, document_id)

    def original(self, document_id: int) -> bytes | None:
        """Return the bytes of the file, kept only where they do not follow from the text."""
        with self._connections.reading() as db:
            return documents.original(db, document_id)

    def failures(self) -> Sequence[FailedFile]:
        """Return the latest failure of each file, by path."""
        with self._connections.reading() as db:
            return documents.failures(db)

    def ids_in_order(self, sort: SortKey, *, descending: bool = False) -> NDArray[np.int64]:
        """Return the ids of all documents in order, read-only.

        Raises: BugError for relevance and hits, which only a query gives.
        """
        with self._connections.reading() as db:
            ids = self._orders.ids(db, sort)
        return ids[::-1] if descending else ids

    def prepare_orders(self, cancel: CancelToken) -> None:
        """Read every order ahead, so that it is at hand. Raises: Cancelled."""
        for sort in ordering.ORDERS:
            if cancel.is_set():
                raise Cancelled
            self.ids_in_order(sort)

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

    def slab_ids(self) -> NDArray[np.int64]:
        """Return the ids of the documents cut from longer texts, ascending."""
        with self._connections.reading() as db:
            return self._orders.slabs(db)

    def source_groups(self) -> tuple[NDArray[np.int64], dict[int, str]]:
        """Return the source of each document by its id (-1: none), and the sources' paths."""
        with self._connections.reading() as db:
            return self._orders.groups(db, grouping.SOURCE), grouping.source_names(db)

    def folder_groups(self) -> tuple[NDArray[np.int64], dict[int, str]]:
        """Return the folder of each document by its id (-1: none), and the folders' paths."""
        with self._connections.reading() as db:
            return self._orders.groups(db, grouping.FOLDER), grouping.folder_names(db)

    def page(
        self,
        sort: SortKey,
        *,
        descending: bool = False,
        after_id: int | None = None,
        limit: int = 50,
    ) -> tuple[Document, ...]:
        """Return the documents that follow ``after_id`` (None: the first) in an order."""
        with self._connections.reading() as db:
            return pages.page(db, sort, descending=descending, after_id=after_id, limit=limit)

    def ids_where(self, condition: Filter) -> NDArray[np.int64]:
        """Return the ids of the documents that meet a filter, sorted.

        Raises: UserError (``filter``) for what cannot be understood.
        """
        with self._connections.reading() as db:
            return filters.ids_where(db, condition)

    def ids_titled(self, beginning: str) -> NDArray[np.int64]:
        """Return the ids of the documents whose titles begin so, in any case, sorted."""
        with self._connections.reading() as db:
            return filters.ids_titled(db, beginning)

    def reading_position(self, document_id: int) -> int | None:
        """Return where a document was left, in code points, or None."""
        with self._connections.reading() as db:
            return history.position(db, document_id)

    def recent_searches(self) -> tuple[str, ...]:
        """Return the recent queries, the latest first."""
        with self._connections.reading() as db:
            return history.recent_searches(db)

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches by name."""
        with self._connections.reading() as db:
            return history.saved_searches(db)

    def tags_of(self, document_id: int) -> tuple[str, ...]:
        """Return the tags of a document by name."""
        with self._connections.reading() as db:
            return tagging.tags_of(db, document_id)

    def tag_counts(self) -> dict[str, int]:
        """Return every tag with the number of its documents, by name."""
        with self._connections.reading() as db:
            return tagging.tag_counts(db)

    def tag_counts_among(self, ids: Iterable[int]) -> dict[str, int]:
        """Return every tag with the number of the given documents that have it, by name."""
        with self._connections.reading() as db:
            return tagging.counts_among(db, ids)

    def find_damage(self, cancel: CancelToken) -> tuple[Damage, ...]:
        """Read the whole library and name each damage. Raises: Cancelled."""
        with self._connections.reading() as db:
            return integrity.find_damage(db, cancel)

    def changed_rows(self, cancel: CancelToken) -> tuple[ChangedRow, ...]:
        """Return each row that is not what its checksum says. Raises: Cancelled."""
        with self._connections.reading() as db:
            return tuple(checksums.changed_rows(db, cancel))


def _gone() -> UserError:
    return UserError(
        "This document is no longer in the library.",
        advice="Search again to see what is there now.",
        code="gone",
    )
