"""What a concordance says in numbers: how often, where, and how evenly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from incipit.analysis.counting import (
    HitCount,
    count_all,
    count_by_group,
    hits_by_document,
    sizes_of,
)
from incipit.analysis.dispersion import (
    Deviation,
    Strip,
    corpus_strip,
    deviation_of_proportions,
    document_strip,
)
from incipit.models import SortKey
from incipit.services.concordance_values import Concordance

if TYPE_CHECKING:
    from incipit.store.library_store import Store


class GroupBy(StrEnum):
    """What documents are taken together by."""

    SOURCE = "source"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The hits in one source or folder; ``path`` is its name on the disk."""

    path: str
    count: HitCount


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """A concordance in numbers.

    ``count`` and ``deviation`` (over documents; None where it has no meaning) are of all hits
    of the query, whatever lines are shown; the strips are of the lines that are shown:
    ``in_corpus`` over all documents by folder and name, ``in_documents`` from their beginnings
    to their ends. The strips' lines are numbers of lines of the concordance.
    """

    count: HitCount
    deviation: Deviation | None
    in_corpus: Strip
    in_documents: Strip


def overview(store: Store, concordance: Concordance, bins: int) -> Overview:
    """Return the counts, the spread and the strips of ``bins`` stretches of a concordance."""
    slabs = store.slab_ids()
    lines = concordance.lines
    # Documents that were deleted since have no lines, and are still in the columns.
    sizes = sizes_of(lines.segments, slabs, without=_gone(store, concordance))
    shown = np.flatnonzero(concordance.rows >= 0)
    taken = lines.take(shown)
    ranks = store.ranks(SortKey.FOLDER)
    return Overview(
        count_all(lines, sizes, slabs),
        deviation_of_proportions(hits_by_document(lines, sizes, slabs), sizes.tokens),
        _renumbered(corpus_strip(taken, sizes, ranks, bins), shown),
        _renumbered(document_strip(taken, bins), shown),
    )


def group_counts(store: Store, concordance: Concordance, by: GroupBy) -> tuple[GroupCount, ...]:
    """Return the hits in each source or folder that has documents, by path."""
    slabs = store.slab_ids()
    sizes = sizes_of(concordance.lines.segments, slabs, without=_gone(store, concordance))
    groups, names = store.source_groups() if by is GroupBy.SOURCE else store.folder_groups()
    counts = count_by_group(concordance.lines, sizes, slabs, groups)
    return tuple(
        sorted(
            (GroupCount(names[group], count) for group, count in counts.items() if group in names),
            key=lambda one: one.path,
        )
    )


def _gone(store: Store, concordance: Concordance) -> NDArray[np.int64]:
    """Return the deleted documents that have no lines in the concordance."""
    return np.setdiff1d(store.queued_deletions(), concordance.lines.documents)


def _renumbered(strip: Strip, numbers: NDArray[np.int64]) -> Strip:
    """Return the strip with the lines' numbers in the concordance."""
    lines = strip.first_lines.copy()
    there = lines >= 0
    lines[there] = numbers[lines[there]]
    return Strip(strip.counts, lines)
