"""The protocol by which token columns are read, so that `analysis` need not know `index`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class TokenColumns(Protocol):
    """The token columns of one immutable index segment, as `analysis` and `index` read them.

    A *term* is a number below ``term_count``, alphabetical by the term's UTF-8 bytes; a
    *document* a number below ``doc_count``; a *position* a number below ``token_count`` that
    counts tokens over all documents of the segment in order. Arrays are read-only and may be
    memory-mapped; their dtypes are as given or narrower unsigned integers where it says so.
    """

    @property
    def doc_count(self) -> int:
        """Return the number of documents, deleted ones included."""

    @property
    def term_count(self) -> int:
        """Return the number of distinct terms."""

    @property
    def token_count(self) -> int:
        """Return the number of tokens of all documents."""

    @property
    def doc_keys(self) -> NDArray[np.int64]:
        """Return the store's document id of each document, shape (doc_count,)."""

    @property
    def doc_starts(self) -> NDArray[np.int64]:
        """Return the first position of each document and the end, shape (doc_count + 1,)."""

    @property
    def live(self) -> NDArray[np.bool_] | None:
        """Return which documents are not deleted, or None where none is."""

    def find_term(self, word: str) -> int:
        """Return the term of ``word``, or -1."""

    def word(self, term: int) -> str:
        """Return the text of a term."""

    def words(self, start: int, end: int) -> list[str]:
        """Return the texts of the terms from ``start`` up to ``end``, fast for many."""

    def words_from(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin with ``prefix``."""

    def doc_frequencies(self, start: int = 0, end: int | None = None) -> NDArray[np.int64]:
        """Return the number of documents of each term from ``start`` up to ``end``.

        Deleted documents count; without bounds, those of every term, (term_count,).
        """

    def doc_frequency(self, term: int) -> int:
        """Return the number of documents of one term (deleted included)."""

    def frequencies(self) -> NDArray[np.int64]:
        """Return the number of tokens of every term (deleted included), (term_count,)."""

    def frequency(self, term: int) -> int:
        """Return the number of tokens of one term (deleted documents included)."""

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of a term, ascending, and how often it stands in each."""

    def pair_postings(
        self, first: int, second: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """Return the documents where ``second`` stands next after ``first``, and how often.

        None where that is not kept ready: the pair may stand in documents all the same.
        """

    def postings_between(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return terms, documents and frequencies of the terms from ``first`` up to ``end``.

        Three arrays of equal length, one entry for each posting, by term, then document.
        """

    def positions(self, term: int) -> NDArray[np.int64]:
        """Return every position of a term, ascending."""

    def positions_beside(self, term: int, others: Sequence[int]) -> NDArray[np.int64]:
        """Return positions of a term, ascending: at least all in documents with the others."""

    def terms_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the term that stands at each of the given positions (all in range)."""

    def terms_between(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the terms of the positions from ``start`` up to ``end``."""

    def count_between(self, term: int, start: int, end: int) -> int:
        """Return how often ``term`` stands from position ``start`` up to ``end``."""

    def match_at(
        self, positions: NDArray[np.int64], term: int, shift: int = 0
    ) -> NDArray[np.bool_]:
        """Return ``shift`` tokens after which of the positions ``term`` stands.

        All places that are looked at are in range; ``shift`` is not negative.
        """
