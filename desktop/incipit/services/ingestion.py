"""What a worker process does: files in, documents and an index segment out.

A worker gets a batch of files with document ids that were reserved for them, reads, decodes,
tokenises and names each, and writes the inverted segment of the batch into the index folder,
where the writer has only to commit it. One bad file becomes a failure; the batch goes on.
A long file is a batch by itself, and is never held whole (see `long_files`). Nothing here knows
the store's connection or the order of commits.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from incipit.errors import Cancelled, UserError
from incipit.index.inversion import PendingSegment, SegmentBuilder
from incipit.models import FailedFile, TitleKind
from incipit.services.disk import DISK_CODES
from incipit.services.long_files import LONG_BYTES, LongFile, LongText
from incipit.services.reading_files import ATTEMPTS, FileContent, FileState, OpenFile, opened
from incipit.services.scanning import failure_of
from incipit.services.segments import flushed, long_segment, remove
from incipit.services.workers import stopped
from incipit.store.contents import file_hash, pack_original, text_hash
from incipit.store.hash_marks import HashMarks
from incipit.store.records import FileTask, FoundFile, NewDocument, TouchedFile
from incipit.store.spools import SpooledOriginal, SpooledText
from incipit.text.decoding import DecodedText, decode
from incipit.text.slabs import is_slab_shaped
from incipit.text.titles import heading, incipit

#: A batch ends after so long, so that from a slow disk too documents appear as they are read.
BATCH_S = 4.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Files for one worker. ``prior`` are the encodings of the source, most frequent first.

    The segment goes to ``segment_folder``, long texts to ``spool_folder``. ``strays`` marks the
    hashes of documents that may have lost their files, so that a file that was moved is known
    again.
    """

    files: tuple[FileTask, ...]
    prior: tuple[str, ...]
    limit_bytes: int
    segment_folder: Path
    spool_folder: Path
    strays: HashMarks = field(default_factory=HashMarks)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a batch; every file of it stands in exactly one of the five tuples.

    ``found`` are those that may have been moved; ``unread`` those for which there was no time
    or no room: they are for another batch. ``read_bytes`` is without both.
    """

    documents: tuple[NewDocument, ...]
    touched: tuple[TouchedFile, ...]
    found: tuple[FoundFile, ...]
    failed: tuple[FailedFile, ...]
    unread: tuple[FileTask, ...]
    segments: tuple[PendingSegment, ...]
    read_bytes: int


def ingest(batch: Batch) -> Ingested:
    """Read the files of ``batch`` and return what became of them."""
    work = _Work(batch)
    began = time.monotonic()
    try:
        for number, task in enumerate(batch.files):
            if stopped():
                raise Cancelled
            if number and time.monotonic() - began > BATCH_S:
                work.put_off(batch.files[number:])
                break
            work.take(task)
        return work.finished()
    except BaseException:
        work.discard()
        raise


class _Work:
    """What has become of the files of a batch so far."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._builder = SegmentBuilder(batch.segment_folder)
        self._documents: list[NewDocument] = []
        self._touched: list[TouchedFile] = []
        self._found: list[FoundFile] = []
        self._failed: list[FailedFile] = []
        self._unread: list[FileTask] = []
        self._segments: list[PendingSegment] = []
        self._long: tuple[FileTask, LongText] | None = None
        self._read_bytes = 0

    def put_off(self, tasks: Sequence[FileTask]) -> None:
        """Leave files for another batch."""
        self._unread += tasks

    def take(self, task: FileTask) -> None:
        """Read a file; what is wrong with it becomes a failure.

        Raises: UserError as `flushed`.
        """
        try:
            with opened(task.path, limit_bytes=self._batch.limit_bytes) as file:
                if file.state.size_bytes <= LONG_BYTES:
                    self._take_short(task, file.read())
                elif len(self._batch.files) > 1:
                    self.put_off([replace(task, size_bytes=file.state.size_bytes)])
                else:
                    self._take_long(task, file)
        except UserError as problem:
            if problem.code in DISK_CODES:
                raise
            failure = FailedFile(task.path, problem.code, problem.message, problem.advice)
            self._failed.append(failure)
        except (OSError, ValueError) as problem:
            self._failed.append(failure_of(task.path, problem))

    def finished(self) -> Ingested:
        """Write what is not written yet and return everything. Raises: UserError as `flushed`."""
        self._segments += flushed(self._builder, self._batch.segment_folder)
        if self._long is not None:
            self._segments.append(self._write_long(*self._long))
        return Ingested(
            tuple(self._documents),
            tuple(self._touched),
            tuple(self._found),
            tuple(self._failed),
            tuple(self._unread),
            tuple(self._segments),
            self._read_bytes,
        )

    def discard(self) -> None:
        """Leave nothing behind."""
        self._builder.discard()
        remove(self._segments, self._batch.segment_folder)
        if self._long is not None:
            self._long[1].remove()

    def _take_short(self, task: FileTask, content: FileContent) -> None:
        content_hash = file_hash(content.data)
        if self._is_known(task, content_hash):
            self._take_known(task, content.state, content_hash)
            return
        self._read_bytes += content.state.size_bytes
        decoded = decode(content.data, prior=self._batch.prior, encoding=task.encoding)
        if self._builder.is_full:
            self._segments += flushed(self._builder, self._batch.segment_folder)
        token_count = self._builder.add(task.document_id, decoded.text)
        record = new_document(task, content, content_hash, decoded, token_count)
        self._documents.append(record)

    def _take_long(self, task: FileTask, file: OpenFile) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                long_file = LongFile(file, stopped)
                if self._is_known(task, long_file.content_hash):
                    self._take_known(task, file.state, long_file.content_hash)
                else:
                    text = long_file.read(
                        self._batch.spool_folder, prior=self._batch.prior, encoding=task.encoding
                    )
                    self._read_bytes += file.state.size_bytes
                    self._long = task, text
            except UserError as problem:
                if problem.code != "changing" or attempt == ATTEMPTS:
                    raise
                file.look_again()
            else:
                return

    def _write_long(self, task: FileTask, text: LongText) -> PendingSegment:
        segment = long_segment(self._batch.segment_folder, task.document_id, text.spooled.parts())
        self._documents.append(
            _record(
                task,
                text.state,
                text.content_hash,
                text=text.spooled,
                hash_of_text=text.spooled.text_hash,
                beginning=text.abridged,
                original=text.original,
                encoding=text.encoding,
                token_count=segment.token_count,
            )
        )
        return segment

    def _is_known(self, task: FileTask, content_hash: bytes) -> bool:
        """Return whether a file's bytes are known, at its place or perhaps from another."""
        return content_hash == task.known_hash or (
            not task.decided and content_hash in self._batch.strays
        )

    def _take_known(self, task: FileTask, state: FileState, content_hash: bytes) -> None:
        if content_hash == task.known_hash:
            self._read_bytes += state.size_bytes
            self._touched.append(
                TouchedFile(task.document_id, state.mtime_ns, state.device, state.inode)
            )
            return
        as_read = replace(
            task,
            size_bytes=state.size_bytes,
            mtime_ns=state.mtime_ns,
            device=state.device,
            inode=state.inode,
        )
        self._found.append(FoundFile(as_read, content_hash))


