"""What a worker process does: files in, documents and an index segment out.

A worker gets a batch of files with document ids that were reserved for them, reads, decodes,
tokenises and names each, and writes the inverted segment of the batch into the index folder,
where the writer has only to commit it. One bad file becomes a failure; the batch goes on.
Nothing here knows the store's connection or the order of commits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from incipit.errors import Cancelled, UserError
from incipit.index.inversion import PendingSegment, SegmentBuilder
from incipit.models import FailedFile, TitleKind
from incipit.services.reading_files import FileContent, read_file
from incipit.services.scanning import failure_of
from incipit.services.workers import stopped
from incipit.services.workshop import flushed
from incipit.store.contents import file_hash, pack_original, text_hash
from incipit.store.records import FileTask, FoundFile, NewDocument, TouchedFile
from incipit.store.strays import HashMarks
from incipit.text.decoding import DecodedText, decode
from incipit.text.slabs import is_slab_shaped
from incipit.text.titles import heading, incipit

#: A batch ends after so long, so that from a slow disk too documents appear as they are read.
BATCH_S = 4.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Files for one worker. ``prior`` are the encodings of the source, most frequent first.

    The segment goes to ``segment_folder``. ``strays`` marks the hashes of documents that may
    have lost their files, so that a file that was moved is known again.
    """

    files: tuple[FileTask, ...]
    prior: tuple[str, ...]
    limit_bytes: int
    segment_folder: Path
    strays: HashMarks = field(default_factory=HashMarks)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a batch; every file of it stands in exactly one of the five tuples.

    ``found`` are those that may have been moved; ``unread`` those for which there was no time:
    they are for another batch. ``read_bytes`` is without both.
    """

    documents: tuple[NewDocument, ...]
    touched: tuple[TouchedFile, ...]
    found: tuple[FoundFile, ...]
    failed: tuple[FailedFile, ...]
    unread: tuple[FileTask, ...]
    segment: PendingSegment | None
    read_bytes: int


def ingest(batch: Batch) -> Ingested:
    """Read the files of ``batch`` and return what became of them."""
    documents: list[NewDocument] = []
    touched: list[TouchedFile] = []
    found: list[FoundFile] = []
    failed: list[FailedFile] = []
    builder = SegmentBuilder(batch.segment_folder)
    read_bytes = 0
    unread: tuple[FileTask, ...] = ()
    began = time.monotonic()
    try:
        for number, task in enumerate(batch.files):
            if stopped():
                raise Cancelled
            if number and time.monotonic() - began > BATCH_S:
                unread = batch.files[number:]
                break
            try:
                content = read_file(task.path, limit_bytes=batch.limit_bytes)
                content_hash = file_hash(content.data)
                as_it_was = content_hash == task.known_hash
                if not as_it_was and not task.decided and content_hash in batch.strays:
                    found.append(_found(task, content, content_hash))
                    continue
                read_bytes += len(content.data)
                if as_it_was:
                    touched.append(_touched(task, content))
                    continue
                decoded = decode(content.data, prior=batch.prior, encoding=task.encoding)
                token_count = builder.add(task.document_id, decoded.text)
                documents.append(new_document(task, content, content_hash, decoded, token_count))
            except UserError as problem:
                failed.append(FailedFile(task.path, problem.code, problem.message, problem.advice))
            except (OSError, ValueError) as problem:
                failed.append(failure_of(task.path, problem))
        segment = flushed(builder, batch.segment_folder)
    except BaseException:
        builder.discard()
        raise
    return Ingested(
        tuple(documents), tuple(touched), tuple(found), tuple(failed), unread, segment, read_bytes
    )


def _found(task: FileTask, content: FileContent, content_hash: bytes) -> FoundFile:
    as_read = replace(
        task,
        size_bytes=len(content.data),
        mtime_ns=content.mtime_ns,
        device=content.device,
        inode=content.inode,
    )
    return FoundFile(as_read, content_hash)


def _touched(task: FileTask, content: FileContent) -> TouchedFile:
    return TouchedFile(task.document_id, content.mtime_ns, content.device, content.inode)


def new_document(
    task: FileTask,
    content: FileContent,
    content_hash: bytes,
    decoded: DecodedText,
    token_count: int,
) -> NewDocument:
    """Return the record of a file that was read and decoded, with its first title."""
    text = decoded.text
    is_slab = is_slab_shaped(text)
    title, title_kind = first_title(text, task.path, is_slab=is_slab)
    return NewDocument(
        id=task.document_id,
        source_id=task.source_id,
        path=task.path,
        file_hash=content_hash,
        text=text,
        text_hash=text_hash(text),
        original=None if decoded.exact else pack_original(content.data),
        encoding=decoded.encoding,
        encoding_chosen=task.encoding is not None,
        size_bytes=len(content.data),
        mtime_ns=content.mtime_ns,
        device=content.device,
        inode=content.inode,
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
