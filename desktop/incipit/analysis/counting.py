"""How often a query hits: in the corpus, in its parts, and for each million of words.

The first and the last token of a slab may be torn words. They are counted neither as hits nor
as words, and how many hits were left out for it is part of every count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.analysis.lines import Lines
from incipit.models import TokenColumns

_MILLION = 1_000_000
_NOTHING: NDArray[np.int64] = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class CorpusSizes:
    """The documents of a corpus by id, ascending, and their sizes; int64 of equal shape (n,).

    ``lengths`` are tokens, ``tokens`` the same without the edges of slabs.
    """

    documents: NDArray[np.int64]
    lengths: NDArray[np.int64]
    tokens: NDArray[np.int64]

    def rows_of(self, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where documents stand in these arrays; all of them must."""
        return np.searchsorted(self.documents, documents)


@dataclass(frozen=True, slots=True)
class HitCount:
    """Hits in a corpus or a part of it.

    ``documents`` have hits, of ``all_documents``; ``tokens`` is what the frequency is
    reckoned by. ``edge_hits`` were left out: they touch an edge of a slab.
    """

    hits: int
    documents: int
    all_documents: int
    tokens: int
    edge_hits: int = 0

    @property
    def per_million(self) -> float:
        """Return the hits in each million of tokens; 0.0 without any."""
        return self.hits * _MILLION / self.tokens if self.tokens else 0.0


def sizes_of(
    segments: Sequence[TokenColumns],
    slabs: NDArray[np.int64],
    *,
    without: NDArray[np.int64] = _NOTHING,
) -> CorpusSizes:
    """Return the sizes of all living documents; ``slabs`` are the ids of slabs, sorted.

    ``without`` are the ids of documents to leave out.
    """
    keys = np.concatenate([_NOTHING, *(_living(one, one.doc_keys) for one in segments)])
    lengths = np.concatenate(
        [_NOTHING, *(_living(one, np.diff(one.doc_starts)) for one in segments)]
    )
    order = np.argsort(keys, kind="stable")
    order = order[~np.isin(keys[order], without)] if len(without) else order
    keys, lengths = keys[order], lengths[order]
    edges = np.where(np.isin(keys, slabs), np.minimum(lengths, 2), 0)
    return CorpusSizes(keys, lengths, lengths - edges)


def at_edges(lines: Lines, slabs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which lines touch the first or the last token of a slab, bool (len(lines),)."""
    outermost: NDArray[np.bool_] = (lines.starts == lines.doc_starts) | (
        lines.ends == lines.doc_ends
    )
    rows = np.flatnonzero(outermost)
    outermost[rows] = np.isin(lines.documents[rows], slabs)
    return outermost


def count_all(lines: Lines, sizes: CorpusSizes, slabs: NDArray[np.int64]) -> HitCount:
    """Count hits over the whole corpus."""
    edges = at_edges(lines, slabs)
    return HitCount(
        hits=int(len(lines) - edges.sum()),
        documents=len(np.unique(lines.documents[~edges])),
        all_documents=len(sizes.documents),
        tokens=int(sizes.tokens.sum()),
        edge_hits=int(edges.sum()),
    )


def hits_by_document(
    lines: Lines, sizes: CorpusSizes, slabs: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the hits in each document of ``sizes``, without the edges of slabs, int64."""
    inside = lines.documents[~at_edges(lines, slabs)]
    return np.bincount(sizes.rows_of(inside), minlength=len(sizes.documents))


def count_by_group(
    lines: Lines, sizes: CorpusSizes, slabs: NDArray[np.int64], groups: NDArray[np.int64]
) -> dict[int, HitCount]:
    """Count hits in each group of documents.

    ``groups`` gives the group of a document by its id, -1 for none; a source or a folder, say.
    """
    known = sizes.documents < len(groups)
    of_document = np.full(len(sizes.documents), -1, np.int64)
    of_document[known] = groups[sizes.documents[known]]
    names, numbers = np.unique(of_document, return_inverse=True)
    hits = hits_by_document(lines, sizes, slabs)
    edge_rows = sizes.rows_of(lines.documents[at_edges(lines, slabs)])
    columns = [
        _sums(numbers, values, len(names))
        for values in (
            hits,
            hits > 0,
            np.ones(len(hits), np.int64),
            sizes.tokens,
            np.bincount(edge_rows, minlength=len(hits)),
        )
    ]
    return {
        group: HitCount(*values)
        for group, *values in zip(names.tolist(), *(c.tolist() for c in columns), strict=True)
        if group >= 0
    }


def _sums(numbers: NDArray[np.int64], values: NDArray[np.generic], count: int) -> NDArray[np.int64]:
    # Sums of whole numbers below 2^53 are exact in the floats that bincount adds.
    return np.bincount(numbers, values.astype(np.float64), minlength=count).astype(np.int64)


def _living(columns: TokenColumns, values: NDArray[np.int64]) -> NDArray[np.int64]:
    return values if columns.live is None else values[columns.live]
