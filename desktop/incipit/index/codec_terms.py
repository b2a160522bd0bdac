"""Terms, cursors and matchers over columns, as Whoosh's query classes use them.

Everything Whoosh can ask of a term works here one document at a time: it is the reference
against which the evaluation on whole arrays is tested, and what that falls back on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.matching import ReadTooFar
from whoosh.matching.mcore import LeafMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from incipit.index.column_file import ColumnFile
from incipit.index.columns import SegmentColumns, document_keys, field_names
from incipit.index.schema import KEY

_SIGN = 1 << 63


class FieldTerms(Protocol):
    """The terms of one field, numbered in the order of their bytes."""

    @property
    def term_count(self) -> int:
        """Return the number of terms."""

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Return the number of tokens of each document."""

    def word_bytes(self, term: int) -> bytes:
        """Return the bytes of a term."""

    def terms_before(self, word: bytes) -> int:
        """Return the number of terms that sort before ``word``."""

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return documents and frequencies."""

    def places(self, term: int) -> NDArray[np.int64] | None:
        """Return the place inside its document of each token, or None where none are kept."""


class TextTerms:
    """The terms of a text field."""

    def __init__(self, columns: SegmentColumns) -> None:
        self._columns = columns
        self.term_count = columns.term_count
        self.word_bytes = columns.word_bytes
        self.terms_before = columns.terms_before
        self.postings = columns.postings

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Return the number of tokens of each document."""
        starts = self._columns.doc_starts
        return starts[1:] - starts[:-1]

    def places(self, term: int) -> NDArray[np.int64]:
        """Return the place inside its document of each token of a term."""
        docs, counts = self.postings(term)
        return self._columns.positions(term) - np.repeat(self._columns.doc_starts[docs], counts)


