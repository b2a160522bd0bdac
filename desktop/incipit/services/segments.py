"""Segments that workers write into the folder of an index, and what a full disk is then called."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from incipit.index.inversion import PendingSegment, SegmentBuilder
from incipit.index.long_documents import write_document
from incipit.services.disk import told_in_words


def flushed(builder: SegmentBuilder, folder: Path) -> list[PendingSegment]:
    """Write what a builder holds, if anything, into ``folder``, made again where it has gone.

    Raises: UserError (``disk-full``, ``read-only``, ``disk``).
    """
    if not builder.doc_count:
        return []
    with told_in_words(folder):
        # A cache may be emptied at any time; the writer finds the index missing and renews it.
        folder.mkdir(parents=True, exist_ok=True)
        return [builder.flush()]


def remove(segments: Iterable[PendingSegment], folder: Path) -> None:
    """Remove segments that nobody will commit; they may have gone."""
    for segment in segments:
        (folder / segment.name).unlink(missing_ok=True)


def long_segment(folder: Path, document_id: int, pieces: Iterable[str]) -> PendingSegment:
    """Write the segment of a text that comes in pieces; the folder is made again as above.

    Raises: UserError (``disk-full``, ``read-only``, ``disk``).
    """
    with told_in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return write_document(folder, document_id, pieces)
