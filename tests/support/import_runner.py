"""An import in a process of its own that says what it has acknowledged: made to be killed.

Run as ``python import_runner.py LIBRARY FOLDER``. An import that an earlier run left unfinished
is taken up as at the start of the program, otherwise one begins. After every commit it prints
the ids of the documents that can be read from then on, and at the end the word ``done``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from incipit.models import DocumentsCommitted, JobEvent, SortKey
from incipit.services import import_job, tasks
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.store.library_store import Store


class Acknowledgement:
    """Prints the documents that each commit made readable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: set[int] = set()

    def __call__(self, event: JobEvent) -> None:
        """Print the ids that were not told before, on one line."""
        if isinstance(event, DocumentsCommitted):
            there = {int(one) for one in self._store.ids_in_order(SortKey.ADDED)}
            sys.stdout.write(f"{' '.join(map(str, sorted(there - self._told)))}\n")
            sys.stdout.flush()
            self._told |= there


def main(place: Path, folder: str) -> None:
    """Import ``folder`` in small batches, so that there is much to interrupt."""
    import_job._BATCH_FILES = 25
    import_job._INLINE_FILES = 0
    Library.open(place).close()
    with Store.open(place, writable=False) as store:
        begun = bool(store.unfinished_imports())
        task = tasks.IndexTask() if begun else tasks.ImportTask((folder,))
        report = tasks.run(place, task, 1, Acknowledgement(store), JobControl())
    sys.stdout.write("done\n" if not report.failed else f"failed {report.failed}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
