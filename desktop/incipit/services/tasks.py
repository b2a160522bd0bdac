"""What a job can be: frozen descriptions of work, and the one place that carries them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from incipit.models import CancelToken, ImportReport, JobEvent


@dataclass(frozen=True, slots=True)
class ImportTask:
    """Import files and folders; ``other_files`` is the user's agreement to unusual kinds."""

    paths: tuple[str, ...]
    other_files: bool = False
    limit_bytes: int = 100_000_000


@dataclass(frozen=True, slots=True)
class IndexTask:
    """Bring the index up to date with the store; ``rebuild`` starts from nothing."""

    rebuild: bool = False


Task = ImportTask | IndexTask


def run(
    library: Path,
    task: Task,
    job_id: int,
    emit: Callable[[JobEvent], None],
    cancel: CancelToken,
) -> ImportReport:
    """Carry out ``task`` on the library in this process and return its report.

    ``emit`` is called from this thread with progress and commits. Cancelled work returns a
    report that says so, after its last commit.

    Raises: UserError (the library cannot be written, the disk is full), BugError.
    """
    # Imported here so that a process that only starts jobs stays small.
    from incipit.services.import_job import ImportJob
    from incipit.services.workshop import Workshop

    with Workshop(library, job_id, emit, cancel) as workshop:
        if isinstance(task, ImportTask):
            return ImportJob(workshop, task).run()
        return workshop.update_index(rebuild=task.rebuild)
