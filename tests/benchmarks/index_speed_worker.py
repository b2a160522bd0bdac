"""What a worker process of the measured index runs; it imports what it needs and no more."""

from __future__ import annotations

from pathlib import Path

from index_speed_corpora import texts_of

from incipit.index.inversion import PendingSegment, SegmentBuilder


def write_segments(path: Path, packs: list[tuple[int, Path]]) -> list[PendingSegment]:
    """Write the documents of some packs as segments of the index in ``path``."""
    builder = SegmentBuilder(path)
    pending = []
    for first, pack in packs:
        for number, text in enumerate(texts_of(pack), first):
            if builder.is_full:
                pending.append(builder.flush())
            builder.add(number, text)
    pending.append(builder.flush())
    return pending
