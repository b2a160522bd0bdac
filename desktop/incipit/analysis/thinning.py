"""Fewer lines: a random sample, one a document, copies folded, words demanded or forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.analysis.lines import Lines
from incipit.analysis.sorting import chance
from incipit.errors import Cancelled, UserError
from incipit.models import CancelToken, TokenColumns

#: The widest context, in words to each side, in which words can be demanded.
MOST_WITHIN = 50
_MOST_WORDS = 16
_BEGINNING = "*"


@dataclass(frozen=True, slots=True)
class Thinning:
    """Which lines are kept, in the order in which it is decided.

    ``with_words`` must all, ``without_words`` must not stand within ``within`` words to each
    side of the hit, in its document; they are words as the index has them, or beginnings
    (``sanction*``). ``fold_copies`` keeps the lines of one document of those with equal texts.
    ``one_per_document`` keeps the first line of each document. ``sample`` keeps so many lines,
    ``percent`` (0 to 100) that share, chosen by chance with ``seed``.
    """

    with_words: tuple[str, ...] = ()
    without_words: tuple[str, ...] = ()
    within: int = 5
    fold_copies: bool = False
    one_per_document: bool = False
    sample: int | None = None
    percent: float | None = None
    seed: int = 1

    def __bool__(self) -> bool:
        return bool(
            self.with_words
            or self.without_words
            or self.fold_copies
            or self.one_per_document
            or self.sample is not None
            or self.percent is not None
        )

    def checked(self) -> Thinning:
        """Return this if it can be carried out. Raises: UserError (``thinning``)."""
        if not 1 <= self.within <= MOST_WITHIN:
            raise _refused(f"Words are looked for within 1 to {MOST_WITHIN} words of the hit.")
        if len(self.with_words) + len(self.without_words) > _MOST_WORDS:
            raise _refused(f"At most {_MOST_WORDS} words can be demanded or forbidden.")
        if self.sample is not None and self.sample < 1:
            raise _refused("A sample has at least one line.")
        if self.percent is not None and not 0 < self.percent <= 100:
            raise _refused("A sample is more than 0 and at most 100 percent.")
        return self


def thinned(
    lines: Lines,
    thinning: Thinning,
    *,
    folded: NDArray[np.int64] | None = None,
    cancel: CancelToken | None = None,
) -> NDArray[np.int64]:
    """Return the numbers of the lines that are kept, ascending.

    ``folded`` are the ids of the documents that stand for their copies, where copies are
    folded. Raises: Cancelled.
    """
    kept = np.arange(len(lines))
    if thinning.with_words or thinning.without_words:
        kept = kept[_in_company(lines, thinning, cancel)]
    if thinning.fold_copies and folded is not None:
        kept = kept[np.isin(lines.documents[kept], folded)]
    if thinning.one_per_document:
        documents = lines.documents[kept]
        kept = kept[np.append(True, documents[1:] != documents[:-1])[: len(kept)]]
    size = _sample_size(thinning, len(kept))
    if size < len(kept):
        numbers = chance(lines.take(kept), thinning.seed)
        kept = np.sort(kept[np.argpartition(numbers, size)[:size]])
    return kept


def _sample_size(thinning: Thinning, count: int) -> int:
    size = count
    if thinning.percent is not None:
        # Not rounded to none: whoever asks for a share of something wants to see something.
        size = min(count, max(1, round(count * thinning.percent / 100)))
    return size if thinning.sample is None else min(size, thinning.sample)


def _in_company(lines: Lines, thinning: Thinning, cancel: CancelToken | None) -> NDArray[np.bool_]:
    """Return which lines have all words that they must, and none that they must not."""
    words = (*thinning.with_words, *thinning.without_words)
    wanted = np.uint32((1 << len(thinning.with_words)) - 1)
    seen = np.zeros(len(lines), np.uint32)
    tables = [_flags(columns, words) for columns in lines.segments]
    for number, columns, part in lines.blocks():
        if cancel is not None and cancel.is_set():
            raise Cancelled
        for offset in range(-thinning.within, thinning.within + 1):
            if offset:
                places, inside = lines.beside(offset, part)
                flags = tables[number].take(columns.terms_at(places))
                flags *= inside
                seen[part] |= flags
    company: NDArray[np.bool_] = seen == wanted
    return company


def _flags(columns: TokenColumns, words: Sequence[str]) -> NDArray[np.uint32]:
    """Return for each term a number with a bit for each of the words that it is."""
    flags = np.zeros(columns.term_count, np.uint32)
    for bit, word in enumerate(words):
        if word.endswith(_BEGINNING):
            first, end = columns.words_from(word.removesuffix(_BEGINNING))
            flags[first:end] |= np.uint32(1 << bit)
        elif (term := columns.find_term(word)) >= 0:
            flags[term] |= np.uint32(1 << bit)
    return flags


def _refused(message: str) -> UserError:
    return UserError(message, code="thinning")
