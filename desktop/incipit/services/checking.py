"""Whether store and index are sound and agree, each damage named in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from incipit.errors import IndexUnusable
from incipit.index.folder import IndexFolder
from incipit.models import CancelToken, Damage, Repair, SortKey
from incipit.store.library_store import Store
from incipit.store.records import QueueAction

_SHOWN = 5
_ALL = 1 << 62


def check(store: Store, index_place: Path, cancel: CancelToken) -> tuple[Damage, ...]:
    """Return every damage found; documents queued for the index are none.

    Raises: Cancelled.
    """
    return (*store.find_damage(cancel), *_check_index(store, index_place, cancel))


def _check_index(store: Store, index_place: Path, cancel: CancelToken) -> list[Damage]:
    return [Damage(message, Repair.INDEX) for message in _index_damages(store, index_place, cancel)]


def _index_damages(store: Store, index_place: Path, cancel: CancelToken) -> list[str]:
    try:
        folder = IndexFolder.open(index_place, identity=store.identity)
        found = [f"Index: {damage}" for damage in folder.verify(cancel)]
        keys = folder.keys()
    except IndexUnusable as damage:
        return [f"The index cannot be used and has to be rebuilt: {damage.reason}."]
    to_delete = store.queued_deletions()
    queued = store.take_queue(_ALL)
    to_index = [row.document_id for row in queued if row.action is QueueAction.INDEX]
    stored = store.ids_in_order(SortKey.ADDED)
    missing = np.setdiff1d(np.setdiff1d(stored, keys), to_index)
    surplus = np.setdiff1d(np.setdiff1d(keys, stored), to_delete)
    if len(missing):
        found.append(f"Index: {_documents(missing)} missing from it.")
    if len(surplus):
        found.append(f"Index: {_documents(surplus)} in it that the library does not have.")
    return found


def _documents(ids: NDArray[np.int64]) -> str:
    shown = ", ".join(str(number) for number in ids[:_SHOWN].tolist())
    more = ", …" if len(ids) > _SHOWN else ""
    return f"{len(ids):,} documents ({shown}{more})"
