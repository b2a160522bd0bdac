"""The index by Whoosh's own interface: `ColumnarIndex` and its writer.

For code that speaks Whoosh: ``add_document(key=..., content=...)``, ``update_document``,
``delete_by_term``, ``commit``. Documents go through the same builder as those of worker
processes, and a commit is as durable and as checked as those of `folder`, which is the
program's own way in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import IndexingError, SegmentWriter

from incipit.index.codec import ColumnarCodec
from incipit.index.commits import commit, install, keep_last
from incipit.index.folder import IndexFolder
from incipit.index.inversion import PendingSegment, SegmentBuilder
from incipit.index.schema import KEY, text_fields
from incipit.index.segment import INDEX_NAME, ColumnarSegment
from incipit.index.toc import Contents


class ColumnarIndex(FileIndex):
    """A Whoosh index over an :class:`IndexFolder`, whose table of contents is checked first.

    ``whoosh.index.open_dir`` reads the same folder, but loads the pickle that stands in it.
    """

    def __init__(self, folder: IndexFolder) -> None:
        # Whoosh's own constructor would load the pickle.
        self.folder = folder
        self.storage = FileStorage(str(folder.path))
        self.indexname = INDEX_NAME
        self._schema: Schema | None = None
        self._read_toc()

    def _read_toc(self) -> Contents:
        return self.folder.contents()

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:
        """Return a reader of the last commit; ``reuse``, an older one, is closed.

        Whoosh itself would keep segments of the older reader that are gone, and deletions as
        they were. The files of segments that stay are open already.
        """
        if reuse is not None:
            reuse.close()
        return self.folder.snapshot().reader()

    def writer(self, procs: int = 1, **kwargs: Any) -> ColumnarWriter:
        """Return a writer; several processes write through `inversion` instead.

        Raises:
            whoosh.index.LockError: another writer is open.
        """
        return ColumnarWriter(self, **kwargs)

    def optimize(self, **kwargs: object) -> None:
        """Merge into as few segments as possible."""
        self.folder.optimise()


class ColumnarWriter(SegmentWriter):
    """Adds, updates and deletes documents, and commits them together.

    As in Whoosh, an update replaces what was committed, and of a key added twice between two
    commits the last document counts. Segments are merged by `IndexFolder`, not by commits.
    """

    def __init__(
        self, ix: ColumnarIndex, timeout: float = 0.0, delay: float = 0.1, **kwargs: object
    ) -> None:
        unknown = kwargs.keys() - {"limitmb", "compound", "multisegment"}
        if unknown:
            raise TypeError(f"unknown arguments: {', '.join(sorted(unknown))}")
        super().__init__(ix, timeout=timeout, delay=delay, codec=ColumnarCodec(), compound=False)
        self._folder = ix.folder
        self._builder = SegmentBuilder(ix.folder.path, text_fields(self.schema))
        self._pending: list[PendingSegment] = []

    def add_document(self, **fields: Any) -> None:
        """Add a document: its ``key`` and the texts (or lists of terms) of its text fields.

        Raises:
            IndexingError: there is no key, or a boost or a stored value, which the index lacks.
            whoosh.fields.UnknownFieldError: the schema has no such field.
        """
        self._check_state()
        special = [name for name in fields if name.startswith("_")]
        if special or fields.get(KEY) is None:
            raise IndexingError(f"the index keeps a key and texts, not {special or 'texts alone'}")
        self._check_fields(self.schema, fields)
        texts = {name: text for name, text in fields.items() if name != KEY and text is not None}
        if self._builder.is_full:
            self._pending.append(self._builder.flush())
        self._builder.add(int(fields[KEY]), others=texts)

    def commit(
        self,
        mergetype: Callable[[SegmentWriter, Sequence[ColumnarSegment]], Any] | None = None,
        optimize: bool | None = None,
        merge: bool | None = None,
    ) -> None:
        """Make everything durable and visible; with ``optimize`` merge all segments then.

        Raises:
            IndexingError: a merge policy was given; `IndexFolder` has its own.
        """
        self._check_state()
        if mergetype is not None:
            raise IndexingError("segments are merged by the index folder")
        try:
            if self._builder.doc_count:
                self._pending.append(self._builder.flush())
            segments = list(self.segments)
            if self._added:
                segments.append(self._finalize_segment())
            else:
                self._close_segment()
            added = install(self._folder.path, self._pending, text_fields(self.schema))
            keep_last(self._folder.path, added)
            self._commit_toc([*segments, *added])
        except BaseException:
            self._cleanup_on_error()
            raise
        self._finish()
        if optimize or (optimize is None and self.optimize):
            self._folder.optimise()

    def cancel(self) -> None:
        """Forget everything since the last commit."""
        self._builder.discard()
        for item in self._pending:
            (self._folder.path / item.name).unlink(missing_ok=True)
        super().cancel()

    def _commit_toc(self, segments: Sequence[ColumnarSegment]) -> None:
        contents = Contents(self._folder.identity, self.generation, list(segments), self.schema)
        commit(self._folder.path, contents)
