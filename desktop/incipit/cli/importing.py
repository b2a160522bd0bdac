"""``incipit import`` and ``incipit rebuild``: work that changes library and index."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace

from incipit.cli.exit_codes import INTERRUPTED, LACKING, SUCCESS
from incipit.cli.jobs import run_task
from incipit.cli.opening import opened
from incipit.cli.output import count, say, warn
from incipit.cli.progress_line import duration
from incipit.models import FailedFile, ImportReport
from incipit.services.import_report import write_report
from incipit.services.tasks import IndexTask

_EXAMPLES = 5


def run_import(options: argparse.Namespace) -> int:
    """Import files and folders and say what became of them."""
    with opened(options, create=True) as library:
        task = library.import_task(options.paths, other_files=options.other_files)
        report = run_task(library.folder, replace(task, limit_bytes=options.size_limit))
    _tell(report)
    if options.report is not None:
        write_report(report, options.report)
    if report.cancelled:
        return INTERRUPTED
    return LACKING if report.failed else SUCCESS


def run_rebuild(options: argparse.Namespace) -> int:
    """Make the whole index anew from the library."""
    with opened(options) as library:
        began = time.monotonic()
        report = run_task(library.folder, IndexTask(rebuild=True))
        elapsed_s = time.monotonic() - began
        status = library.status()
    if report.cancelled:
        warn(f"ended early; {count(status.queued, 'document')} still to be indexed")
        return INTERRUPTED
    say(f"{count(status.searchable, 'document')} indexed in {duration(elapsed_s)}")
    return SUCCESS


def _tell(report: ImportReport) -> None:
    for failed in report.failed:
        warn(" ".join(part for part in (f"{failed.path}:", failed.reason, failed.advice) if part))
    if report.left_out:
        _tell_left_out(report.left_out)
    if report.hidden:
        warn(f"{count(report.hidden, 'hidden name')} passed over")
    if report.vanished:
        missing = count(len(report.vanished), "document")
        warn(f"{missing} whose files are gone stay until they are removed (incipit remove):")
        for vanished in report.vanished[:_EXAMPLES]:
            warn(f"  {vanished.document_id}  {vanished.path}")
    parts = [
        f"{report.added:,} added",
        f"{report.unchanged:,} unchanged",
        f"{report.updated:,} updated",
        f"{len(report.failed):,} failed",
    ]
    if report.moved:
        parts.insert(3, f"{report.moved:,} moved")
    copies = f" ({count(report.copies, 'copy', 'copies')} of others)" if report.copies else ""
    ended = "; ended early, what was added is kept" if report.cancelled else ""
    say(f"{', '.join(parts)}{copies} in {duration(report.elapsed_s)}{ended}")


def _tell_left_out(left_out: Sequence[FailedFile]) -> None:
    warn(
        f"{count(len(left_out), 'file')} of other kinds left out;"
        " --other-files imports those that are text:"
    )
    for one in left_out[:_EXAMPLES]:
        warn(f"  {one.path}")
    if len(left_out) > _EXAMPLES:
        warn(f"  and {len(left_out) - _EXAMPLES:,} more")
