"""The columns of one segment, read: `SegmentColumns`, the form in which all search happens.

Implements :class:`incipit.models.TokenColumns` over column files or over arrays in memory, and
knows neither Whoosh nor folders. Everything here is immutable and may be shared by threads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from incipit.errors import IndexUnusable
from incipit.index.layout import UTF8_ERRORS, counts_of
from incipit.index.lexicon_columns import SegmentWords
from incipit.index.pair_columns import FrequentPairs
from incipit.index.pieces import pieces_by_weight
from incipit.index.posting_columns import RowPostings
from incipit.index.stream_columns import TokenStream

#: From so many positions on it pays to look first in which documents other words stand, but
#: those that stand in more than this share of them tell too little.
_MANY_POSITIONS = 2_000
_TELLING_SHARE = 0.4

#: Postings of long documents that are counted at once: 40 MB.
_POSTINGS_AT_ONCE = 1 << 20


class ColumnSource(Protocol):
    """Where columns come from: a file, or memory."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """Return the numbers stored beside the columns."""

    def column(self, name: str) -> NDArray[Any]:
        """Return one column, read-only."""


class MemorySource:
    """Columns held in memory."""

    def __init__(self, columns: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> None:
        self.facts = facts
        self._columns = columns

    def column(self, name: str) -> NDArray[Any]:
        """Return one column, read-only."""
        values = self._columns[name].view()
        values.flags.writeable = False
        return values


class SegmentColumns:
    """One text field of one segment, as `models.TokenColumns` describes it.

    ``live`` is a bool array (doc_count,) that is False for deleted documents, or None.

    Raises:
        IndexUnusable: the columns do not fit together.
    """

    def __init__(
        self, source: ColumnSource, field: str = "content", live: NDArray[np.bool_] | None = None
    ) -> None:
        self.source = source
        self.field = field
        self.live = live
        # Not a method of this object: a circle of references would keep files mapped, and
        # their space on the disk taken, until the next collection.
        column = partial(_column_of, source, field)
        self._row_lengths = column("row_lengths")
        self._doc_rows = column("doc_rows")
        self._words = SegmentWords(column("words"), column("word_offsets"))
        self._stream = TokenStream(column)
        self.rows = RowPostings(column, self._row_lengths.size)
        self._pairs = FrequentPairs(column, self._row_lengths.size)
        self.token_count = self._stream.token_count
        self.term_count = self._words.count
        several = self._doc_rows.size > 0
        self.doc_count = int(self._doc_rows.size - 1 if several else self._row_lengths.size)
        self._check()

    def with_live(self, live: NDArray[np.bool_] | None) -> SegmentColumns:
        """Return the same columns with other deletions; nothing is copied."""
        twin = object.__new__(SegmentColumns)
        twin.__dict__.update(self.__dict__)
        twin.live = live
        return twin

    # Documents --------------------------------------------------------------------------

    @cached_property
    def doc_keys(self) -> NDArray[np.int64]:
        """Return the store's document id of each document, shape (doc_count,)."""
        return document_keys(self.source)

    @cached_property
    def row_starts(self) -> NDArray[np.int64]:
        """Return the first position of each row and the end, shape (row_count + 1,)."""
        starts = np.zeros(self._row_lengths.size + 1, np.int64)
        np.cumsum(self._row_lengths, out=starts[1:])
        return _frozen(starts)

    @cached_property
    def doc_starts(self) -> NDArray[np.int64]:
        """Return the first position of each document and the end, shape (doc_count + 1,)."""
        if self._doc_rows.size == 0:
            return self.row_starts
        return _frozen(self.row_starts[self._doc_rows])

    @property
    def row_count(self) -> int:
        """Return the number of rows: documents, or pieces of long ones."""
        return int(self._row_lengths.size)

    @property
    def rows_of_docs(self) -> NDArray[np.int64]:
        """Return the number of rows of each document, shape (doc_count,)."""
        if self._doc_rows.size == 0:
            return np.ones(self.doc_count, np.int64)
        return counts_of(self._doc_rows)

    @cached_property
    def _docs_of_rows(self) -> NDArray[np.int64] | None:
        """The document of each row, or None where each is a row."""
        if self._doc_rows.size == 0:
            return None
        return np.repeat(np.arange(self.doc_count), self.rows_of_docs)

    # Terms ------------------------------------------------------------------------------

    def find_term(self, word: str) -> int:
        """Return the term of ``word``, or -1."""
        return self._words.find(word)

    def word(self, term: int) -> str:
        """Return the text of a term."""
        return self._words.word(term)

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """Return the texts of the terms from ``start`` up to ``end``, fast for many."""
        return self._words.words(start, self.term_count if end is None else end)

    def words_from(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin with ``prefix``."""
        return self._words.beginning_with(prefix)

    def terms_before(self, word: str | bytes) -> int:
        """Return the number of terms that sort before ``word``."""
        wanted = word.encode("utf-8", UTF8_ERRORS) if isinstance(word, str) else word
        return self._words.before(wanted)

    def word_bytes(self, term: int) -> bytes:
        """Return a term in UTF-8."""
        return self._words.bytes_of(term)

    @property
    def words_bytes(self) -> int:
        """Return the size of all words in UTF-8, with a byte between them."""
        return self._words.size_bytes

    def doc_frequencies(self, start: int = 0, end: int | None = None) -> NDArray[np.int64]:
        """Return the number of documents of each term (deleted included); without bounds, of all.

        Shape (end - start,).
        """
        end = self.term_count if end is None else end
        if self._docs_of_rows is None:
            return self.rows.frequencies(start, end)
        return self._doc_frequencies_of_pieces[start:end].astype(np.int64)

    def count_documents(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the same as :meth:`doc_frequencies`, of which nothing is kept for the next."""
        if self._docs_of_rows is None:
            return self.rows.frequencies(start, end)
        counts = np.zeros(end - start, np.int64)
        of_rows = self.rows.frequencies(start, end)
        for first, stop in pieces_by_weight(of_rows, _POSTINGS_AT_ONCE):
            terms, rows = self.rows.postings_between(start + first, start + stop)
            docs = self._docs_of_rows[rows]
            new = np.ones(docs.size, np.bool_)
            new[1:] = (docs[1:] != docs[:-1]) | (terms[1:] != terms[:-1])
            counts[first:stop] = np.bincount(terms[new] - (start + first), minlength=stop - first)
        return counts

    def doc_frequency(self, term: int) -> int:
        """Return the number of documents of one term (deleted included)."""
        if self._docs_of_rows is None:
            return self.rows.frequency(term)
        return self.postings(term)[0].size

    def frequencies(self) -> NDArray[np.int64]:
        """Return the number of tokens of every term (deleted included), (term_count,)."""
        return self.rows.token_counts()

    def frequency(self, term: int) -> int:
        """Return the number of tokens of one term (deleted documents included)."""
        return self.rows.token_count(term)

    @cached_property
    def _doc_frequencies_of_pieces(self) -> NDArray[np.uint32]:
        """The documents of every term where some have several rows."""
        return _frozen(self.count_documents(0, self.term_count).astype(np.uint32))

    # Postings ---------------------------------------------------------------------------

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of a term, ascending, and how often it stands in each."""
        return self._by_document(self.rows.rows_of(term), self.rows.counts_of(term))

    def pair_postings(
        self, first: int, second: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """Return where ``second`` follows ``first``, and how often, or None if not kept ready."""
        found = self._pairs.postings(first, second)
        return None if found is None else self._by_document(*found)

    def _by_document(
        self, rows: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of ascending rows, each once, with the sums of their counts."""
        if self._docs_of_rows is None or rows.size == 0:
            return rows, counts
        docs = self._docs_of_rows[rows]
        new = np.ones(docs.size, np.bool_)
        np.not_equal(docs[1:], docs[:-1], out=new[1:])
        starts = np.flatnonzero(new)
        return docs[starts], np.add.reduceat(counts, starts)

    def postings_between(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return terms, documents and frequencies of the terms from ``first`` up to ``end``."""
        terms, rows = self.rows.postings_between(first, end)
        counts = self.rows.places_between(first, end)[0]
        if self._docs_of_rows is None or rows.size == 0:
            return terms, rows, counts
        docs = self._docs_of_rows[rows]
        new = np.ones(docs.size, np.bool_)
        new[1:] = (docs[1:] != docs[:-1]) | (terms[1:] != terms[:-1])
        starts = np.flatnonzero(new)
        return terms[starts], docs[starts], np.add.reduceat(counts, starts)

    def positions(self, term: int) -> NDArray[np.int64]:
        """Return every position of a term, ascending."""
        rows, places = self.rows.rows_of(term), self.rows.places_of(term)
        positions = self.row_starts[rows]
        if rows.size != places.size:
            positions = np.repeat(positions, self.rows.counts_of(term))
        positions += places
        return positions

    def positions_beside(self, term: int, others: Sequence[int]) -> NDArray[np.int64]:
        """Return positions of a term, ascending: at least all in documents with the others.

        Which rows have all of them is told by tables that fit the processor's cache, what
        stands at a position only by reading all over the token stream.
        """
        rarer = [other for other in others if self._is_telling(other)]
        few = self.frequency(term) < _MANY_POSITIONS
        if few or not rarer or self._docs_of_rows is not None:
            return self.positions(term)
        rows, places = self.rows.rows_of(term), self.rows.places_of(term)
        kept = self.rows.have_all(rarer)[rows]
        positions = self.row_starts[rows[kept]]
        if rows.size != places.size:
            counts = self.rows.counts_of(term)
            positions = positions.repeat(counts[kept])
            kept = kept.repeat(counts)
        positions += places[kept]
        return positions

    def _is_telling(self, term: int) -> bool:
        return self.rows.frequency(term) < _TELLING_SHARE * self.row_count

    # The token stream -------------------------------------------------------------------

    def terms_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the term that stands at each of the given positions (all in range)."""
        return self._stream.terms_at(positions)

    def terms_between(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the terms of the positions from ``start`` up to ``end``."""
        return self._stream.terms_between(start, end)

    def count_between(self, term: int, start: int, end: int) -> int:
        """Return how often ``term`` stands from position ``start`` up to ``end``."""
        return self._stream.count_between(term, start, end)

    def match_at(
        self, positions: NDArray[np.int64], term: int, shift: int = 0
    ) -> NDArray[np.bool_]:
        """Return ``shift`` tokens after which of the positions ``term`` stands."""
        code = self._stream.code(term)
        if code is not None:
            return self._stream.match_at(positions, code, shift)
        own = self.positions(term) - shift
        places = np.minimum(own.searchsorted(positions), own.size - 1)
        matches: NDArray[np.bool_] = own[places] == positions
        return matches

    def _check(self) -> None:
        """Compare the lengths of the columns with each other and with what they count."""
        fits = (
            self._words.fits()
            and self.rows.fits(self.term_count, self.token_count)
            and self._pairs.fits()
            and isinstance(self.source.facts.get("key_base"), int)
            and self.source.column("keys").size == self.doc_count
            and int(self._row_lengths.sum(dtype=np.int64)) == self.token_count
            and (not self._doc_rows.size or int(self._doc_rows[-1]) == self.row_count)
        )
        if not fits:
            raise IndexUnusable("the columns of a segment do not fit together")


def document_keys(source: ColumnSource) -> NDArray[np.int64]:
    """Return the store's document id of each document of a segment."""
    keys = source.column("keys").astype(np.int64)
    keys += int(source.facts["key_base"])
    return _frozen(keys)


def field_names(source: ColumnSource) -> tuple[str, ...]:
    """Return the names of the text fields of a segment."""
    return tuple(str(source.facts.get("fields", "")).split())


def _column_of(source: ColumnSource, field: str, name: str) -> NDArray[Any]:
    return source.column(f"{field}/{name}")


def _frozen(values: NDArray[Any]) -> NDArray[Any]:
    values.flags.writeable = False
    return values
