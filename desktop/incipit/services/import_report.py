"""The report of an import as a file: what became of how many files, and of which."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from incipit.models import ImportReport
from incipit.services.replacing import replacing

COLUMNS = ("outcome", "files", "path", "code", "reason", "advice")


def write_report(report: ImportReport, path: Path) -> None:
    """Write ``report`` as CSV to ``path``: first a row for each count, then one for each file.

    Files are listed that failed, were left out or vanished; of the others there is the number.

    Raises: UserError where the file cannot be written.
    """
    # Spreadsheets take a file for UTF-8 by its mark.
    with replacing(path, encoding="utf-8-sig") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(report))


def _rows(report: ImportReport) -> Iterator[tuple[object, ...]]:
    counts = {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "copy": report.copies,
        "moved": report.moved,
        "hidden": report.hidden,
        "vanished": len(report.vanished),
        "failed": len(report.failed),
        "as it was": len(report.misfits),
        "left out": len(report.left_out),
    }
    for outcome, files in counts.items():
        yield (outcome, files, "", "", "", "")
    if report.cancelled:
        yield ("cancelled", "", "", "", "The import was ended early; what was added is kept.", "")
    for vanished in report.vanished:
        yield ("vanished", 1, vanished.path, "", "", "")
    for outcome, files_of in (
        ("failed", report.failed),
        ("as it was", report.misfits),
        ("left out", report.left_out),
    ):
        for one in files_of:
            yield (outcome, 1, one.path, one.code, one.reason, one.advice)
