"""What Whoosh can ask of a document: its key, its lengths, whether it is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import Column, ColumnReader

from incipit.index.column_file import ColumnFile
from incipit.index.columns import SegmentColumns, document_keys, field_names
from incipit.index.schema import KEY
from incipit.index.segment import ColumnarSegment

_SIGN = 1 << 63


class ColumnDocuments(PerDocumentReader):
    """Whoosh's reader of the documents of a segment, with exact lengths."""

    def __init__(self, file: ColumnFile, segment: ColumnarSegment) -> None:
        self._file = file
        self._segment = segment
        self._lengths = dict.fromkeys(field_names(file), _NO_LENGTHS)
        self.is_closed = False

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return document_keys(self._file)

    def doc_count(self) -> int:
        count: int = self._segment.doc_count()
        return count

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.live is not None

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname == KEY

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        if fieldname != KEY:
            raise KeyError(fieldname)
        return KeyColumnReader(self._keys)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {KEY: int(self._keys[docnum])}

    def columns(self, fieldname: str) -> SegmentColumns:
        """Return the columns of a text field, with the deletions of this reader."""
        return SegmentColumns(self._file, fieldname, live=self._segment.live)

    # Lengths ------------------------------------------------------------------------------

    def _lengths_of(self, fieldname: str) -> NDArray[np.int64] | None:
        """Return the tokens of each document, or None where the field has none."""
        lengths = self._lengths.get(fieldname)
        if lengths is _NO_LENGTHS:
            starts = SegmentColumns(self._file, fieldname).doc_starts
            lengths = self._lengths[fieldname] = starts[1:] - starts[:-1]
        return lengths

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths_of(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        lengths = self._lengths_of(fieldname)
        return 0 if lengths is None else int(lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths_of(fieldname)
        return 0 if lengths is None or not lengths.size else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._lengths_of(fieldname)
        return 0 if lengths is None or not lengths.size else int(lengths.max())

    def close(self) -> None:
        self.is_closed = True


class KeyColumnReader(ColumnReader):
    """The document keys as a Whoosh column, in the sortable form of Whoosh's numbers."""

    def __init__(self, keys: NDArray[np.int64]) -> None:
        self._keys = keys
        self._reverse = False

    def __len__(self) -> int:
        return int(self._keys.size)

    def __getitem__(self, docnum: int) -> int:
        return int(self._keys[docnum]) + _SIGN

    def __iter__(self) -> Iterator[int]:
        return (key + _SIGN for key in self._keys.tolist())

    def sort_key(self, docnum: int) -> int:
        return -self[docnum] if self._reverse else self[docnum]

    def load(self) -> list[int]:
        return list(self)

    def set_reverse(self) -> None:
        self._reverse = True


_NO_LENGTHS: NDArray[np.int64] = np.empty(0, np.int64)
