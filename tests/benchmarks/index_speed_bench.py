"""One engine under measurement, in a process of its own, so that memory is that of one engine.

The process keeps the engine between calls, so that several engines can take turns: what the
machine does meanwhile then meets all of them.
"""

from __future__ import annotations

import multiprocessing
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from index_speed_corpora import PACK_DOCUMENTS, Corpus, texts_of
from index_speed_engines import Engine, Incipit
from index_speed_measure import Memory, median_ms, memory_mb, percentile, processor_s, times_ms
from index_speed_queries import KINDS, Chooser

from incipit.index.search import hits_in_terms
from incipit.text.snippets import snippet
from incipit.text.tokens import tokenise

PAGE = 20
QUERIES_OF_A_KIND = 20
NOT_COUNTED = 5
LOG_QUERIES = 100

Measured = dict[str, Any]


class Bench:
    """Measures one engine on one corpus; for the process of the engine."""

    def __init__(self, kind: type[Engine], folder: Path, corpus: Corpus) -> None:
        self._kind = kind
        self._folder = folder
        self._corpus = corpus
        self._engine: Engine | None = None

    @property
    def _made(self) -> Engine:
        assert self._engine is not None
        return self._engine

    def index(self) -> Measured:
        """Index the corpus anew, and return time and memory."""
        self._engine = None
        shutil.rmtree(self._folder, ignore_errors=True)
        self._engine = self._kind(self._folder)
        with Memory() as memory:
            started, worked = time.perf_counter(), processor_s()
            self._engine.index(self._corpus)
            seconds, worked = time.perf_counter() - started, processor_s() - worked
        return {
            "index_s": seconds,
            "processor_s": worked,
            "peak_mb": memory.peak_mb,
            "own_mb": memory.own_mb,
            "size_ratio": self._engine.size_bytes() / self._corpus.text_bytes,
        }

    def open(self, runs: int) -> Measured:
        """Open the index several times."""
        return {"open_ms": median_ms(self._made.open, runs), "opened_mb": memory_mb()}

    def ask(self, kind: str, turn: int) -> list[float] | None:
        """Return the times of many queries of a class, each asked once; others every turn.

        None where the engine cannot do that.
        """
        chooser = Chooser(self._corpus, seed=1000 * KINDS.index(kind) + turn)
        queries = chooser.several(kind, NOT_COUNTED + QUERIES_OF_A_KIND)
        first = [self._made.search(query) for query in queries[:NOT_COUNTED]]
        if None in first:
            return None
        return times_ms(self._made.search, queries[NOT_COUNTED:])

    def queried(self) -> Measured:
        """Return the memory after all queries, and how many keys some of them give.

        The numbers of keys are the same for every engine.
        """
        memory = memory_mb()
        answers: dict[str, int | None] = {}
        chooser = Chooser(self._corpus)
        for kind in KINDS:
            found = [self._made.search(query) for query in chooser.several(kind, PAGE)]
            answers[kind] = None if found[0] is None else sum(len(keys or ()) for keys in found)
        return {"queried_mb": memory, "answers": answers}

    def merge(self) -> Measured:
        """Merge as far as possible."""
        self._made.open()  # What searches have read is not the memory of a merge.
        with Memory() as memory:
            started = time.perf_counter()
            self._made.merge()
            seconds = time.perf_counter() - started
        return {
            "merge_s": seconds,
            "merge_peak_mb": memory.peak_mb,
            "merge_own_mb": memory.own_mb,
            "merged_size_ratio": self._made.size_bytes() / self._corpus.text_bytes,
        }

    def log(self) -> Measured:
        """Return median and 95th percentile of mixed queries with their first page's snippets."""
        engine = self._made
        if not isinstance(engine, Incipit):
            return {}
        texts = _Texts(self._corpus)
        times = []
        for query in Chooser(self._corpus, seed=8).mixed(LOG_QUERIES):
            started = time.process_time()
            keys, parsed = engine.matches(query)
            reading = 0.0
            for key in keys[:PAGE].tolist():
                before = time.process_time()
                text = texts.text(key)
                reading += time.process_time() - before
                tokens = tokenise(text)
                hits = hits_in_terms(parsed, [tokens.terms])
                spans = np.stack([tokens.starts_cp[hits[:, 0]], tokens.ends_cp[hits[:, 1] - 1]], 1)
                snippet(text, spans)
            # A pack is read whole for one text, unlike in the store.
            times.append((time.process_time() - started - reading) * 1000)
        return {"p50_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95)}


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


class BenchProcess:
    """A process with a bench; calls go there and wait for the answer."""

    def __init__(self, kind: type[Engine], folder: Path, corpus: Corpus) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(
            1, mp_context=context, initializer=_start, initargs=(kind, folder, corpus)
        )

    def call(self, name: str, *arguments: object) -> Any:
        """Return what a method of the bench returns."""
        return self._pool.submit(_call, name, arguments).result()

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown()


_benches: list[Bench] = []


def _start(kind: type[Engine], folder: Path, corpus: Corpus) -> None:
    _benches.append(Bench(kind, folder, corpus))


def _call(name: str, arguments: tuple[object, ...]) -> Any:
    return getattr(_benches[0], name)(*arguments)
