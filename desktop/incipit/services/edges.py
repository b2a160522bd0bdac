"""How likely the first and last word of a slab are torn, by the words of the whole corpus.

Owns the estimate for one state of the index; what a torn edge is, `text.slabs` knows.
"""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from incipit.index.snapshot import IndexSnapshot
from incipit.models import TokenColumns
from incipit.services.searching import Searching
from incipit.store.library_store import Store
from incipit.text.slabs import TornEdges, WordTally, end_tokens

#: So many slabs show whether they were left as cut, spaces at their edges included.
_LOOKED_AT = 50


class Edges:
    """Estimates torn edges on one library; any thread may call it."""

    def __init__(self, store: Store, searching: Searching) -> None:
        self._store = store
        self._searching = searching
        self._guard = threading.Lock()
        self._known: tuple[int, TornEdges] | None = None

    def torn(self, document_id: int, text: str | None = None) -> tuple[float, float] | None:
        """Return how likely, 0 to 1, the first and the last word of a slab are torn.

        Its text is read unless it is given. None for what is no slab, or has no words, and while
        there is no index to ask.

        Raises: UserError (``gone``).
        """
        if not self._store.document(document_id).is_slab:
            return None
        snapshot = self._searching.snapshot()
        text = self._store.text(document_id) if text is None else text
        ends = end_tokens(text.removesuffix("\n"))
        if snapshot is None or ends is None:
            return None
        edges = self._estimate(snapshot)
        # A space or a mark at the edge shows that the cut fell there, and not inside a word.
        return (
            edges.first_torn(ends.first) if ends.begins_text else 0.0,
            edges.last_torn(ends.last) if ends.ends_text else 0.0,
        )

    def _estimate(self, snapshot: IndexSnapshot) -> TornEdges:
        with self._guard:
            if self._known is None or self._known[0] != snapshot.generation:
                slabs = self._store.slab_ids()
                tallies = [word_tally(columns, slabs) for columns in snapshot.segments]
                edges = TornEdges(tallies, keeps_spaces=self._spaces_stand(slabs))
                self._known = (snapshot.generation, edges)
            return self._known[1]

    def _spaces_stand(self, slabs: NDArray[np.int64]) -> bool:
        """Return whether slabs were left as cut, so that some begin or end with a space."""
        lines = (
            text.removesuffix("\n") for _, text in self._store.texts(slabs[:_LOOKED_AT].tolist())
        )
        return any(line[:1].isspace() or line[-1:].isspace() for line in lines)


def word_tally(columns: TokenColumns, slab_ids: NDArray[np.int64]) -> WordTally:
    """Return how often each word stands in a segment, the edges of slabs left out.

    ``slab_ids`` are sorted. Documents that were deleted count until the index is merged.
    """
    starts, lasts = columns.doc_starts[:-1], columns.doc_starts[1:] - 1
    slabs = np.isin(columns.doc_keys, slab_ids) & (lasts >= starts)
    starts, lasts = starts[slabs], lasts[slabs]
    # The only word of a document is its first and its last.
    places = np.concatenate((starts, lasts[lasts > starts]))
    at_edges = np.bincount(columns.terms_at(places), minlength=columns.term_count)
    return WordTally(columns.words(0, columns.term_count), columns.frequencies() - at_edges)
