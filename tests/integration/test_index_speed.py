"""The command that measures the index runs, on a few documents, and says what it should."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

COMMAND = Path(__file__).parents[1] / "benchmarks" / "index_speed.py"


def measured(tmp_path, *arguments):
    report = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, COMMAND, "--runs", "1", "--json", report, *arguments],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(report.read_text("utf-8"))


def test_generated_corpora_are_measured(tmp_path):
    printed, report = measured(tmp_path, "--sizes", "60", "90", "--engines", "incipit", "fts5")

    assert [r["engine"] for r in report["results"]] == ["incipit", "fts5"] * 2
    assert [r["documents"] for r in report["results"]] == [60, 60, 90, 90]
    ours = report["results"][2]
    assert all(time > 0 for time in ours["merged_queries_ms"].values())
    assert 0.5 < ours["merged_size_ratio"] < 2
    assert ours["log_p95_ms"] >= ours["log_p50_ms"] > 0
    assert report["growth"]["incipit"]["size"] > 0
    assert "| common phrase, ms |" in printed


def test_a_folder_of_text_is_measured(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(40):
        words = [f"word{n % 50} the of the in" for n in range(number, number + 700)]
        (folder / f"{number}.txt").write_text(" ".join(words), "utf-8")
    _, report = measured(tmp_path, "--sizes", "0", "--folder", str(folder), "--engines", "incipit")

    [ours] = report["results"]
    assert (ours["corpus"], ours["documents"]) == ("texts, 40", 40)
