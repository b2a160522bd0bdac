"""What a job can be: frozen descriptions of work, and the one place that carries them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from incipit.errors import Cancelled, LibraryUnusable
from incipit.models import Damage, ImportReport, JobEvent, PackedTexts, Scope
from incipit.services.control import JobControl

#: Files that are larger are not read.
DEFAULT_LIMIT_BYTES = 100_000_000
#: No higher limit can be asked for: a file is in memory whole while it is read.
LARGEST_LIMIT_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class ImportTask:
    """Import files and folders; ``other_files`` is the user's agreement to unusual kinds."""

    paths: tuple[str, ...]
    other_files: bool = False
    limit_bytes: int = DEFAULT_LIMIT_BYTES

    def __reduce__(self) -> tuple[Callable[..., ImportTask], tuple[object, ...]]:
        """Go to another process packed: hundreds of thousands of texts would be written in one go.

        Every other thread, the window's among them, would wait for the end of that.
        """
        packed = PackedTexts(1)
        for path in self.paths:
            packed.append(path)
        return _import_task, (packed, len(self.paths), self.other_files, self.limit_bytes)


@dataclass(frozen=True, slots=True)
class IndexTask:
    """Take up what was interrupted, and bring the index up to date with the store.

    ``rebuild`` makes the index anew from nothing.
    """

    rebuild: bool = False


@dataclass(frozen=True, slots=True)
class RecodeTask:
    """Read a document again in another encoding, or all of its folder or source.

    ``encoding`` None goes back to the automatic choice.
    """

    document_id: int
    scope: Scope
    encoding: str | None


@dataclass(frozen=True, slots=True)
class RepairTask:
    """Mend what a check found, as far as that is possible."""

    damages: tuple[Damage, ...]
    limit_bytes: int = DEFAULT_LIMIT_BYTES


Task = ImportTask | IndexTask | RecodeTask | RepairTask


def run(
    library: Path,
    task: Task,
    job_id: int,
    emit: Callable[[JobEvent], None],
    control: JobControl,
) -> ImportReport:
    """Carry out ``task`` on the library in this process and return its report.

    ``emit`` is called from this thread with progress and commits. Work that was ended early
    returns a report that says so, after its last commit.

    Raises: UserError (the library cannot be written, the disk is full), BugError.
    """
    # Imported here so that a process that only starts jobs stays small.
    from incipit.services.borrowed import index_borrowed
    from incipit.services.import_job import ImportJob, resume_imports
    from incipit.services.recoding import recode
    from incipit.services.repairing import repair
    from incipit.services.workshop import Workshop

    try:
        with Workshop(library, job_id, emit, control, purpose=_purpose(task)) as workshop:
            if isinstance(task, ImportTask):
                report = ImportJob(workshop, task).run()
            elif isinstance(task, RecodeTask):
                report = recode(workshop, task.document_id, task.scope, task.encoding)
            elif isinstance(task, RepairTask):
                report = repair(workshop, task.damages, limit_bytes=task.limit_bytes)
            else:
                report = resume_imports(workshop)
                workshop.update_index(rebuild=task.rebuild)
            if not report.cancelled:
                workshop.tidy()
            return report
    except Cancelled:
        return ImportReport(cancelled=True)
    except LibraryUnusable as problem:
        if problem.code != "read-only" or not isinstance(task, IndexTask):
            raise
    try:
        return index_borrowed(library, job_id, emit, control)
    except Cancelled:
        return ImportReport(cancelled=True)


def _import_task(
    packed: PackedTexts, count: int, other_files: bool, limit_bytes: int
) -> ImportTask:
    return ImportTask(tuple(packed[at][0] for at in range(count)), other_files, limit_bytes)


def _purpose(task: Task) -> str:
    if isinstance(task, ImportTask):
        return "importing"
    if isinstance(task, RepairTask):
        return "repairing the library"
    return "re-reading files" if isinstance(task, RecodeTask) else "updating the index"
