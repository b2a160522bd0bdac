"""Imports and other long work: what is asked, how far it is, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from incipit.models.documents import LibraryStatus
from incipit.models.failed_files import FailedFile, VanishedFiles


class CancelToken(Protocol):
    """Anything that can be asked whether to stop: ``threading.Event`` will do."""

    def is_set(self) -> bool:
        """Return whether the work should stop."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of an import, in files.

    ``copies`` counts added or updated documents whose text the library already had; they are
    documents of their own, and counted in added or updated too. ``left_out`` holds the files
    of unusual kinds that the user has not agreed to; ``hidden`` counts the names beginning
    with a dot that were passed over. ``moved`` counts documents whose files were found at
    another place; ``vanished`` are documents whose files are nowhere: they stay until the
    user removes them. ``misfits`` are files that an encoding does not fit which was chosen for
    them: their documents stay as they were.
    """

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    copies: int = 0
    failed: Sequence[FailedFile] = ()
    left_out: Sequence[FailedFile] = ()
    hidden: int = 0
    moved: int = 0
    vanished: VanishedFiles = field(default_factory=VanishedFiles)
    misfits: tuple[FailedFile, ...] = ()
    cancelled: bool = False
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ImportSurvey:
    """What an import of some paths would read, before anything is read.

    ``other_files`` counts files that are not of the usual kinds, for which the user is asked;
    ``free_bytes`` is the space left where the library is, ``needed_bytes`` an upper estimate
    of what library and index will grow by.
    """

    files: int
    size_bytes: int
    other_files: int
    other_examples: tuple[str, ...]
    free_bytes: int
    needed_bytes: int


class Scope(StrEnum):
    """How far a correction of an encoding reaches: one file, its folder, its source."""

    FILE = "file"
    FOLDER = "folder"
    SOURCE = "source"


class JobPhase(StrEnum):
    """What a job is doing now."""

    WAITING = "waiting"
    PAUSED = "paused"
    SCANNING = "scanning"
    IMPORTING = "importing"
    INDEXING = "indexing"
    NAMING = "naming"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job has come. Totals are None while they are not known."""

    job_id: int
    phase: JobPhase
    files_done: int = 0
    files_total: int | None = None
    bytes_done: int = 0
    bytes_total: int | None = None
    elapsed_s: float = 0.0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class JobFinished:
    """The last event of a job. Exactly one of ``report`` and ``error`` is set."""

    job_id: int
    report: ImportReport | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class DocumentsCommitted:
    """Documents have become readable, or searchable: views may want to refresh."""

    job_id: int
    status: LibraryStatus


JobEvent = JobProgress | JobFinished | DocumentsCommitted
