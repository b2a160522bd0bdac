"""Orders of the living documents as arrays, and duplicates folded to one.

Arrays are kept until the listing changes; they are read-only and safe for any thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from incipit.errors import BugError
from incipit.models import SortKey
from incipit.store import counters, grouping

Ids = NDArray[np.int64]

# Each is answered from an index alone, in its order.
_SCANS = {
    SortKey.NAME: (
        "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY name_order, name_key, id"
    ),
    SortKey.ADDED: "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY added_at, id",
    SortKey.LENGTH: "SELECT id FROM documents WHERE removal_id IS NULL ORDER BY token_count, id",
}
#: The orders that documents have without a query.
ORDERS = (*_SCANS, SortKey.FOLDER)
_FOLDER_SCAN = (
    "SELECT id, folder_id FROM documents WHERE removal_id IS NULL"
    " ORDER BY folder_id, name_order, name_key, id"
)
_TEXT_SCAN = (
    "SELECT id, text_id FROM documents INDEXED BY documents_by_text WHERE removal_id IS NULL"
)


class Orders:
    """Arrays over all living documents, each computed once for a state of the listing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision = -1
        self._arrays: dict[str, Ids] = {}

    def ids(self, db: Database, sort: SortKey) -> Ids:
        """Return the ids of all documents in ascending order of ``sort``.

        Raises: BugError for relevance and hits, which only a query gives.
        """
        return self._array(db, f"ids {sort}", lambda: _scan(db, sort))

    def ranks(self, db: Database, sort: SortKey) -> Ids:
        """Return the place of each document in the order of ``sort``, by document id.

        The array is as long as the highest id and one more; ids without a document have -1.
        """
        return self._array(db, f"ranks {sort}", lambda: _inverse(self.ids(db, sort)))

    def text_ids(self, db: Database) -> Ids:
        """Return the text of each document, by document id; -1 where there is no document."""
        return self._array(db, "texts", lambda: _text_ids(db))

    def slabs(self, db: Database) -> Ids:
        """Return the ids of the slabs, ascending."""
        return self._array(db, "slabs", lambda: grouping.slab_ids(db))

    def groups(self, db: Database, column: str) -> Ids:
        """Return the group of each document by its id, -1 where there is no document."""
        return self._array(db, f"groups {column}", lambda: grouping.groups(db, column))

    def _array(self, db: Database, name: str, compute: Callable[[], Ids]) -> Ids:
        revision = counters.listing_revision(db)
        with self._lock:
            if revision != self._revision:
                self._arrays.clear()
                self._revision = revision
            known = self._arrays.get(name)
        if known is not None:
            return known
        array = compute()
        array.flags.writeable = False
        with self._lock:
            # Whatever was committed while computing counts for the next question.
            if revision == self._revision:
                self._arrays[name] = array
        return array


def sorted_by(ids: Ids, ranks: Ids, *, descending: bool) -> Ids:
    """Return ``ids`` in the order of ``ranks`` (by id); ids without a rank are left out."""
    inside = ids[(ids >= 0) & (ids < len(ranks))]
    places = ranks[inside]
    living = places >= 0
    order = np.argsort(places[living], kind="stable")
    return inside[living][order[::-1] if descending else order]


def fold(ids: Ids, text_ids: Ids) -> Ids:
    """Return ``ids`` in their order with only the first of those that share a text.

    ``text_ids`` gives the text by document id; ids without one are left out.
    """
    inside = ids[(ids >= 0) & (ids < len(text_ids))]
    texts = text_ids[inside]
    inside, texts = inside[texts >= 0], texts[texts >= 0]
    _, first = np.unique(texts, return_index=True)
    return inside[np.sort(first)]


def _scan(db: Database, sort: SortKey) -> Ids:
    if sort is SortKey.FOLDER:
        return _scan_folders(db)
    if sort not in _SCANS:
        raise BugError(f"Documents without a query have no order by {sort}.")
    rows = db.execute(_SCANS[sort])
    return np.fromiter((row[0] for row in rows), np.int64)


def _scan_folders(db: Database) -> Ids:
    """Order by folder name, then by name: the index knows folders by number only."""
    pairs = _pairs(db, _FOLDER_SCAN)
    by_key = db.execute("SELECT id FROM folders ORDER BY order_key, path")
    ranks = _inverse(np.fromiter((row[0] for row in by_key), np.int64))
    if not len(pairs):
        return pairs[:, 0]
    return np.ascontiguousarray(pairs[np.argsort(ranks[pairs[:, 1]], kind="stable"), 0])


def _text_ids(db: Database) -> Ids:
    pairs = _pairs(db, _TEXT_SCAN)
    texts = np.full(int(pairs[:, 0].max(initial=-1)) + 1, -1, np.int64)
    texts[pairs[:, 0]] = pairs[:, 1]
    return texts


def _pairs(db: Database, statement: str) -> Ids:
    flat = np.fromiter((value for row in db.execute(statement) for value in row), np.int64)
    return flat.reshape(-1, 2)


def _inverse(ids: Ids) -> Ids:
    ranks = np.full(int(ids.max(initial=-1)) + 1, -1, np.int64)
    ranks[ids] = np.arange(len(ids), dtype=np.int64)
    return ranks
