"""Documents of a library to segments of an index: what a worker does for the index queue.

A worker reads the texts from the library itself and writes segments into the index folder,
where whoever owns the index has only to commit them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from incipit.errors import Cancelled
from incipit.index.inversion import PendingSegment, SegmentBuilder
from incipit.services.long_files import LONG_CP
from incipit.services.segments import flushed, long_segment, remove
from incipit.services.workers import batch_bytes, stopped
from incipit.store.library_store import Store
from incipit.store.records import Queued

_BATCH_DOCUMENTS = 4_000
#: Below this the work is done here: starting a process costs more.
_INLINE_DOCUMENTS = 64
_INLINE_CHARACTERS = 2 << 20


@dataclass(frozen=True, slots=True)
class IndexBatch:
    """Queued documents for one worker, which reads their texts from the library itself.

    ``char_count`` is the length of all texts together, in code points.
    """

    library: Path
    segment_folder: Path
    queued: tuple[Queued, ...]
    char_count: int

    @property
    def is_long(self) -> bool:
        """Return whether it is one document whose text is not to be held."""
        return len(self.queued) == 1 and self.char_count > LONG_CP


@dataclass(frozen=True, slots=True)
class IndexedBatch:
    """The segments of a batch and the queue rows that they fulfil."""

    queued: tuple[Queued, ...]
    segments: tuple[PendingSegment, ...]
    char_count: int = 0
    crashed: bool = False


def index_batches(
    library: Path, segment_folder: Path, rows: Sequence[Queued], sizes: Mapping[int, int]
) -> Iterator[IndexBatch]:
    """Cut rows of the index queue into batches; ``sizes`` are the lengths of the texts."""
    largest = batch_bytes()
    start = 0
    while start < len(rows):
        end, chars = start, 0
        while (
            end < len(rows)
            and end - start < _BATCH_DOCUMENTS
            and (end == start or chars + sizes.get(rows[end].document_id, 0) <= largest)
        ):
            chars += sizes.get(rows[end].document_id, 0)
            end += 1
        yield IndexBatch(library, segment_folder, tuple(rows[start:end]), chars)
        start = end


def are_few(sizes: Mapping[int, int]) -> bool:
    """Return whether texts of those lengths are indexed sooner than a process starts."""
    return len(sizes) <= _INLINE_DOCUMENTS and sum(sizes.values()) <= _INLINE_CHARACTERS


def index_batch(batch: IndexBatch) -> IndexedBatch:
    """Write the segments of some documents of a library, in a worker."""
    builder = SegmentBuilder(batch.segment_folder)
    segments: list[PendingSegment] = []
    try:
        with Store.open(batch.library, writable=False) as store:
            ids = [row.document_id for row in batch.queued]
            if batch.is_long:
                pieces = store.text_pieces(ids[0])
                segments.append(long_segment(batch.segment_folder, ids[0], pieces))
                return IndexedBatch(batch.queued, tuple(segments), batch.char_count)
            for document_id, text in store.texts(ids):
                if stopped():
                    raise Cancelled
                if builder.is_full:
                    segments += flushed(builder, batch.segment_folder)
                builder.add(document_id, text)
        segments += flushed(builder, batch.segment_folder)
        return IndexedBatch(batch.queued, tuple(segments), batch.char_count)
    except BaseException:
        builder.discard()
        remove(segments, batch.segment_folder)
        raise


def halves(batch: IndexBatch) -> tuple[IndexBatch, ...]:
    """Return a batch in two halves, or nothing where it is one document."""
    middle = len(batch.queued) // 2
    if middle == 0:
        return ()
    return tuple(
        replace(batch, queued=part) for part in (batch.queued[:middle], batch.queued[middle:])
    )


def crashed(batch: IndexBatch) -> IndexedBatch:
    """Return what stands for a batch that ended its process."""
    return IndexedBatch(batch.queued, (), crashed=True)
