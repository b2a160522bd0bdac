"""One commit: new segments in, old documents out, all of it or nothing.

Owns the order in which files become visible; the caller holds the write lock. Segments are
renamed to their final names and the folder is synced before the table of contents names them,
so a crash at any point leaves the index as before or as after; files that no table of contents
names are removed by the next commit.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import clean_files
from whoosh.util.filelock import try_for

from incipit.errors import BugError, IndexUnusable, LibraryBusy
from incipit.index.column_file import ColumnFile
from incipit.index.columns import document_keys, field_names
from incipit.index.inversion import CONTENT, PendingSegment
from incipit.index.merging import MergeInput
from incipit.index.pending import segment_id_of
from incipit.index.schema import text_fields
from incipit.index.segment import INDEX_NAME, ColumnarSegment
from incipit.index.toc import Contents, sync_folder, write_contents

#: The lock that Whoosh's own writers take.
LOCK_NAME = f"{INDEX_NAME}_WRITELOCK"


@contextmanager
def writing(folder: Path, timeout_s: float) -> Iterator[None]:
    """Hold the write lock of the index in ``folder``.

    Raises:
        LibraryBusy: another writer held it all the time.
        IndexUnusable: there is no such folder.
    """
    lock = FileStorage(str(folder)).lock(LOCK_NAME)
    try:
        locked = try_for(lock.acquire, timeout=timeout_s, delay=0.02)
    except FileNotFoundError as error:
        raise IndexUnusable("there is no index") from error
    if not locked:
        raise LibraryBusy(
            "Another program is writing to the index.", advice="Try again when it has finished."
        )
    try:
        yield
    finally:
        lock.release()


def install(
    folder: Path, pending: Sequence[PendingSegment], fields: Sequence[str] = (CONTENT,)
) -> list[ColumnarSegment]:
    """Give pending segments their final names; they are visible from the next commit on.

    ``fields`` are the text fields of the index.

    Raises:
        IndexUnusable: a pending file is damaged.
        BugError: a pending file has other text fields than the index.
        OSError: a pending file is gone.
    """
    segments = []
    for item in pending:
        path = folder / item.name
        if set(field_names(ColumnFile.open(path))) != set(fields):
            raise BugError(f"{item.name} has other text fields than the index")
        segment = ColumnarSegment(segment_id_of(item.name), item.doc_count)
        path.replace(folder / segment.file_name)
        segments.append(segment)
    if segments:
        sync_folder(folder)
    return segments


def delete_keys(folder: Path, segments: Sequence[ColumnarSegment], keys: NDArray[np.int64]) -> None:
    """Mark the documents with these keys as deleted in all of ``segments``."""
    if not keys.size:
        return
    wanted = np.unique(keys)
    for segment in segments:
        own = document_keys(ColumnFile.open(folder / segment.file_name))
        if not own.size or wanted[0] > own.max() or wanted[-1] < own.min():
            continue
        found = np.flatnonzero(np.isin(own, wanted))
        if found.size:
            segment.set_deleted(found)


def keep_last(folder: Path, added: Sequence[ColumnarSegment]) -> NDArray[np.int64]:
    """Delete all but the last document of each key among ``added``; return all their keys."""
    later = np.empty(0, np.int64)
    for segment in reversed(added):
        keys = document_keys(ColumnFile.open(folder / segment.file_name))
        _, last_from_end = np.unique(keys[::-1], return_index=True)
        stays = np.zeros(keys.size, np.bool_)
        stays[keys.size - 1 - last_from_end] = True
        stays &= ~np.isin(keys, later)
        if not stays.all():
            segment.set_deleted(np.flatnonzero(~stays))
        later = np.union1d(later, keys)
    return later


def replace_merged(
    folder: Path,
    contents: Contents,
    inputs: Mapping[str, MergeInput],
    merged: PendingSegment,
) -> bool:
    """Put a merged segment into ``contents`` in place of its inputs, for the next commit.

    What was deleted from the inputs during the merge is deleted from the merged segment.
    Returns False, with nothing changed, where another merge was faster.
    """
    present = {segment.segid: segment for segment in contents.segments}
    if not inputs.keys() <= present.keys():
        return False
    late = [np.empty(0, np.int64)]
    for segid, item in inputs.items():
        live = present[segid].live
        if live is not None:
            gone = ~live if item.live is None else item.live & ~live
            late.append(document_keys(item.file)[gone])
    [segment] = install(folder, [merged], text_fields(contents.schema))
    delete_keys(folder, [segment], np.concatenate(late))
    place = min(n for n, s in enumerate(contents.segments) if s.segid in inputs)
    contents.segments.insert(place, segment)
    contents.segments = [s for s in contents.segments if s.segid not in inputs]
    contents.generation += 1
    return True


def remove_index(folder: Path) -> None:
    """Remove the files of the index in ``folder``, the table of contents first."""
    for pattern in (f"_{INDEX_NAME}_*.toc", f"{INDEX_NAME}_*.*", ".pending-*.cols", "._*.tmp"):
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)
    # Whoosh's writer leaves its folder behind when it is killed.
    shutil.rmtree(folder / f"{INDEX_NAME}.tmp", ignore_errors=True)


def commit(folder: Path, contents: Contents) -> None:
    """Write ``contents`` as the newest generation and remove what it no longer names."""
    contents.segments = [segment for segment in contents.segments if segment.doc_count() > 0]
    write_contents(folder, contents)
    storage = FileStorage(str(folder))
    clean_files(storage, INDEX_NAME, contents.generation, contents.segments)
