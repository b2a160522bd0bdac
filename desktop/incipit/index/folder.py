"""The index of one library: a folder that can be read, written, merged, checked and dropped.

The one door to the index for `services`: whatever is wrong with the files becomes
:class:`~incipit.errors.IndexUnusable`, and the answer to that is :meth:`IndexFolder.create` and
indexing again from the store. Knows nothing of queries.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from incipit.errors import IndexUnusable
from incipit.index.column_file import ColumnFile
from incipit.index.columns import SegmentColumns, field_names
from incipit.index.commits import (
    LOCK_NAME,
    commit,
    delete_keys,
    install,
    keep_last,
    remove_index,
    replace_merged,
    writing,
)
from incipit.index.inversion import CONTENT, PendingSegment
from incipit.index.merge_policy import SegmentSize, next_merge, next_optimisation
from incipit.index.merging import merge_segments, size_of
from incipit.index.pending import new_pending_path, remove_abandoned
from incipit.index.schema import index_schema, text_fields
from incipit.index.segment import ColumnarSegment
from incipit.index.snapshot import IndexSnapshot
from incipit.index.toc import Contents, latest_generation, read_contents
from incipit.models import CancelToken

#: How long a writer waits for another one, whose commits are short.
LOCK_TIMEOUT_S = 10.0

_RETRIES = 50

#: Whoosh writes the generation with 32 bits.
_LARGEST_GENERATION = (1 << 31) - 2


class IndexFolder:
    """An open index. Safe for many threads; other processes may read and write it too."""

    def __init__(self, path: Path, identity: str) -> None:
        self.path = path
        self.identity = identity
        self._lock = threading.Lock()
        self._files: dict[str, ColumnFile] = {}
        self._columns: dict[str, SegmentColumns] = {}

    @classmethod
    def create(
        cls, path: Path, *, identity: str, fields: Sequence[str] = (CONTENT,)
    ) -> IndexFolder:
        """Make an empty index, in place of whatever index is there.

        ``fields`` are its text fields; builders of its segments must be given the same ones.

        Raises:
            LibraryBusy: another process is writing to it.
            OSError: the folder cannot be written.
        """
        path.mkdir(parents=True, exist_ok=True)
        with writing(path, LOCK_TIMEOUT_S):
            # A new number, so that readers of the old index in other processes notice.
            generation = latest_generation(path) + 1
            if generation > _LARGEST_GENERATION:
                remove_index(path)
                generation = 0
            commit(path, Contents(identity, generation, [], index_schema(fields)))
            remove_abandoned(path, keep=frozenset())
        return cls(path, identity)

    @classmethod
    def open(cls, path: Path, *, identity: str) -> IndexFolder:
        """Open an index and check its headers and sizes.

        Raises:
            IndexUnusable: it is missing, damaged, of another library or of another version.
        """
        folder = cls(path, identity)
        folder.snapshot().close()
        return folder

    def generation(self) -> int:
        """Return the number of the last commit of any process, or -1 without an index."""
        return latest_generation(self.path)

    def snapshot(self) -> IndexSnapshot:
        """Return the index as of the last commit.

        Raises:
            IndexUnusable: it is missing, damaged, of another library or of another version.
        """
        for _ in range(_RETRIES):
            generation = latest_generation(self.path)
            try:
                return self._load(self.contents(generation))
            except OSError as error:
                # A commit of another process may have removed what the table of contents that
                # was just read names: then there is a newer one. Otherwise it is damage.
                if generation >= 0 and latest_generation(self.path) == generation:
                    raise IndexUnusable(f"a file of the index cannot be read: {error}") from error
        raise IndexUnusable("the index changes faster than it can be read")

    def write(
        self,
        *,
        adds: Sequence[PendingSegment] = (),
        deletes: NDArray[np.int64] | Sequence[int] = (),
    ) -> int:
        """Commit segments and deletions together; return the generation.

        ``deletes`` are document keys. A document in ``adds`` replaces the one with its key, in
        the index or earlier in ``adds``.

        Raises:
            LibraryBusy: another process is writing.
            IndexUnusable: the index or a pending segment is damaged.
            OSError: the disk is full, a pending file is gone.
        """
        with writing(self.path, LOCK_TIMEOUT_S):
            contents = self._locked_contents()
            remove_abandoned(self.path, keep=frozenset(item.name for item in adds))
            added = install(self.path, adds, text_fields(contents.schema))
            gone = np.union1d(np.asarray(deletes, np.int64), keep_last(self.path, added))
            delete_keys(self.path, contents.segments, gone)
            contents.segments += added
            contents.generation += 1
            commit(self.path, contents)
            return contents.generation

    def merge(self, cancel: CancelToken | None = None) -> bool:
        """Take one step of merging, where one is due; return whether one was taken.

        Searching and committing go on meanwhile; only the commit of the result takes the lock.

        Raises:
            Cancelled: the token was set; the index is as before.
            LibraryBusy, IndexUnusable, OSError: as for :meth:`write`.
        """
        return self._merge(next_merge, cancel)

    def optimise(self, cancel: CancelToken | None = None) -> None:
        """Merge into as few segments as possible, without what is deleted.

        Raises:
            Cancelled: the token was set; steps taken before stay.
            LibraryBusy, IndexUnusable, OSError: as for :meth:`write`.
        """
        while self._merge(next_optimisation, cancel):
            pass

    def delete(self) -> None:
        """Remove the index and, where nothing else is in it, its folder.

        Raises:
            LibraryBusy: another process is writing to it.
            OSError: a file cannot be removed.
        """
        if not self.path.is_dir():
            return
        with writing(self.path, LOCK_TIMEOUT_S):
            remove_index(self.path)
        (self.path / LOCK_NAME).unlink(missing_ok=True)
        if not any(self.path.iterdir()):
            self.path.rmdir()

    def verify(self, cancel: CancelToken | None = None) -> list[str]:
        """Read and compare everything; return a sentence for each damage (none: sound).

        Raises:
            Cancelled: the token was set.
        """
        try:
            # Opened anew: a file that was exchanged is still mapped as it was.
            with IndexFolder(self.path, self.identity).snapshot() as snapshot:
                return snapshot.verify(cancel)
        except IndexUnusable as damage:
            return [damage.reason]

    def keys(self) -> NDArray[np.int64]:
        """Return the keys of all documents that are not deleted, ascending.

        Raises:
            IndexUnusable: it is missing, damaged, of another library or of another version.
        """
        with self.snapshot() as snapshot:
            parts = [
                s.doc_keys if s.live is None else s.doc_keys[s.live] for s in snapshot.segments
            ]
        return np.sort(np.concatenate([np.empty(0, np.int64), *parts]))

    def _merge(
        self, choose: Callable[[Sequence[SegmentSize]], list[int]], cancel: CancelToken | None
    ) -> bool:
        with self.snapshot() as snapshot:
            chosen = choose([size_of(columns) for columns in snapshot.segments])
            if not chosen:
                return False
            try:
                inputs = snapshot.merge_inputs(chosen)
            except FileNotFoundError:
                return self.generation() != snapshot.generation  # There is something new to do.
            path = new_pending_path(self.path)
            # A merge would give damage a checksum of its own.
            damages = [one for item in inputs.values() for one in item.file.verify(cancel)]
            if damages:
                raise IndexUnusable(damages[0])
            with snapshot.guarded():
                merged = merge_segments(list(inputs.values()), path, cancel)
        with writing(self.path, LOCK_TIMEOUT_S):
            contents = self._locked_contents()
            if replace_merged(self.path, contents, inputs, merged):
                commit(self.path, contents)
            else:
                path.unlink()
        return True

    def contents(self, generation: int | None = None) -> Contents:
        """Return a table of contents, checked, the newest unless another is named.

        Raises:
            IndexUnusable: it is missing, damaged, of another library or of another version.
            OSError: it vanished meanwhile.
        """
        contents = read_contents(self.path, generation)
        if contents.identity != self.identity:
            raise IndexUnusable("the index belongs to another library")
        return contents

    def _locked_contents(self) -> Contents:
        """Return the table of contents while the write lock is held, so that none can vanish."""
        try:
            return self.contents()
        except OSError as error:
            raise IndexUnusable(f"the table of contents cannot be read: {error}") from error

    def _load(self, contents: Contents) -> IndexSnapshot:
        with self._lock:
            fields = set(text_fields(contents.schema))
            files = {s.segid: self._file(s, fields) for s in contents.segments}
            columns = {s.segid: self._segment_columns(s, files[s.segid]) for s in contents.segments}
            self._files, self._columns = files, columns
        return IndexSnapshot(self.path, contents, list(files.values()), list(columns.values()))

    def _file(self, segment: ColumnarSegment, fields: set[str]) -> ColumnFile:
        file = self._files.get(segment.segid)
        if file is None:
            file = ColumnFile.open(self.path / segment.file_name)
            if file.facts.get("segment") != segment.segid:
                raise IndexUnusable(f"{segment.file_name} belongs to another segment")
            if set(field_names(file)) != fields:
                raise IndexUnusable(f"{segment.file_name} has other text fields than the index")
        return file

    def _segment_columns(self, segment: ColumnarSegment, file: ColumnFile) -> SegmentColumns:
        """Return the columns with the deletions of ``segment``, the same object while both stay."""
        known = self._columns.get(segment.segid)
        if known is None:
            known = SegmentColumns(file, live=segment.live)
            if known.doc_count != segment.doc_count_all():
                raise IndexUnusable(f"{segment.file_name} has other documents than expected")
        elif not _same(known.live, segment.live):
            known = known.with_live(segment.live)
        return known


def _same(one: NDArray[np.bool_] | None, other: NDArray[np.bool_] | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)
