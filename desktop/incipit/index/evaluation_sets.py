"""Sets of documents as ascending arrays, with their scores: what evaluation computes with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.index.collection import NOTHING

#: Looking one document up by halving takes as long as so many steps through a table.
_HALVINGS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Documents of a segment, int64 ascending, with their scores, float64."""

    docs: NDArray[np.int64]
    scores: NDArray[np.float64]

    def only(self, kept: NDArray[np.bool_]) -> Matched:
        """Return the documents where ``kept``."""
        return Matched(self.docs[kept], self.scores[kept])

    def boosted(self, boost: float) -> Matched:
        """Return the documents with their scores multiplied."""
        return self if boost == 1.0 else Matched(self.docs, self.scores * boost)


NO_MATCH = Matched(NOTHING, np.empty(0))


def is_among(values: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which values are in the ascending array ``wanted``."""
    if not len(wanted):
        return np.zeros(len(values), bool)
    places = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
    among: NDArray[np.bool_] = wanted[places] == values
    return among


def places_in(
    docs: NDArray[np.int64], within: NDArray[np.int64] | None
) -> NDArray[np.int64] | None:
    """Return the places in ascending ``docs`` of those that are in ascending ``within``.

    None stands for all of them.
    """
    if within is None:
        return None
    if not len(docs) or not len(within):
        return NOTHING
    if len(within) * _HALVINGS < len(docs):
        places = docs.searchsorted(within)
        places = places[: places.searchsorted(len(docs))]
        kept: NDArray[np.int64] = places[docs[places] == within[: len(places)]]
        return kept
    if len(docs) * _HALVINGS < len(within):
        return np.flatnonzero(is_among(docs, within))
    table = np.zeros(int(max(docs[-1], within[-1])) + 1, bool)
    table[within] = True
    return np.flatnonzero(table[docs])


def values_at(
    docs: NDArray[np.int64], known: NDArray[np.int64], values: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the value of each of ``docs``, 0 where it has none.

    ``values`` is parallel to ``known``; both sets of documents are ascending.
    """
    if known is docs:
        return values
    if not len(known):
        return np.zeros(len(docs), np.int64)
    places = np.minimum(np.searchsorted(known, docs), len(known) - 1)
    return np.where(known[places] == docs, values[places], 0)


def restricted(matched: Matched, within: NDArray[np.int64] | None) -> Matched:
    """Return what of ``matched`` is within; None stands for everything."""
    kept = places_in(matched.docs, within)
    return matched if kept is None else Matched(matched.docs[kept], matched.scores[kept])
