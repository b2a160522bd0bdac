"""``incipit backup`` and ``restore``: verified copies of the library."""

from __future__ import annotations

import argparse

from incipit.cli.exit_codes import SUCCESS
from incipit.cli.interruption import run_interruptibly
from incipit.cli.jobs import run_task
from incipit.cli.opening import library_folder, opened
from incipit.cli.output import count, printable, say
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.services.restoring import restore
from incipit.services.tasks import IndexTask


def run_backup(options: argparse.Namespace) -> int:
    """Write a verified copy of the library to a new file."""
    target = options.file.absolute()
    control = JobControl()
    with opened(options) as library:
        run_interruptibly(lambda: library.back_up(target, control), control)
    say(f"backed up and verified: {printable(str(target))}")
    return SUCCESS


def run_restore(options: argparse.Namespace) -> int:
    """Put a backup in the place of the library and index it."""
    folder = library_folder(options)
    restore(options.file.absolute(), folder)
    run_task(folder, IndexTask(rebuild=True))
    library = Library.open(folder, create=False)
    try:
        status = library.status()
    finally:
        library.close()
    say(f"{count(status.documents, 'document')} restored to {printable(str(folder))}")
    return SUCCESS
