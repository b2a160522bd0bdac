"""An index as it was at one commit, for reading: it stays whole whatever writers do meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from incipit.errors import IncipitError, IndexUnusable
from incipit.index.codec import ColumnarCodec
from incipit.index.collection import Collection
from incipit.index.column_file import ColumnFile
from incipit.index.columns import SegmentColumns
from incipit.index.lexicon_runs import lexicon_runs
from incipit.index.merging import MergeInput
from incipit.index.segment import ColumnarSegment
from incipit.index.toc import Contents
from incipit.models import CancelToken


class IndexSnapshot:
    """The segments of one generation, mapped; may be shared by threads, searchers may not.

    Deleted files stay mapped where the system allows it (not on Windows, where they stay in
    the folder), so a snapshot is never torn.
    """

    def __init__(
        self,
        folder: Path,
        contents: Contents,
        files: Sequence[ColumnFile],
        segments: Sequence[SegmentColumns],
    ) -> None:
        self.generation = contents.generation
        self.segments = tuple(segments)
        self.doc_count: int = sum(segment.doc_count() for segment in contents.segments)
        self._folder = folder
        self._contents = contents
        self._files = tuple(files)

    @cached_property
    def collection(self) -> Collection:
        """The segments as one run of documents, for searching."""
        return Collection(self.segments)

    def columns_of(self, field: str) -> tuple[SegmentColumns, ...]:
        """Return the segments' columns of another text field than ``content``.

        Raises:
            IndexUnusable: there is no such field.
        """
        return tuple(
            SegmentColumns(file, field, columns.live)
            for file, columns in zip(self._files, self.segments, strict=True)
        )

    def word_runs(self) -> Iterator[list[tuple[list[str], NDArray[np.int64]]]]:
        """Yield of each run of the alphabet the words of each segment and their documents.

        No word is in two runs; documents are counted with those that are deleted.
        """
        starts = [0] * len(self.segments)
        for run in lexicon_runs(self.segments):
            ends = [start + len(words) for start, words in zip(starts, run, strict=True)]
            yield [
                (words, segment.count_documents(start, end))
                for words, segment, start, end in zip(run, self.segments, starts, ends, strict=True)
            ]
            starts = ends

    def searcher(self) -> Searcher:
        """Return a Whoosh searcher over the same segments, for one thread; close it."""
        return Searcher(self.reader())

    def reader(self) -> IndexReader:
        """Return a Whoosh reader over the same segments, for one thread; close it."""
        opened = {s.segid: f for s, f in zip(self._contents.segments, self._files, strict=True)}
        segments = []
        for segment in self._contents.segments:
            twin = ColumnarSegment(segment.segid, segment.doc_count_all(), segment.live)
            twin.use_codec(ColumnarCodec(opened))
            segments.append(twin)
        storage = FileStorage(str(self._folder), readonly=True)
        return FileIndex._reader(storage, self._contents.schema, segments, self.generation)

    def merge_inputs(self, numbers: Sequence[int]) -> dict[str, MergeInput]:
        """Return the given segments by their ids, as inputs of a merge, mapped by themselves.

        Raises:
            OSError: a later commit has removed one.
        """
        return {
            self._contents.segments[n].segid: MergeInput(
                ColumnFile.open(self._files[n].path), self.segments[n].live
            )
            for n in numbers
        }

    def verify(self, cancel: CancelToken | None = None) -> list[str]:
        """Read all files; return a sentence for each damage.

        Raises:
            Cancelled: the token was set.
        """
        return [damage for file in self._files for damage in file.verify(cancel)]

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Tell damage from mistakes: what fails inside on damaged columns is IndexUnusable.

        Opening checks headers and sizes only, so a changed column may first show as any
        exception of NumPy. Where the files are sound, that exception goes on as it is.

        Raises:
            IndexUnusable: something failed, and the files are damaged.
        """
        try:
            yield
        except IncipitError:
            raise
        except Exception as error:
            damages = self.verify()
            if damages:
                raise IndexUnusable(damages[0]) from error
            raise

    def close(self) -> None:
        """Let go of the files; arrays handed out keep their maps."""
        self.segments = ()
        self._files = ()
        self.__dict__.pop("collection", None)

    def __enter__(self) -> IndexSnapshot:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
