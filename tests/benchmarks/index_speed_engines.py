"""The engines that are compared: this program's index, stock Whoosh, SQLite FTS5, tantivy.

Each indexes the texts without storing them, and answers a query with the keys of the best 50
documents, as a program needs them to show a page.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from index_speed_corpora import Corpus, numbered_packs, texts_of
from index_speed_queries import Query
from index_speed_worker import write_segments

from incipit.index.collector import best_first
from incipit.index.folder import IndexFolder
from incipit.index.search import parse, search

BEST = 50
WORKERS = 2


class Engine(ABC):
    """A search engine in a folder of its own."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)

    @classmethod
    def missing(cls) -> str | None:
        """Return why the engine cannot be measured here, or None."""
        return None

    @abstractmethod
    def index(self, corpus: Corpus) -> None:
        """Index the corpus, durably."""

    @abstractmethod
    def open(self) -> None:
        """Open the index for searching."""

    @abstractmethod
    def search(self, query: Query) -> Sequence[int] | None:
        """Return the keys of the best documents, or None where the engine cannot do this."""

    def merge(self) -> None:  # noqa: B027 - not every engine has something to do
        """Merge as far as possible, where the engine does so apart from indexing."""

    def size_bytes(self) -> int:
        """Return the size of the index on disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


class Incipit(Engine):
    """Workers write segments; this process commits them."""

    name = "incipit"

    def index(self, corpus: Corpus) -> None:
        path = self.folder / "index"
        folder = IndexFolder.create(path, identity="benchmark")
        packs = list(numbered_packs(corpus))
        # Two packs are 16 MB, a builder's fill; a small corpus is shared between the workers.
        step = 2 if len(packs) > 2 * WORKERS else 1
        tasks = [packs[start : start + step] for start in range(0, len(packs), step)]
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
            for pending in pool.map(write_segments, [path] * len(tasks), tasks):
                folder.write(adds=pending)

    def open(self) -> None:
        self._folder = IndexFolder.open(self.folder / "index", identity="benchmark")
        self._snapshot = self._folder.snapshot()

    def merge(self) -> None:
        self._folder.optimise()
        self.open()

    def matches(self, query: Query) -> tuple[np.ndarray, Any]:
        """Return the keys of the best documents, and the parsed query."""
        words = query.words
        typed = {
            "rare phrase": f'"{" ".join(words)}"',
            "common phrase": f'"{" ".join(words)}"',
            "or of three": " OR ".join(words),
            "prefix": f"{words[0]}*",
            "fuzzy": f"{words[0]}~",
        }.get(query.kind, " ".join(words))
        parsed = parse(typed)
        found = search(self._snapshot, parsed, keys_for=lambda _: np.empty(0, np.int64))
        return found.keys[best_first(-found.scores, BEST)], parsed

    def search(self, query: Query) -> Sequence[int]:
        keys: list[int] = self.matches(query)[0].tolist()
        return keys


class StockWhoosh(Engine):
    """Whoosh as it comes, with its own codec and matchers."""

    name = "whoosh"

    def index(self, corpus: Corpus) -> None:
        from whoosh.analysis import RegexTokenizer
        from whoosh.fields import NUMERIC, TEXT, Schema
        from whoosh.index import create_in

        schema = Schema(key=NUMERIC(stored=True), content=TEXT(analyzer=RegexTokenizer(r"\w+")))
        writer = create_in(str(self.folder), schema).writer(limitmb=256)
        for first, pack in numbered_packs(corpus):
            for number, text in enumerate(texts_of(pack), first):
                writer.add_document(key=number, content=text)
        writer.commit()

    def open(self) -> None:
        from whoosh.index import open_dir

        self._searcher = open_dir(str(self.folder)).searcher()

    def search(self, query: Query) -> Sequence[int]:
        from whoosh import query as wq

        field, words = "content", query.words
        terms = [wq.Term(field, word) for word in words]
        tree = {
            "rare phrase": lambda: wq.Phrase(field, list(words)),
            "common phrase": lambda: wq.Phrase(field, list(words)),
            "or of three": lambda: wq.Or(terms),
            "prefix": lambda: wq.Prefix(field, words[0]),
            "fuzzy": lambda: wq.FuzzyTerm(field, words[0], maxdist=1, prefixlength=0),
        }.get(query.kind, lambda: wq.And(terms))()
        return [int(hit["key"]) for hit in self._searcher.search(tree, limit=BEST)]


class Fts5(Engine):
    """SQLite's full-text index, contentless, safe against power cuts like the others."""

    name = "fts5"

    def index(self, corpus: Corpus) -> None:
        connection = sqlite3.connect(self.folder / "fts.db")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5(content, content='')")
        for first, pack in numbered_packs(corpus):
            with connection:
                connection.executemany(
                    "INSERT INTO texts(rowid, content) VALUES (?, ?)",
                    enumerate(texts_of(pack), first),
                )
        connection.close()

    def open(self) -> None:
        self._connection = sqlite3.connect(self.folder / "fts.db")

    def merge(self) -> None:
        with self._connection:
            self._connection.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def search(self, query: Query) -> Sequence[int] | None:
        words = query.words
        if query.kind == "fuzzy":
            return None
        match = {
            "or of three": " OR ".join(words),
            "and of two": " AND ".join(words),
            "prefix": f"{words[0]}*",
        }.get(query.kind, f'"{" ".join(words)}"')
        sql = "SELECT rowid, rank FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
        return [key for key, _ in self._connection.execute(sql, (match, BEST))]


class Tantivy(Engine):
    """Tantivy through its Python package, with two indexing threads."""

    name = "tantivy"

    @classmethod
    def missing(cls) -> str | None:
        if importlib.util.find_spec("tantivy") is None:
            return "tantivy is not installed (pip install tantivy)"
        return None

    def index(self, corpus: Corpus) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("key", stored=True)
        builder.add_text_field("content", index_option="position")
        index = tantivy.Index(builder.build(), path=str(self.folder))
        writer = index.writer(128_000_000, WORKERS)
        for first, pack in numbered_packs(corpus):
            for number, text in enumerate(texts_of(pack), first):
                writer.add_document(tantivy.Document(key=number, content=text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(self.folder))
        self._searcher = self._index.searcher()

    def search(self, query: Query) -> Sequence[int]:
        import tantivy

        words, schema = query.words, self._index.schema
        if query.kind == "fuzzy":
            parsed = tantivy.Query.fuzzy_term_query(
                schema, "content", words[0], distance=1, transposition_cost_one=False
            )
        elif query.kind == "prefix":
            parsed = tantivy.Query.regex_query(schema, "content", f"{words[0]}.*")
        else:
            joint = {"or of three": " OR ", "and of two": " AND "}.get(query.kind)
            typed = joint.join(words) if joint else f'"{" ".join(words)}"'
            parsed = self._index.parse_query(typed, ["content"])
        found = self._searcher.search(parsed, BEST, count=True)
        return [self._searcher.doc(address)["key"][0] for _, address in found.hits]


ENGINES: Sequence[type[Engine]] = (Incipit, StockWhoosh, Fts5, Tantivy)
