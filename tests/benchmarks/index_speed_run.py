"""The measuring of `index_speed`: which engine on which corpus, and the report."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import numpy as np
from index_speed_bench import PAGE, BenchProcess, Measured
from index_speed_corpora import Corpus, from_folder, generated
from index_speed_engines import ENGINES, Engine
from index_speed_measure import exponent
from index_speed_queries import KINDS

#: Times that a corpus is indexed, at the most; larger ones once.
INDEX_RUNS = 3
LARGE_BYTES = 400_000_000


def main() -> None:
    """Measure what the arguments ask for and print the report."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="incipit-bench-") as scratch:
        cache = arguments.cache or Path(scratch) / "packs"
        cache.mkdir(parents=True, exist_ok=True)
        corpora = [generated(size, cache) for size in arguments.sizes if size]
        if arguments.folder is not None:
            corpora.append(from_folder(arguments.folder, cache))
        smallest = min(corpora, key=lambda corpus: corpus.documents)
        asked = [kind for kind in ENGINES if kind.name in arguments.engines]
        for kind in asked:
            if reason := kind.missing():
                print(f"skipped: {reason}")
        there = [kind for kind in asked if not kind.missing()]
        results = []
        for corpus in corpora:
            engines = [kind for kind in there if kind.name != "whoosh" or corpus is smallest]
            results += _measure(engines, Path(scratch) / "engines", corpus, arguments.runs)
    report = {"machine": _machine(), "results": results, "growth": _growth(results)}
    _print(report, corpora)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the index against other engines.")
    parser.add_argument("--sizes", type=int, nargs="*", default=[2000, 20_000, 100_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    names = [kind.name for kind in ENGINES]
    parser.add_argument("--engines", nargs="*", choices=names, default=names)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--cache", type=Path, help="where generated corpora are kept")
    return parser.parse_args()


def _measure(
    engines: Sequence[type[Engine]], scratch: Path, corpus: Corpus, runs: int
) -> list[Measured]:
    """Measure engines on a corpus; they take turns, so that all meet the same machine."""
    folders = {kind.name: scratch / kind.name for kind in engines}
    benches = {kind.name: BenchProcess(kind, folders[kind.name], corpus) for kind in engines}
    try:
        indexed = _indexed(benches, corpus, runs)
        results = [
            {"engine": name, "corpus": corpus.name, "documents": corpus.documents,
             "text_bytes": corpus.text_bytes, **indexed[name], **bench.call("open", runs)}
            for name, bench in benches.items()
        ]  # fmt: skip
        _ask(benches, results, "queries_ms", runs)
        for result, bench in zip(results, benches.values(), strict=True):
            result.update(bench.call("queried"))
            log = bench.call("log")
            result.update({f"log_{key}": value for key, value in log.items()})
            result.update(bench.call("merge"))
        _ask(benches, results, "merged_queries_ms", runs)
        for result, bench in zip(results, benches.values(), strict=True):
            log = bench.call("log")
            result.update({f"merged_log_{key}": value for key, value in log.items()})
    finally:
        for bench in benches.values():
            bench.close()
        shutil.rmtree(scratch, ignore_errors=True)
    return results


def _indexed(benches: dict[str, BenchProcess], corpus: Corpus, runs: int) -> dict[str, Measured]:
    """Index in turns and return for each engine the run in the middle."""
    times = 1 if corpus.text_bytes > LARGE_BYTES else min(runs, INDEX_RUNS)
    found: dict[str, list[Measured]] = {name: [] for name in benches}
    for _ in range(times):
        for name, bench in benches.items():
            if name == "whoosh" and found[name]:
                continue
            print(f"indexing with {name}: {corpus.name} ...", file=sys.stderr, flush=True)
            # What one has left to be written is not the next one's.
            os.sync()
            found[name].append(bench.call("index"))
    middle = {}
    for name, several in found.items():
        ordered = sorted(several, key=lambda measured: measured["index_s"])
        middle[name] = ordered[(len(ordered) - 1) // 2]
        middle[name]["mb_per_s"] = corpus.text_bytes / 1e6 / middle[name]["index_s"]
    return middle


def _ask(
    benches: dict[str, BenchProcess], results: Sequence[Measured], key: str, runs: int
) -> None:
    """Ask queries of each class in turns.

    The result of an engine is the median over all runs of the time for a query of that run, and
    under ``median_`` the median over the queries of all runs.
    """
    print(f"asking: {key.replace('_', ' ')} ...", file=sys.stderr, flush=True)
    for result in results:
        result[key], result[f"median_{key}"] = {}, {}
    for kind in KINDS:
        times: list[list[list[float]] | None] = [[] for _ in results]
        for turn in range(runs):
            for place, bench in enumerate(benches.values()):
                some = bench.call("ask", kind, turn)
                known = times[place]
                times[place] = None if some is None or known is None else [*known, some]
        for result, own in zip(results, times, strict=True):
            asked = own is not None
            result[key][kind] = statistics.median(map(statistics.mean, own)) if asked else None
            result[f"median_{key}"][kind] = statistics.median(chain(*own)) if asked else None


def _growth(results: list[dict[str, object]]) -> dict[str, dict[str, float]]:
    """Return for each engine the exponents of time and size over the bytes of text."""
    growth: dict[str, dict[str, float]] = {}
    for name in dict.fromkeys(str(result["engine"]) for result in results):
        own = [r for r in results if r["engine"] == name and "generated" in str(r["corpus"])]
        sizes = [float(r["text_bytes"]) for r in own]
        measures = {
            "index_s": [float(r["index_s"]) for r in own],
            "size": [float(r["size_ratio"]) * float(r["text_bytes"]) for r in own],
        }
        for kind in KINDS:
            times = [r["merged_queries_ms"][kind] for r in own]
            if all(times):
                measures[kind] = times
        found = {key: exponent(sizes, values) for key, values in measures.items()}
        growth[name] = {key: value for key, value in found.items() if value is not None}
    return growth


def _machine() -> dict[str, object]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cpus": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def _print(report: dict[str, object], corpora: list[Corpus]) -> None:
    for corpus in corpora:
        rows = [r for r in report["results"] if r["corpus"] == corpus.name]
        print(f"\n### {corpus.name} documents, {corpus.text_bytes / 1e6:,.0f} MB\n")
        print("| | " + " | ".join(r["engine"] for r in rows) + " |")
        print("| --- |" + " ---: |" * len(rows))
        _row("indexing, MB/s", [f"{r['mb_per_s']:.1f}" for r in rows])
        _row("processor's time, s", [f"{r['processor_s']:.1f}" for r in rows])
        _row("memory while indexing, MB", [_number(r["peak_mb"]) for r in rows])
        _row("size / text", [f"{r['size_ratio']:.2f}" for r in rows])
        _row("size / text, merged", [f"{r['merged_size_ratio']:.2f}" for r in rows])
        _row("merging, s", [f"{r['merge_s']:.1f}" for r in rows])
        _row("memory while merging, MB", [_number(r["merge_peak_mb"]) for r in rows])
        _row("opening, ms", [f"{r['open_ms']:.1f}" for r in rows])
        for name, key in (("opened", "opened_mb"), ("queried", "queried_mb")):
            _row(f"memory when {name}, MB", [_number((r[key] or [None])[0]) for r in rows])
        for name, key in (("", "queries_ms"), (", merged", "merged_queries_ms")):
            for kind in KINDS:
                base = rows[0][key][kind]
                _row(f"{kind}{name}, ms", [_compared(r[key][kind], base) for r in rows])
        _print_differences(rows)
        log = next((r for r in rows if "log_p95_ms" in r), None)
        if log is not None:
            print(
                f"\nMixed queries with the snippets of {PAGE} results: median"
                f" {log['log_p50_ms']:.1f} ms, 95th percentile {log['log_p95_ms']:.1f} ms;"
                f" merged {log['merged_log_p50_ms']:.1f} and {log['merged_log_p95_ms']:.1f} ms."
            )
    for name, found in report["growth"].items():
        if found:
            print(f"\nGrowth of {name}: " + ", ".join(f"{k} ^{v:.2f}" for k, v in found.items()))
    print("\n" + ", ".join(f"{key} {value}" for key, value in report["machine"].items()))


def _print_differences(rows: list[dict[str, object]]) -> None:
    """Say where engines do not find the same number of documents."""
    for kind in KINDS:
        found = {r["engine"]: r["answers"][kind] for r in rows if r["answers"][kind] is not None}
        if len(set(found.values())) > 1:
            print(f"\nNot the same number of documents for {kind}: {found}")


def _row(name: str, cells: list[str]) -> None:
    print(f"| {name} | " + " | ".join(cells) + " |")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _compared(value: float | None, base: float) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value is base else f"{value:.2f} ({value / base:.1f}x)"
