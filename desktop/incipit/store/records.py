"""What goes into the store and comes out of it besides the program's models.

Frozen dataclasses that may cross between processes; no SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from incipit.models import SourceKind, TitleKind
from incipit.store.spools import SpooledOriginal, SpooledText


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file as an import worker leaves it.

    ``id`` is a reserved id, or the known id of a document that changed. ``original`` holds the
    packed bytes of the file where decoding cannot be undone (`contents.pack_original`). What is
    long is in a spool, which whoever stores the record removes.
    ``encoding_chosen`` marks an encoding that the user chose.
    """

    id: int
    source_id: int
    path: str
    file_hash: bytes
    text: str | SpooledText
    text_hash: bytes
    encoding: str
    size_bytes: int
    mtime_ns: int
    title: str
    title_kind: TitleKind
    token_count: int
    is_slab: bool = False
    device: int | None = None
    inode: int | None = None
    original: bytes | SpooledOriginal | None = None
    encoding_chosen: bool = False

    def remove_spools(self) -> None:
        """Remove the files in which the text and the original waited, if there are any."""
        for spooled in (self.text, self.original):
            if isinstance(spooled, SpooledText | SpooledOriginal):
                spooled.remove()


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the library knows of a file, to see whether it changed."""

    id: int
    source_id: int
    size_bytes: int
    mtime_ns: int
    file_hash: bytes
    encoding: str
    encoding_chosen: bool
    device: int | None
    inode: int | None


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A regular file to read, as the file system described it.

    ``named`` is set where the user gave this very file, which is agreement to its kind.
    """

    source_path: str
    source_kind: SourceKind
    path: str
    size_bytes: int
    mtime_ns: int
    device: int
    inode: int
    named: bool = False


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to read, the document id reserved for it, and the hash it had when last read.

    ``size_bytes``, ``mtime_ns``, ``device`` and ``inode`` are what the file system said of it.
    A ``doubtful`` one looks as it did but is another file, which matters only where it is that
    of another document. A ``decided`` one is new at its place, whatever its bytes.
    """

    document_id: int
    source_id: int
    path: str
    size_bytes: int = 0
    known_hash: bytes | None = None
    encoding: str | None = None
    mtime_ns: int = 0
    device: int | None = None
    inode: int | None = None
    doubtful: bool = False
    decided: bool = False


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file whose bytes may be those of a document that lost its file, as it was read."""

    task: FileTask
    file_hash: bytes


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A document and the place to which its file went, byte for byte.

    One ``put_aside`` has no file: another document came to its place.
    """

    document_id: int
    source_id: int
    path: str
    mtime_ns: int
    device: int | None = None
    inode: int | None = None
    size_bytes: int = 0
    put_aside: bool = False


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import that was begun and not ended, as it was asked for."""

    id: int
    paths: tuple[str, ...]
    other_files: bool
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class TouchedFile:
    """A file whose time differs but whose bytes do not."""

    document_id: int
    mtime_ns: int
    device: int | None = None
    inode: int | None = None


@dataclass(frozen=True, slots=True)
class NewTitle:
    """A title found anew for a document."""

    document_id: int
    title: str
    title_kind: TitleKind


class QueueAction(StrEnum):
    """What the index has to do with a document."""

    INDEX = "index"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Queued:
    """One row of the index queue; a row queued again meanwhile has another ``revision``."""

    document_id: int
    action: QueueAction
    revision: int


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Documents that wait for the index, by what is to be done."""

    to_index: int
    to_delete: int


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What a batch did, in documents.

    ``copies`` counts added or updated documents whose text another document has already.
    ``queued`` holds the rows of the index queue that the batch's own segment fulfils: give
    them to `Store.queue_done` once it is committed. ``discarded`` are records that were not
    taken under their id (removed meanwhile, or the place was known under another id): their
    ids are queued for deletion from the index.
    """

    added: int
    updated: int
    copies: int
    queued: tuple[Queued, ...]
    discarded: tuple[int, ...] = ()
