"""Whether store and index are sound and agree, each damage named in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from incipit.errors import IndexUnusable
from incipit.index.folder import IndexFolder
from incipit.models import CancelToken, Damage, Repair, SortKey
from incipit.services.comparing import Told, differing
from incipit.store.library_store import Store
from incipit.store.records import QueueAction

_SHOWN = 5
_ALL = 1 << 62


def check(
    store: Store,
    index_place: Path,
    cancel: CancelToken,
    *,
    deep: bool = False,
    tell: Told | None = None,
) -> tuple[Damage, ...]:
    """Return every damage found; documents queued for the index are none.

    With ``deep`` the words of every text are compared with those in the index; ``tell`` is
    called with how many of how many documents that has done.

    Raises: Cancelled.
    """
    index = _Index(store, index_place, cancel, deep=deep, tell=tell)
    return (*store.find_damage(cancel), *index.damages())


class _Index:
    """One look at the index of a library."""

    def __init__(
        self,
        store: Store,
        place: Path,
        cancel: CancelToken,
        *,
        deep: bool,
        tell: Told | None,
    ) -> None:
        self._store = store
        self._place = place
        self._cancel = cancel
        self._deep = deep
        self._tell = tell

    def damages(self) -> list[Damage]:
        """Return each damage of the index, and where it does not agree with the store."""
        try:
            folder = IndexFolder.open(self._place, identity=self._store.identity)
            found = [f"Index: {damage}" for damage in folder.verify(self._cancel)]
            damages = [Damage(one, Repair.INDEX) for one in found]
            # Another process may commit between the looks at index and store: what is wrong
            # is so a second time.
            missing, surplus = (
                np.intersect1d(one, other) if len(one) else one
                for one, other in zip(self._compare(folder), self._compare(folder), strict=True)
            )
            if len(missing):
                said = f"Index: {_documents(missing)} missing from it."
                damages.append(Damage(said, Repair.INDEX))
            if len(surplus):
                said = f"Index: {_documents(surplus)} in it that the library does not have."
                damages.append(Damage(said, Repair.INDEX))
            # In columns that are damaged nothing is to be found but that.
            if self._deep and not found:
                damages += self._words(folder)
        except IndexUnusable as damage:
            folder = IndexFolder(self._place, self._store.identity)
            if folder.generation() < 0 and not self._store.document_count():
                return []  # Nothing has been indexed yet, and nothing is to be.
            said = f"The index cannot be used and has to be rebuilt: {damage.reason}."
            return [Damage(said, Repair.INDEX)]
        return damages

    def _compare(self, folder: IndexFolder) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents that the index lacks, and those that only it has."""
        keys = folder.keys()
        stored = self._store.ids_in_order(SortKey.ADDED)
        missing = np.setdiff1d(np.setdiff1d(stored, keys), self._to_index())
        surplus = np.setdiff1d(np.setdiff1d(keys, stored), self._store.queued_deletions())
        return missing, surplus

    def _words(self, folder: IndexFolder) -> list[Damage]:
        with folder.snapshot() as snapshot, snapshot.guarded():
            ids = differing(self._store, snapshot.segments, self._cancel, tell=self._tell)
        if len(ids):
            # Some may have been changed meanwhile.
            ids = np.setdiff1d(ids, self._to_index())
            with folder.snapshot() as snapshot, snapshot.guarded():
                ids = differing(self._store, snapshot.segments, self._cancel, only=ids)
        if not len(ids):
            return []
        said = f"Index: {_documents(ids)} with other words in it than in their texts."
        return [Damage(said, Repair.WORDS, tuple(ids.tolist()))]

    def _to_index(self) -> NDArray[np.int64]:
        queued = self._store.take_queue(_ALL)
        return np.array(
            [row.document_id for row in queued if row.action is QueueAction.INDEX], np.int64
        )


def _documents(ids: NDArray[np.int64]) -> str:
    shown = ", ".join(str(number) for number in ids[:_SHOWN].tolist())
    more = ", …" if len(ids) > _SHOWN else ""
    return f"{len(ids):,} documents ({shown}{more})"
