"""The report of an import can be kept as a file that a spreadsheet reads."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from incipit.errors import UserError
from incipit.models import FailedFile, ImportReport, VanishedFile, VanishedFiles
from incipit.services.import_report import COLUMNS, write_report

REPORT = ImportReport(
    added=614,
    moved=2,
    failed=(FailedFile("/a/caf\udce9.txt", "binary", 'It is "binary", now.', "Only text."),),
    left_out=(FailedFile("/a/notes", "other-kind", "Not named like a text.", "Agree."),),
    vanished=VanishedFiles([VanishedFile(7, "/a/gone.txt")]),
    misfits=(FailedFile("/a/w.txt", "wrong-encoding", "It does not fit.", "Choose another."),),
)


def rows_of(report: ImportReport, path: Path) -> list[list[str]]:
    write_report(report, path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        first, *rows = csv.reader(stream)
    assert first == list(COLUMNS)
    return rows


def test_counts_and_files_can_be_read_back(tmp_path: Path) -> None:
    rows = rows_of(REPORT, tmp_path / "report.csv")
    counts = {row[0]: int(row[1]) for row in rows if not row[2]}
    assert counts == {
        "added": 614,
        "updated": 0,
        "unchanged": 0,
        "copy": 0,
        "moved": 2,
        "hidden": 0,
        "vanished": 1,
        "failed": 1,
        "as it was": 1,
        "left out": 1,
    }
    assert [row for row in rows if row[2]] == [
        ["vanished", "1", "/a/gone.txt", "", "", ""],
        ["failed", "1", "/a/caf\\udce9.txt", "binary", 'It is "binary", now.', "Only text."],
        ["as it was", "1", "/a/w.txt", "wrong-encoding", "It does not fit.", "Choose another."],
        ["left out", "1", "/a/notes", "other-kind", "Not named like a text.", "Agree."],
    ]


def test_import_that_was_ended_early_says_so(tmp_path: Path) -> None:
    rows = rows_of(ImportReport(added=1, cancelled=True), tmp_path / "report.csv")
    assert "cancelled" in [row[0] for row in rows]


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_report(REPORT, tmp_path / "no" / "report.csv")
