"""``incipit remove``: documents and sources out of the library, and back."""

from __future__ import annotations

import argparse

from incipit.cli.exit_codes import FAILED, SUCCESS
from incipit.cli.interruption import run_interruptibly
from incipit.cli.jobs import run_task
from incipit.cli.opening import opened
from incipit.cli.output import count, printable, say, say_table, warn
from incipit.models import Removal
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.services.scanning import absolute
from incipit.services.tasks import IndexTask


def run_remove(options: argparse.Namespace) -> int:
    """Remove documents or a source, take a removal back, list removals, or make them final."""
    with opened(options) as library:
        if options.undoable:
            return _list_undoable(library)
        if options.purge:
            return _purge(library)
        if options.undo is not None:
            return _undo(library, options.undo)
        if options.source is not None:
            removal = _remove_source(library, options.source)
        else:
            removal = library.remove(options.ids)
        if removal is None:
            return FAILED
        missing = len(set(options.ids)) - removal.document_count
        if missing > 0:
            warn(f"{count(missing, 'document')} not in the library")
        say(f"{count(removal.document_count, 'document')} removed; the files stay where they are")
        say(f"to take it back: incipit remove --undo {removal.id}")
        run_task(library.folder, IndexTask())
        return SUCCESS


def _remove_source(library: Library, path: str) -> Removal | None:
    wanted = absolute(path)
    for source in library.sources():
        if source.path == wanted:
            return library.remove_source(source.id)
    warn(f"{wanted} is not a source of the library; its sources are:")
    for source in library.sources():
        warn(f"  {source.path}")
    return None


def _undo(library: Library, removal_id: int) -> int:
    removals = library.undoable()
    if not removals:
        warn("there is nothing to take back")
        return FAILED
    # Without a number: the latest.
    returned = library.undo(removal_id or removals[0].id)
    say(f"{count(returned, 'document')} taken back")
    run_task(library.folder, IndexTask())
    return SUCCESS


def _purge(library: Library) -> int:
    control = JobControl()
    purged = run_interruptibly(lambda: library.purge(control), control)
    say(f"{count(purged, 'removed document')} deleted for good; the files stay where they are")
    return SUCCESS


def _list_undoable(library: Library) -> int:
    removals = library.undoable()
    if removals:
        say_table(
            ("number", "documents", "when", "source"),
            [
                (
                    one.id,
                    one.document_count,
                    f"{one.removed_at.astimezone():%Y-%m-%d %H:%M}",
                    printable(one.source_path or ""),
                )
                for one in removals
            ],
        )
    return SUCCESS
