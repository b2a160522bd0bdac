"""The measuring of `index_speed`: which engine on which corpus, and the report."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from index_speed_corpora import PACK_DOCUMENTS, Corpus, from_folder, generated, texts_of
from index_speed_engines import ENGINES, Engine, Incipit
from index_speed_measure import (
    Memory,
    exponent,
    median_ms,
    memory_mb,
    once_ms,
    percentile,
    processor_s,
)
from index_speed_queries import KINDS, Chooser

from incipit.index.search import hits_in_terms
from incipit.text.snippets import snippet
from incipit.text.tokens import tokenise

PAGE = 20
QUERIES_OF_A_KIND = 20
NOT_COUNTED = 5
LOG_QUERIES = 100


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
        results = []
        for corpus in corpora:
            for kind in ENGINES:
                if kind.name not in arguments.engines:
                    continue
                if kind.name == "whoosh" and corpus is not smallest:
                    continue
                if reason := kind.missing():
                    print(f"skipped: {reason}")
                    continue
                folder = Path(scratch) / "engines" / kind.name
                # Each in a process of its own, so that memory is that of one engine.
                context = multiprocessing.get_context("spawn")
                with ProcessPoolExecutor(1, mp_context=context) as pool:
                    work = pool.submit(_measure, kind, folder, corpus, arguments.runs)
                    results.append(work.result())
                shutil.rmtree(folder)
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


def _measure(kind: type[Engine], folder: Path, corpus: Corpus, runs: int) -> dict[str, object]:
    engine = kind(folder)
    print(f"measuring {engine.name} on {corpus.name} ...", file=sys.stderr, flush=True)
    with Memory() as memory:
        started, worked = time.perf_counter(), processor_s()
        engine.index(corpus)
        seconds, worked = time.perf_counter() - started, processor_s() - worked
    result: dict[str, object] = {
        "engine": engine.name,
        "corpus": corpus.name,
        "documents": corpus.documents,
        "text_bytes": corpus.text_bytes,
        "index_s": seconds,
        "mb_per_s": corpus.text_bytes / 1e6 / seconds,
        "processor_s": worked,
        "peak_mb": memory.peak_mb,
        "own_mb": memory.own_mb,
        "size_ratio": engine.size_bytes() / corpus.text_bytes,
        "open_ms": median_ms(engine.open, runs),
        "opened_mb": memory_mb(),
    }
    result["queries_ms"] = _query_times(engine, Chooser(corpus), runs)
    result["queried_mb"] = memory_mb()
    result["answers"] = _answers(engine, Chooser(corpus, seed=5))
    engine.open()  # What searches have read is not the memory of a merge.
    with Memory() as memory:
        started = time.perf_counter()
        engine.merge()
        result["merge_s"] = time.perf_counter() - started
    result["merge_peak_mb"], result["merge_own_mb"] = memory.peak_mb, memory.own_mb
    result["merged_size_ratio"] = engine.size_bytes() / corpus.text_bytes
    result["merged_queries_ms"] = _query_times(engine, Chooser(corpus), runs)
    if isinstance(engine, Incipit):
        result["log_p50_ms"], result["log_p95_ms"] = _mixed_log(engine, corpus)
    return result


def _query_times(engine: Engine, chooser: Chooser, runs: int) -> dict[str, float | None]:
    """Return for each class the median over queries, after some that are not counted."""
    times: dict[str, float | None] = {}
    for kind in KINDS:
        queries = chooser.several(kind, NOT_COUNTED + runs * QUERIES_OF_A_KIND)
        answers = [engine.search(query) for query in queries[:NOT_COUNTED]]
        counted = queries[NOT_COUNTED:]
        times[kind] = None if answers[0] is None else once_ms(engine.search, counted)
    return times


def _answers(engine: Engine, chooser: Chooser) -> dict[str, int | None]:
    """Return for each class how many keys some queries give, the same for every engine."""
    answers: dict[str, int | None] = {}
    for kind in KINDS:
        found = [engine.search(query) for query in chooser.several(kind, QUERIES_OF_A_KIND)]
        answers[kind] = None if found[0] is None else sum(len(keys or ()) for keys in found)
    return answers


def _mixed_log(engine: Incipit, corpus: Corpus) -> tuple[float, float]:
    """Return the median and the 95th percentile of queries with their first page's snippets."""
    texts = _Texts(corpus)
    times = []
    for query in Chooser(corpus, seed=8).mixed(LOG_QUERIES):
        started = time.process_time()
        keys, parsed = engine.matches(query)
        reading = 0.0
        for key in keys[:PAGE].tolist():
            before = time.process_time()
            text = texts.text(key)
            reading += time.process_time() - before
            tokens = tokenise(text)
            hits = hits_in_terms(parsed, tokens.terms)
            spans = np.stack([tokens.starts_cp[hits[:, 0]], tokens.ends_cp[hits[:, 1] - 1]], 1)
            snippet(text, spans)
        # A pack is read whole for one text, unlike in the store.
        times.append((time.process_time() - started - reading) * 1000)
    return percentile(times, 0.5), percentile(times, 0.95)


class _Texts:
    """Texts by number; keeps the last packs that were read."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._read: dict[int, list[str]] = {}

    def text(self, number: int) -> str:
        place, inside = divmod(number, PACK_DOCUMENTS)
        if place not in self._read:
            if len(self._read) > 3:
                self._read.clear()
            self._read[place] = texts_of(self._corpus.packs[place])
        return self._read[place][inside]


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
                f" {log['log_p50_ms']:.1f} ms, 95th percentile {log['log_p95_ms']:.1f} ms."
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
