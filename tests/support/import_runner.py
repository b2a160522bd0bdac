"""An import in a process of its own that says what it has acknowledged: made to be killed.

Run as ``python import_runner.py LIBRARY FOLDER``. After every commit it prints the number of
documents that can be read from then on, and at the end the word ``done``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from incipit.models import DocumentsCommitted, JobEvent
from incipit.services import import_job, tasks
from incipit.services.control import JobControl
from incipit.services.library import Library


def say(event: JobEvent) -> None:
    """Print how many documents are acknowledged."""
    if isinstance(event, DocumentsCommitted):
        sys.stdout.write(f"{event.status.documents}\n")
        sys.stdout.flush()


def main(place: Path, folder: str) -> None:
    """Import ``folder`` in small batches, so that there is much to interrupt."""
    import_job._BATCH_FILES = 25
    import_job._INLINE_FILES = 0
    Library.open(place).close()
    task = tasks.ImportTask((folder,))
    report = tasks.run(place, task, 1, say, JobControl())
    sys.stdout.write("done\n" if not report.failed else f"failed {report.failed}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
