"""A document whose text is too long to be held, as a segment of its own.

Its tokens are written as soon as a builder is full. The pieces, each of whole rows, are then
merged into the segment that the whole would have been.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from incipit.index.column_file import ColumnFile
from incipit.index.inversion import PendingSegment, SegmentBuilder
from incipit.index.layout import MAX_ROW_TOKENS
from incipit.index.merging import MergeInput, merge_segments
from incipit.index.pending import new_pending_path
from incipit.text.pieces import between_tokens

#: Tokens that are held: 35 MB of memory, so that four workers may have a long text each.
_HELD_TOKENS = 1_000_000


def write_document(folder: Path, key: int, pieces: Iterable[str]) -> PendingSegment:
    """Write the document of the text that comes in ``pieces``, cut anywhere, as one segment.

    Raises:
        OSError: the disk is full, the folder is gone; nothing is left behind.
    """
    written: list[PendingSegment] = []
    try:
        _write(folder, key, pieces, written)
        if len(written) == 1:
            return written.pop()
        inputs = [MergeInput(ColumnFile.open(folder / one.name), None) for one in written]
        return merge_segments(inputs, new_pending_path(folder), one_document=True)
    finally:
        for one in written:
            (folder / one.name).unlink(missing_ok=True)


def _write(folder: Path, key: int, pieces: Iterable[str], written: list[PendingSegment]) -> None:
    """Write the document in segments that hold a part of it each, and add them to ``written``."""
    builder = SegmentBuilder(folder)
    builder.add(key)
    for piece in between_tokens(pieces):
        builder.extend(piece)
        if builder.is_full or builder.token_count >= _HELD_TOKENS:
            rest = builder.cut(builder.token_count // MAX_ROW_TOKENS * MAX_ROW_TOKENS)
            written.append(builder.flush())
            builder.add(key, rest)
    if builder.token_count or not written:
        written.append(builder.flush())
