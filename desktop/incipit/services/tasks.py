"""What a job can be: frozen descriptions of work, and the one place that carries them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from incipit.errors import Cancelled
from incipit.models import ImportReport, JobEvent
from incipit.services.control import JobControl


@dataclass(frozen=True, slots=True)
class ImportTask:
    """Import files and folders; ``other_files`` is the user's agreement to unusual kinds."""

    paths: tuple[str, ...]
    other_files: bool = False
    limit_bytes: int = 100_000_000


@dataclass(frozen=True, slots=True)
class IndexTask:
    """Take up what was interrupted, and bring the index up to date with the store.

    ``rebuild`` makes the index anew from nothing.
    """

    rebuild: bool = False


Task = ImportTask | IndexTask


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
    from incipit.services.import_job import ImportJob, resume_imports
    from incipit.services.workshop import Workshop

    try:
        with Workshop(library, job_id, emit, control, purpose=_purpose(task)) as workshop:
            if isinstance(task, ImportTask):
                return ImportJob(workshop, task).run()
            report = resume_imports(workshop)
            workshop.update_index(rebuild=task.rebuild)
            return report
    except Cancelled:
        return ImportReport(cancelled=True)


def _purpose(task: Task) -> str:
    return "importing" if isinstance(task, ImportTask) else "updating the index"
