"""Carrying out a task of the library in this process, with progress on a terminal."""

from __future__ import annotations

from pathlib import Path

from incipit.cli.interruption import run_interruptibly
from incipit.cli.output import warn
from incipit.cli.progress_line import ProgressLine
from incipit.models import ImportReport, JobEvent, JobProgress
from incipit.services import tasks
from incipit.services.control import JobControl
from incipit.services.lock import holder

# Opening the library takes less; whoever waits longer wants to know for what.
_PATIENCE_S = 1.0


def run_task(library: Path, task: tasks.Task) -> ImportReport:
    """Carry out ``task`` on the library, to its end or until Ctrl+C, and return its report.

    Says who is writing to the library where that has to be waited for.

    Raises: UserError, BugError.
    """
    control = JobControl()
    line = ProgressLine()
    begun = told = False

    def emit(event: JobEvent) -> None:
        nonlocal begun
        begun = True
        if isinstance(event, JobProgress):
            line.show(event)

    def idle(waited_s: float) -> None:
        nonlocal told
        if not begun and not told and waited_s >= _PATIENCE_S:
            told = True
            warn(f"waiting for the library: {holder(library)}")

    try:
        return run_interruptibly(lambda: tasks.run(library, task, 0, emit, control), control, idle)
    finally:
        line.clear()
