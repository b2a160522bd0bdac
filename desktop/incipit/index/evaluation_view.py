"""All segments of a collection during one search: postings of words, and expansions.

Owns what is read of several segments at once and joined, in the numbers of documents that the
collection gives, so that everything computed on it is computed once and not for each segment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.errors import Cancelled
from incipit.index.collection import NOTHING, Collection
from incipit.index.evaluation_segment import SegmentView
from incipit.index.expansion_automaton import Budget
from incipit.models import CancelToken

#: Documents and frequencies: two int64 arrays of one length, documents ascending.
Counts = tuple[NDArray[np.int64], NDArray[np.int64]]

NO_COUNTS: Counts = (NOTHING, NOTHING)

#: Postings that are kept for a second reading, over all words of a search.
_MAX_KEPT = 4_000_000

# What counting a word in the tokens of some documents costs, and reading its postings, in
# nanoseconds (measured; only their ratios matter).
_NS_A_TEXT = 2_500
_NS_A_SEGMENT = 12_000
_NS_A_POSTING = 8


class CollectionView:
    """Reads a collection for one search; for one thread.

    ``cancel`` is asked by :meth:`check`, between steps. Leaves that are ``left_out`` stand for
    nothing. Patterns of all segments share one budget of time.
    """

    def __init__(
        self,
        collection: Collection,
        cancel: CancelToken | None = None,
        *,
        left_out: Container[wq.Query] = (),
    ) -> None:
        budget = Budget()
        self.collection = collection
        self.segments = tuple(
            SegmentView(columns, cancel, left_out=left_out, budget=budget)
            for columns in collection.segments
        )
        self._cancel = cancel
        self._postings: dict[str, Counts] = {}
        self._kept = 0
        self._frequencies: dict[str, int] = {}

    def check(self) -> None:
        """Raise where the search was cancelled.

        Raises:
            Cancelled: the cancel token is set.
        """
        if self._cancel is not None and self._cancel.is_set():
            raise Cancelled

    def based(self) -> Iterator[tuple[int, SegmentView]]:
        """Yield each segment with the number of its first document."""
        return zip(self.collection.doc_bases, self.segments, strict=False)

    # One word ---------------------------------------------------------------------------

    def document_frequency(self, word: str) -> int:
        """Return in how many documents ``word`` stands, deleted ones included."""
        known = self._frequencies.get(word)
        if known is None:
            known = sum(segment.document_frequency(word) for segment in self.segments)
            self._frequencies[word] = known
        return known

    def postings(self, word: str) -> Counts:
        """Return the documents of a word, and how often it stands in each."""
        known = self._postings.get(word)
        if known is None:
            known = self._read(word)
            self._kept += len(known[0])
            if self._kept <= _MAX_KEPT:
                self._postings[word] = known
        return known

    def _read(self, word: str) -> Counts:
        docs, frequencies = [], []
        for base, segment in self.based():
            term = segment.term(word)
            if term >= 0:
                self.check()
                some, counts = segment.columns.postings(term)
                docs.append(some + base if base else some)
                frequencies.append(counts)
        if len(docs) <= 1:
            return (docs[0], frequencies[0]) if docs else NO_COUNTS
        return np.concatenate(docs), np.concatenate(frequencies)

    def pair_postings(self, first: str, second: str) -> Counts | None:
        """Return the documents where two words stand side by side, and how often.

        None where a segment with both does not keep that ready.
        """
        docs, counts = [NOTHING], [NOTHING]
        for base, segment in self.based():
            terms = segment.term(first), segment.term(second)
            if min(terms) < 0:
                continue
            self.check()
            found = segment.columns.pair_postings(*terms)
            if found is None:
                return None
            docs.append(found[0] + base)
            counts.append(found[1])
        return np.concatenate(docs), np.concatenate(counts)

    def counts_within(
        self, words: Sequence[str], docs: NDArray[np.int64]
    ) -> NDArray[np.int64] | None:
        """Return how often each word stands in each of ``docs``, (len(words), len(docs)).

        None where reading the postings of the words is quicker, as for all but a few documents
        and frequent words.
        """
        unread = [word for word in words if word not in self._postings]
        saved = sum(map(self.document_frequency, unread)) * _NS_A_POSTING
        if _NS_A_TEXT * len(docs) * len(words) > saved + _NS_A_SEGMENT * len(self.segments):
            return None
        starts = self.collection.doc_starts
        bounds = zip(docs.tolist(), starts[docs].tolist(), starts[docs + 1].tolist(), strict=True)
        counts = [self._count(words, *bound) for bound in bounds]
        return np.array(counts, np.int64).reshape(len(docs), len(words)).T

    def _count(self, words: Sequence[str], doc: int, start: int, end: int) -> list[int]:
        number = self.collection.segment_of(doc)
        segment, base = self.segments[number], self.collection.position_bases[number]
        count = segment.columns.count_between
        terms = map(segment.term, words)
        return [count(term, start - base, end - base) if term >= 0 else 0 for term in terms]

    # Many words -------------------------------------------------------------------------

    def terms(self, leaf: wq.Query) -> list[NDArray[np.int64]]:
        """Return the terms of a leaf in each segment, ascending."""
        return [segment.terms(leaf) for segment in self.segments]

    def idfs(self, terms: list[NDArray[np.int64]]) -> list[NDArray[np.float64]]:
        """Return the idf, over all segments, of the given terms of each segment."""
        counts = [
            segment.document_frequencies(some)
            for segment, some in zip(self.segments, terms, strict=True)
        ]
        if len(counts) > 1:
            counts = self._summed(terms, counts)
        return [self.collection.idfs(some) for some in counts]

    def _summed(
        self, terms: list[NDArray[np.int64]], counts: list[NDArray[np.int64]]
    ) -> list[NDArray[np.int64]]:
        """Return the document frequencies of the terms of each segment, over all segments."""
        words = [segment.words(some) for segment, some in zip(self.segments, terms, strict=True)]
        total: Counter[str] = Counter()
        for names, numbers in zip(words, counts, strict=True):
            for name, number in zip(names, numbers.tolist(), strict=True):
                total[name] += number
        return [np.fromiter(map(total.__getitem__, names), np.int64, len(names)) for names in words]
