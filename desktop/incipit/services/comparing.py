"""Whether the index holds the words of every text, compared document by document.

Checksums tell that the index is what was written, not that the right thing was written. Here
each text is taken to its words again and held against those that the index has for it, in
order. A block of documents is in memory at a time, and of a long text a part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from incipit.errors import Cancelled
from incipit.models import CancelToken, TokenColumns
from incipit.store.library_store import Store
from incipit.text.tokens import terms, tokenise_in_parts

#: Documents are read in blocks of about so many tokens.
_BLOCK_TOKENS = 250_000
#: Texts that are longer are taken to words in parts.
_LONG_CP = 2_000_000

Told = Callable[[int, int], None]


def differing(
    store: Store,
    segments: Sequence[TokenColumns],
    cancel: CancelToken,
    *,
    only: NDArray[np.int64] | None = None,
    tell: Told | None = None,
) -> NDArray[np.int64]:
    """Return the documents whose words in ``segments`` are not those of their texts, sorted.

    ``only`` are the documents to look at (None: all). Documents that are not in the store are
    passed over. ``tell`` is called with how many of how many documents are done.

    Raises: Cancelled.
    """
    wanted = [_wanted(segment, only) for segment in segments]
    total, done = sum(map(len, wanted)), 0
    found: list[int] = []
    for segment, documents in zip(segments, wanted, strict=True):
        starts = segment.doc_starts
        for block in _blocks(documents, starts):
            if cancel.is_set():
                raise Cancelled
            found += _differing_in(store, segment, starts, block)
            done += len(block)
            if tell is not None:
                tell(done, total)
    return np.array(sorted(found), np.int64)


def _wanted(segment: TokenColumns, only: NDArray[np.int64] | None) -> NDArray[np.int64]:
    mask = np.ones(segment.doc_count, np.bool_) if segment.live is None else segment.live.copy()
    if only is not None:
        mask &= np.isin(segment.doc_keys, only)
    return np.flatnonzero(mask)


def _blocks(documents: NDArray[np.int64], starts: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield documents that follow each other in the segment, some at a time."""
    first = 0
    for at in range(1, len(documents) + 1):
        if (
            at == len(documents)
            or documents[at] != documents[at - 1] + 1
            or starts[documents[at] + 1] - starts[documents[first]] > _BLOCK_TOKENS
        ):
            yield documents[first:at]
            first = at


def _differing_in(
    store: Store,
    segment: TokenColumns,
    starts: NDArray[np.int64],
    block: NDArray[np.int64],
) -> list[int]:
    places = {int(segment.doc_keys[document]): int(document) for document in block}
    begin, end = int(starts[block[0]]), int(starts[block[-1] + 1])
    words = _Words(segment, begin, end) if len(block) > 1 else None
    found = []
    for key, text in store.texts(list(places)):
        first, last = int(starts[places[key]]), int(starts[places[key] + 1])
        for part in _parts(text):
            there = words or _Words(segment, first, min(first + len(part), last))
            if there.between(first, min(first + len(part), last)) != part:
                found.append(key)
                break
            first += len(part)
        else:
            if first != last:
                found.append(key)
    return found


def _parts(text: str) -> Iterator[list[str]]:
    if len(text) <= _LONG_CP:
        yield terms(text)
    else:
        yield from (tokens.terms for tokens in tokenise_in_parts(text))


class _Words:
    """The words that a segment has from one position up to another."""

    def __init__(self, segment: TokenColumns, begin: int, end: int) -> None:
        self._begin = begin
        used, self._numbers = np.unique(segment.terms_between(begin, end), return_inverse=True)
        self._words = np.array([segment.word(int(term)) for term in used], object)

    def between(self, first: int, last: int) -> list[str]:
        numbers = self._numbers[first - self._begin : last - self._begin]
        words: list[str] = self._words[numbers].tolist()
        return words
