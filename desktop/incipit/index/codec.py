"""The codec: hands Whoosh's readers and writers their parts over columns.

A codec is Whoosh's extension point for storage. The parts are in ``codec_terms`` (terms and
matchers), ``codec_documents`` (what is known of a document) and ``codec_writers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from whoosh.codec.base import Codec
from whoosh.filedb.filestore import Storage

from incipit.index.codec_documents import ColumnDocuments
from incipit.index.codec_terms import ColumnTerms
from incipit.index.codec_writers import ColumnDocumentWriter, ColumnFieldWriter
from incipit.index.column_file import ColumnFile
from incipit.index.segment import ColumnarSegment


class ColumnarCodec(Codec):
    """Reads and writes :class:`ColumnarSegment`; ``opened`` are files open already, by id."""

    length_stats = False

    def __init__(self, opened: Mapping[str, ColumnFile] | None = None) -> None:
        self._opened = dict(opened or {})
        self._writers: dict[str, ColumnDocumentWriter] = {}

    def new_segment(self, storage: Storage, indexname: str) -> ColumnarSegment:
        return ColumnarSegment()

    def per_document_writer(
        self, storage: Storage, segment: ColumnarSegment
    ) -> ColumnDocumentWriter:
        writer = ColumnDocumentWriter(Path(storage.folder) / segment.file_name, segment.segid)
        self._writers[segment.segid] = writer
        return writer

    def field_writer(
        self,
        storage: Storage,
        segment: ColumnarSegment,
    ) -> ColumnFieldWriter:
        return ColumnFieldWriter(self._writers[segment.segid])

    def terms_reader(self, storage: Storage, segment: ColumnarSegment) -> ColumnTerms:
        return ColumnTerms(self._open(storage, segment))

    def per_document_reader(self, storage: Storage, segment: ColumnarSegment) -> ColumnDocuments:
        return ColumnDocuments(self._open(storage, segment), segment)

    def _open(self, storage: Storage, segment: ColumnarSegment) -> ColumnFile:
        file = self._opened.get(segment.segid)
        if file is None:
            file = ColumnFile.open(Path(storage.folder) / segment.file_name)
            self._opened[segment.segid] = file
        return file
