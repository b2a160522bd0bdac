"""The columns of one segment, read: `SegmentColumns`, the form in which all search happens.

Implements :class:`incipit.models.TokenColumns` over column files or over arrays in memory, and
knows neither Whoosh nor folders. Everything here is immutable and may be shared by threads.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from incipit.errors import IndexUnusable
from incipit.index.layout import RARE, UTF8_ERRORS, bitmap_bytes, counts_of


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
        self._words = self._column("words")
        self._word_offsets = self._column("word_offsets")
        self._stream = self._column("stream")
        self._coded = self._column("coded")
        self._row_offsets = self._column("row_offsets")
        self._token_offsets = self._column("token_offsets")
        self._rows = self._column("rows")
        self._places = self._column("places")
        self._firsts = self._column("firsts")
        self._row_lengths = self._column("row_lengths")
        self._doc_rows = self._column("doc_rows")
        self.token_count = int(self._stream.size)
        self.term_count = max(int(self._word_offsets.size) - 1, 0)
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

    @cached_property
    def _docs_of_rows(self) -> NDArray[np.int64] | None:
        if self._doc_rows.size == 0:
            return None
        pieces = counts_of(self._doc_rows)
        return np.repeat(np.arange(self.doc_count), pieces)

    # Terms ------------------------------------------------------------------------------

    def find_term(self, word: str) -> int:
        """Return the term of ``word``, or -1."""
        term = self.terms_before(word)
        if term < self.term_count and self.word_bytes(term) == _encoded(word):
            return term
        return -1

    def word(self, term: int) -> str:
        """Return the text of a term."""
        return self.word_bytes(term).decode("utf-8", UTF8_ERRORS)

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """Return the texts of the terms from ``start`` up to ``end``, fast for many."""
        end = self.term_count if end is None else end
        if end <= start:
            return []
        first, last = int(self._word_offsets[start]), int(self._word_offsets[end])
        text = self._words[first : last - 1].tobytes().decode("utf-8", UTF8_ERRORS)
        return text.split("\n")

    def words_from(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the terms that begin with ``prefix``."""
        if not prefix:
            return 0, self.term_count
        start = self.terms_before(prefix)
        low, high, wanted = start, self.term_count, _encoded(prefix)
        while low < high:
            middle = (low + high) // 2
            if self.word_bytes(middle).startswith(wanted):
                low = middle + 1
            else:
                high = middle
        return start, low

    def terms_before(self, word: str | bytes) -> int:
        """Return the number of terms that sort before ``word``."""
        wanted = word if isinstance(word, bytes) else _encoded(word)
        low, high = 0, self.term_count
        while low < high:
            middle = (low + high) // 2
            if self.word_bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def word_bytes(self, term: int) -> bytes:
        """Return a term in UTF-8."""
        offsets = self._word_offsets
        return self._word_data[int(offsets[term]) : int(offsets[term + 1]) - 1].tobytes()

    @cached_property
    def _word_data(self) -> memoryview:
        return self._words.data

    def doc_frequencies(self) -> NDArray[np.int64]:
        """Return the number of documents of every term (deleted included), (term_count,)."""
        if self._docs_of_rows is None:
            return counts_of(self._row_offsets)
        return self._doc_frequencies_of_pieces

    def frequencies(self) -> NDArray[np.int64]:
        """Return the number of tokens of every term (deleted included), (term_count,)."""
        return counts_of(self._token_offsets)

    def frequency(self, term: int) -> int:
        """Return the number of tokens of one term (deleted documents included)."""
        return int(self._token_offsets[term + 1]) - int(self._token_offsets[term])

    @cached_property
    def _doc_frequencies_of_pieces(self) -> NDArray[np.int64]:
        """Count documents where some have several rows: a term may stand in several of one."""
        docs_of_rows = self._docs_of_rows
        assert docs_of_rows is not None
        terms, rows = self.row_postings_between(0, self.term_count)
        docs = docs_of_rows[rows]
        new = np.ones(docs.size, np.bool_)
        new[1:] = (docs[1:] != docs[:-1]) | (terms[1:] != terms[:-1])
        return _frozen(np.bincount(terms[new], minlength=self.term_count))

    # Postings ---------------------------------------------------------------------------

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of a term, ascending, and how often it stands in each."""
        rows, counts = self._rows_of(term), self._counts_of(term)
        docs_of_rows = self._docs_of_rows
        if docs_of_rows is None or rows.size == 0:
            return rows, counts
        docs = docs_of_rows[rows]
        new = np.ones(docs.size, np.bool_)
        np.not_equal(docs[1:], docs[:-1], out=new[1:])
        starts = np.flatnonzero(new)
        return docs[starts], np.add.reduceat(counts, starts)

    def positions(self, term: int) -> NDArray[np.int64]:
        """Return every position of a term, ascending."""
        start, end = int(self._token_offsets[term]), int(self._token_offsets[term + 1])
        rows = self._rows_of(term)
        base = self.row_starts[rows]
        if rows.size != end - start:
            base = np.repeat(base, self._counts_of(term))
        base += self._places[start:end]
        return base

    def _rows_of(self, term: int) -> NDArray[np.int64]:
        dense = self._dense_terms
        index = int(dense.searchsorted(term))
        if index < dense.size and int(dense[index]) == term:
            size = bitmap_bytes(self._row_lengths.size)
            bits = self._dense_rows[index * size : (index + 1) * size]
            return np.flatnonzero(np.unpackbits(bits, bitorder="little"))
        skipped = int(self._dense_before[index])
        start = int(self._row_offsets[term]) - skipped
        end = int(self._row_offsets[term + 1]) - skipped
        return widened(self._rows[start:end])

    def _counts_of(self, term: int) -> NDArray[np.int64]:
        """Return how often a term stands in each of its rows."""
        start, end = int(self._token_offsets[term]), int(self._token_offsets[term + 1])
        rows = int(self._row_offsets[term + 1]) - int(self._row_offsets[term])
        if rows == end - start:
            return np.ones(rows, np.int64)
        heavy = self._heavy_terms
        index = int(heavy.searchsorted(term))
        if index < heavy.size and int(heavy[index]) == term:
            first, last = self._heavy_offsets[index : index + 2].tolist()
            return widened(self._heavy_counts[first:last])
        return self._count_firsts(start, end)

    def _count_firsts(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the tokens of each posting, for the tokens by term ``start`` up to ``end``."""
        lead = start & 7
        bits = np.unpackbits(self._firsts[start >> 3 : (end + 7) >> 3], bitorder="little")
        firsts = np.flatnonzero(bits[lead : lead + end - start])
        counts = np.empty(firsts.size, np.int64)
        np.subtract(firsts[1:], firsts[:-1], out=counts[:-1])
        counts[-1:] = (end - start) - firsts[-1:]
        return counts

    # Rows, for merging -------------------------------------------------------------------

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

    def row_frequencies(self) -> NDArray[np.int64]:
        """Return the number of rows of every term, (term_count,)."""
        return counts_of(self._row_offsets)

    def largest_row_count(self, term: int) -> int:
        """Return how often a term stands in one row at most."""
        return int(self._counts_of(term).max())

    def row_postings_between(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the (term, row) pairs of the terms from ``first`` up to ``end``, in order."""
        counts = counts_of(self._row_offsets[first : end + 1])
        terms = np.repeat(np.arange(first, end), counts)
        dense = self._dense_terms
        low, high = dense.searchsorted((first, end)).tolist()
        parts = []
        at = int(self._row_offsets[first]) - int(self._dense_before[low])
        for index in range(low, high):
            term = int(dense[index])
            stop = int(self._row_offsets[term]) - int(self._dense_before[index])
            parts += [widened(self._rows[at:stop]), self._rows_of(term)]
            at = stop
        stop = int(self._row_offsets[end]) - int(self._dense_before[high])
        parts.append(widened(self._rows[at:stop]))
        return terms, np.concatenate(parts)

    def row_places_between(self, first: int, end: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return the frequencies of those pairs, and the places of all their tokens."""
        start, stop = int(self._token_offsets[first]), int(self._token_offsets[end])
        return self._count_firsts(start, stop), self._places[start:stop]

    # The token stream -------------------------------------------------------------------

    def terms_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the term that stands at each of the given positions (all in range)."""
        codes = self._stream[positions]
        if self._coded.size == 0:
            return widened(codes)
        terms: NDArray[np.int64] = self._coded_wide[codes]
        rare = np.flatnonzero(codes == RARE)
        if rare.size:
            places = np.searchsorted(self._rare_positions, positions[rare])
            terms[rare] = self._rare_terms[places]
        return terms

    def terms_between(self, start: int, end: int) -> NDArray[np.int64]:
        """Return the terms of the positions from ``start`` up to ``end``."""
        codes = self._stream[start:end]
        if self._coded.size == 0:
            return widened(codes)
        terms: NDArray[np.int64] = self._coded_wide[codes]
        first, last = np.searchsorted(self._rare_positions, (start, end))
        terms[self._rare_positions[first:last].astype(np.int64) - start] = self._rare_terms[
            first:last
        ]
        return terms

    def match_at(self, positions: NDArray[np.int64], term: int) -> NDArray[np.bool_]:
        """Return at which of the given positions (all in range) ``term`` stands."""
        code = self._code(term)
        matches: NDArray[np.bool_]
        if code is not None:
            # A Python int keeps the comparison in the dtype of the stream.
            matches = self._stream[positions] == code
            return matches
        own = self.positions(term)
        places = np.minimum(own.searchsorted(positions), own.size - 1)
        matches = own[places] == positions
        return matches

    def _code(self, term: int) -> int | None:
        if self._coded.size == 0:
            return term
        code = int(self._coded.searchsorted(term))
        return code if code < self._coded.size and int(self._coded[code]) == term else None

    @cached_property
    def _coded_wide(self) -> NDArray[np.int64]:
        """The term of each code, with a place for RARE."""
        return np.append(self._coded.astype(np.int64), -1)

    # Columns that few need ---------------------------------------------------------------

    @cached_property
    def _dense_terms(self) -> NDArray[Any]:
        return self._column("dense_terms")

    @cached_property
    def _dense_rows(self) -> NDArray[Any]:
        return self._column("dense_rows")

    @cached_property
    def _dense_before(self) -> NDArray[np.int64]:
        """Postings of dense terms before each dense term, and of all of them."""
        terms = self._dense_terms.astype(np.int64)
        counts = self._row_offsets[terms + 1].astype(np.int64) - self._row_offsets[terms]
        before = np.zeros(terms.size + 1, np.int64)
        np.cumsum(counts, out=before[1:])
        return before

    @cached_property
    def _heavy_terms(self) -> NDArray[Any]:
        return self._column("heavy_terms")

    @cached_property
    def _heavy_offsets(self) -> NDArray[Any]:
        return self._column("heavy_offsets")

    @cached_property
    def _heavy_counts(self) -> NDArray[Any]:
        return self._column("heavy_counts")

    @cached_property
    def _rare_positions(self) -> NDArray[Any]:
        return self._column("rare_positions")

    @cached_property
    def _rare_terms(self) -> NDArray[Any]:
        return self._column("rare_terms")

    def _column(self, name: str) -> NDArray[Any]:
        return self.source.column(f"{self.field}/{name}")

    def _check(self) -> None:
        """Compare the lengths of the columns with each other and with what they count."""
        tokens, terms = self.token_count, self.term_count
        fits = (
            self._word_offsets.size in (terms + 1, 0)
            and self._row_offsets.size == terms + 1
            and self._token_offsets.size == terms + 1
            and self._places.size == tokens
            and self._firsts.size == -(-tokens // 8)
            and self._rare_positions.size == self._rare_terms.size
            and self.source.column("keys").size == self.doc_count
            and int(self._row_lengths.sum(dtype=np.int64)) == tokens
            and int(self._token_offsets[-1]) == tokens
            and int(self._word_offsets[-1]) == self._words.size
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


def widened(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return a copy as int64."""
    return values.astype(np.int64)


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", UTF8_ERRORS)


def _frozen(values: NDArray[Any]) -> NDArray[Any]:
    values.flags.writeable = False
    return values