class KeyTerms:
    """The document keys as terms, in the form in which Whoosh encodes numbers."""

    def __init__(self, keys: NDArray[np.int64]) -> None:
        self._order = np.argsort(keys, kind="stable")
        ordered = keys[self._order]
        first = np.ones(keys.size, np.bool_)
        np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
        self._starts = np.append(np.flatnonzero(first), keys.size)
        self._keys = ordered[self._starts[:-1]]
        self.term_count = int(self._keys.size)
        self.lengths = np.zeros(keys.size, np.int64)

    def word_bytes(self, term: int) -> bytes:
        """Return a zero (the full precision) and the key, eight bytes that sort as numbers."""
        return b"\0" + (int(self._keys[term]) + _SIGN).to_bytes(8, "big")

    def terms_before(self, word: bytes) -> int:
        """Return the number of terms that sort before ``word``."""
        return bisect_left(range(self.term_count), word, key=self.word_bytes)

    def postings(self, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents with a key: one, but for those added twice before a commit."""
        docs = np.sort(self._order[self._starts[term] : self._starts[term + 1]])
        return docs, np.ones(docs.size, np.int64)

    def places(self, term: int) -> None:
        """Return None: a number has no place."""


class ColumnTerms(TermsReader):
    """Whoosh's reader of all terms of a segment."""

    def __init__(self, file: ColumnFile) -> None:
        self._file = file
        self._open: dict[str, FieldTerms] = {}
        self._names = tuple(sorted((KEY, *field_names(file))))
        self.is_closed = False

    def _field(self, name: str) -> FieldTerms:
        terms = self._open.get(name)
        if terms is None:
            if name not in self._names:
                raise TermNotFound(f"no field {name!r}")
            if name == KEY:
                terms = KeyTerms(document_keys(self._file))
            else:
                terms = TextTerms(SegmentColumns(self._file, name))
            self._open[name] = terms
        return terms

    def _find(self, fieldname: str, text: bytes) -> int:
        terms = self._field(fieldname)
        term = terms.terms_before(text)
        if term >= terms.term_count or terms.word_bytes(term) != text:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        return term

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        try:
            self._find(*term)
        except TermNotFound:
            return False
        return True

    def indexed_field_names(self) -> tuple[str, ...]:
        return self._names

    def cursor(self, fieldname: str, fieldobj: FieldType) -> ColumnCursor:
        return ColumnCursor(self._field(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in self._names:
            yield from self._terms_of(name, 0)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        yield from self._terms_of(fieldname, self._field(fieldname).terms_before(prefix))
        for name in self._names[self._names.index(fieldname) + 1 :]:
            yield from self._terms_of(name, 0)

    def _terms_of(self, name: str, start: int) -> Iterator[tuple[str, bytes]]:
        terms = self._field(name)
        for term in range(start, terms.term_count):
            yield name, terms.word_bytes(term)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return _term_info(self._field(fieldname), self._find(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> int:
        _, counts = self._field(fieldname).postings(self._find_or_fail(fieldname, text))
        return int(counts.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        docs, _ = self._field(fieldname).postings(self._find_or_fail(fieldname, text))
        return int(docs.size)

    def _find_or_fail(self, fieldname: str, text: bytes) -> int:
        """Find a term; Whoosh's reader takes a KeyError for a frequency of zero."""
        try:
            return self._find(fieldname, text)
        except TermNotFound as error:
            raise KeyError(text) from error

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> ColumnMatcher:
        term = self._find(fieldname, text)
        return ColumnMatcher(self._field(fieldname), term, (fieldname, text), format_, scorer)

    def close(self) -> None:
        self._open = {}
        self.is_closed = True


class ColumnCursor(FieldCursor):
    """Walks over the terms of a field."""

    def __init__(self, terms: FieldTerms, field: FieldType) -> None:
        self._terms = terms
        self._field = field
        self._term = 0

    def first(self) -> Any:
        self._term = 0
        return self.text()

    def find(self, string: str | bytes) -> Any:
        wanted = string if isinstance(string, bytes) else self._field.to_bytes(string)
        self._term = self._terms.terms_before(wanted)
        return self.text()

    def next(self) -> Any:
        self._term += self.is_valid()
        return self.text()

    def text(self) -> Any:
        if not self.is_valid():
            return None
        return self._field.from_bytes(self._terms.word_bytes(self._term))

    def term(self) -> Any:
        return self.text()

    def term_info(self) -> TermInfo | None:
        return _term_info(self._terms, self._term) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._term < self._terms.term_count


class ColumnMatcher(LeafMatcher):
    """Walks over the documents of a term, all of them one block."""

    def __init__(
        self,
        terms: FieldTerms,
        number: int,
        term: tuple[str, bytes],
        format_: Format,
        scorer: BaseScorer | None,
    ) -> None:
        self._terms = terms
        self._number = number
        self._term = term
        self.format = format_
        self.scorer = scorer
        docs, counts = terms.postings(number)
        self._docs: list[int] = docs.tolist()
        self._counts: list[int] = counts.tolist()
        self._at = 0

    @cached_property
    def _places(self) -> list[list[int]] | None:
        places = self._terms.places(self._number)
        if places is None:
            return None
        flat = iter(places.tolist())
        return [[next(flat) for _ in range(count)] for count in self._counts]

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> ColumnMatcher:
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin

    def id(self) -> int:
        return self._docs[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at :])

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._docs, id, lo=self._at)

    def weight(self) -> float:
        weight: float = self._counts[self._at] * self.format.field_boost
        return weight

    def value(self) -> bytes:
        places = self._places
        value: bytes = b"" if places is None else self.format.encode(places[self._at])
        return value

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self._places is not None:
            return self._places[self._at]
        return super().value_as(astype)

    def skip_to_quality(self, minquality: float) -> int:
        if self.is_active() and self.block_quality() <= minquality:
            self._at = len(self._docs)
            return 1
        return 0

    def block_min_id(self) -> int:
        return self._docs[0]

    def block_max_id(self) -> int:
        return self._docs[-1]

    def block_max_weight(self) -> float:
        weight: float = max(self._counts) * self.format.field_boost
        return weight

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        lengths: NDArray[np.int64] = self._terms.lengths[np.array(self._docs)]
        return lengths

    def block_min_length(self) -> int:
        return int(self._lengths.min())

    def block_max_length(self) -> int:
        return int(self._lengths.max())


def _term_info(terms: FieldTerms, term: int) -> TermInfo:
    docs, counts = terms.postings(term)
    lengths = terms.lengths[docs]
    return TermInfo(
        weight=float(counts.sum()),
        df=int(docs.size),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=float(counts.max()),
        minid=int(docs[0]),
        maxid=int(docs[-1]),
    )