def new_document(
    task: FileTask,
    content: FileContent,
    content_hash: bytes,
    decoded: DecodedText,
    token_count: int,
) -> NewDocument:
    """Return the record of a file that was read and decoded, with its first title."""
    text = decoded.text
    # The text of such a file is its bytes.
    is_content = decoded.exact and decoded.encoding in ("ascii", "utf-8")
    return _record(
        task,
        content.state,
        content_hash,
        text=text,
        hash_of_text=content_hash if is_content else text_hash(text),
        beginning=text,
        original=None if decoded.exact else pack_original(content.data),
        encoding=decoded.encoding,
        token_count=token_count,
    )


def _record(
    task: FileTask,
    state: FileState,
    content_hash: bytes,
    *,
    text: str | SpooledText,
    hash_of_text: bytes,
    beginning: str,
    original: bytes | SpooledOriginal | None,
    encoding: str,
    token_count: int,
) -> NewDocument:
    """Return the record of a text of which ``beginning`` has the title and the shape."""
    is_slab = is_slab_shaped(beginning)
    title, title_kind = first_title(beginning, task.path, is_slab=is_slab)
    return NewDocument(
        id=task.document_id,
        source_id=task.source_id,
        path=task.path,
        file_hash=content_hash,
        text=text,
        text_hash=hash_of_text,
        original=original,
        encoding=encoding,
        encoding_chosen=task.encoding is not None,
        size_bytes=state.size_bytes,
        mtime_ns=state.mtime_ns,
        device=state.device,
        inode=state.inode,
        title=title,
        title_kind=title_kind,
        is_slab=is_slab,
        token_count=token_count,
    )


def first_title(text: str, path: str, *, is_slab: bool) -> tuple[str, TitleKind]:
    """Return the title of a text that is not compared with others yet, and where it is from."""
    headline = None if is_slab else heading(text)
    if headline:
        return headline, TitleKind.HEADING
    return incipit(text, is_slab=is_slab) or Path(path).name, TitleKind.INCIPIT
