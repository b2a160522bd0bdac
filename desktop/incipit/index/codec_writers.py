"""Whoosh's way of writing a segment, turned into columns.

Whoosh hands over documents first and then all postings sorted by field and term, with the
positions of each. The token stream is put together again from the positions, so each place of
a text must hold exactly one token, as with the tokeniser of this program.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import FieldWriter, PerDocumentWriter
from whoosh.columns import Column
from whoosh.fields import TEXT, FieldType, Schema
from whoosh.formats import Positions

from incipit.index.column_file import write_columns
from incipit.index.layout import MAX_ROWS, Columns, key_columns, lay_out, prefixed
from incipit.index.schema import KEY, text_fields


class ColumnDocumentWriter(PerDocumentWriter):
    """Collects the key and the lengths of each document.

    Raises ValueError for what the columns cannot hold; the writer must then be cancelled.
    """

    def __init__(self, path: Path, segment_id: str) -> None:
        self.path = path
        self.segment_id = segment_id
        self.keys: list[int] = []
        self.lengths: dict[str, dict[int, int]] = {}
        self.is_closed = False
        self._docnum = 0

    def start_doc(self, docnum: int) -> None:
        if docnum >= MAX_ROWS:
            raise ValueError(f"one segment holds at most {MAX_ROWS:,} documents: commit before")
        if docnum != len(self.keys):
            raise ValueError("the document before has no key")
        self._docnum = docnum

    def add_field(self, fieldname: str, fieldobj: FieldType, value: object, length: int) -> None:
        if fieldname == KEY:
            self.keys.append(int(value))  # type: ignore[call-overload] # Whoosh gives any object
        elif isinstance(fieldobj, TEXT):
            self.lengths.setdefault(fieldname, {})[self._docnum] = length

    def add_column_value(self, fieldname: str, columnobj: Column, value: object) -> None:
        if fieldname != KEY:
            raise ValueError(f"the index keeps no column {fieldname}")

    def cancel_doc(self) -> None:
        """Forget a document that Whoosh could not finish."""
        del self.keys[self._docnum :]
        for lengths in self.lengths.values():
            lengths.pop(self._docnum, None)

    def close(self) -> None:
        self.is_closed = True


class ColumnFieldWriter(FieldWriter):
    """Collects the postings of all fields and writes the column file when it is closed."""

    def __init__(self, documents: ColumnDocumentWriter) -> None:
        self._documents = documents
        self._fields: dict[str, _FieldStream] = {}
        self._names: tuple[str, ...] | None = None
        self._format: Positions | None = None
        self._current: _FieldStream | None = None
        self.is_closed = False

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Any]) -> None:
        super().add_postings(schema, lengths, items)
        self._names = text_fields(schema)

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        self._current = None
        if fieldname != KEY:
            if type(fieldobj.format) is not Positions:
                raise ValueError(f"the index keeps no field like {fieldname}")
            self._format = fieldobj.format
            self._current = self._fields[fieldname] = _FieldStream()

    def start_term(self, text: bytes) -> None:
        if self._current is not None:
            self._current.words.append(text.decode("utf-8"))

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        if self._current is not None and self._format is not None:
            self._current.add(docnum, self._format.decode_positions(vbytes))

    def finish_term(self) -> None:
        pass

    def close(self) -> None:
        """Write the file, if there were postings to write and not only a cancelled writer."""
        self.is_closed = True
        if self._names is None:
            return
        documents = self._documents
        columns, facts = key_columns(np.array(documents.keys, np.int64))
        for name in self._names:
            lengths = np.zeros(len(documents.keys), np.int64)
            known = documents.lengths.get(name, {})
            lengths[list(known)] = list(known.values())
            columns |= prefixed(name, self._fields.pop(name, _FieldStream()).columns(lengths))
        facts["fields"] = " ".join(self._names)
        facts["segment"] = documents.segment_id
        write_columns(documents.path, columns, facts)


class _FieldStream:
    """The tokens of a field as (term, document, place), term after term."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._terms = array("I")
        self._docs = array("I")
        self._places = array("I")

    def add(self, docnum: int, places: list[int]) -> None:
        self._terms.extend([len(self.words) - 1] * len(places))
        self._docs.extend([docnum] * len(places))
        self._places.extend(places)

    def columns(self, lengths: np.ndarray[Any, np.dtype[np.int64]]) -> Columns:
        starts = np.cumsum(lengths) - lengths
        docs = np.array(self._docs, np.int64)
        places = np.array(self._places, np.int64)
        at = starts[docs] + places
        total = int(lengths.sum())
        if at.size != total or np.any(places >= lengths[docs]) or np.unique(at).size != total:
            raise ValueError("every place of a text must hold exactly one token")
        stream = np.empty(total, np.uint32)
        stream[at] = np.array(self._terms, np.uint32)
        return lay_out(self.words, stream, lengths)
