"""How fast the store takes documents, and how fast it lists a million of them.

Speed is a ratio: the same texts go into a bare table of SQLite in the same run, with the same
durability (write-ahead log, synchronous FULL) and the same batches. Then a library of many
short documents is filled, and the questions of the document list are timed.

    python tests/benchmarks/library_store.py [--files 20000] [--documents 1000000]
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "desktop"))

from incipit.models import Filter, SortKey, SourceKind, TitleKind
from incipit.store.contents import text_hash
from incipit.store.library_store import Store
from incipit.store.records import NewDocument

_BATCH = 1000
_ROUNDS = 3
_ORDERS = (SortKey.NAME, SortKey.FOLDER, SortKey.ADDED, SortKey.LENGTH)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=20_000, help="texts of 8 kB to write")
    parser.add_argument("--documents", type=int, default=1_000_000, help="documents to list")
    parser.add_argument("--folder", type=Path, help="where to write (default: temporary files)")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as place:
        _report_writing(Path(place), chosen.files)
        _report_listing(Path(place), chosen.documents)


def _report_writing(place: Path, files: int) -> None:
    texts = list(_texts_of_8_kb(files))
    size = sum(map(len, texts))
    ratios = []
    for number in range(_ROUNDS):
        bare_s = _write_bare(place / f"bare-{number}.db", texts)
        store_s = _write_store(place / f"library-{number}", texts)
        ratios.append(bare_s / store_s)
        print(
            f"{files:,} texts of 8 kB: store {size / store_s / 1e6:.0f} MB/s,"
            f" bare table {size / bare_s / 1e6:.0f} MB/s"
        )
    print(f"store at {np.median(ratios):.2f} of the speed of a bare table (median)")


def _texts_of_8_kb(count: int) -> Iterator[str]:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghij", k=6)) for _ in range(3000)]
    base = " ".join(chance.choices(words, k=1300))
    for number in range(count):
        start = number % 900
        yield f"{number:08d} {base[start : start + 7991]}"


def _write_bare(file: Path, texts: Sequence[str]) -> float:
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, path TEXT, title TEXT, content TEXT)")
    began = time.perf_counter()
    for start in range(0, len(texts), _BATCH):
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?)",
            [
                (number, f"/corpus/{number}.txt", "a title", texts[number])
                for number in range(start, min(start + _BATCH, len(texts)))
            ],
        )
        db.execute("COMMIT")
    db.close()
    return time.perf_counter() - began


def _write_store(folder: Path, texts: Sequence[str]) -> float:
    with Store.create(folder) as store:
        source_id = store.add_source("/corpus", SourceKind.FOLDER).id
        records = [_record(number, source_id, text) for number, text in enumerate(texts, 1)]
        began = time.perf_counter()
        for start in range(0, len(records), _BATCH):
            store.write_batch(records[start : start + _BATCH])
    return time.perf_counter() - began


def fill(place: Path, documents: int) -> None:
    """Make a library of many short documents."""
    with Store.create(place) as store:
        source_id = store.add_source("/corpus", SourceKind.FOLDER).id
        for start in range(0, documents, _BATCH):
            store.write_batch(
                [
                    _record(number, source_id, f"document {number}")
                    for number in range(start + 1, min(start + _BATCH, documents) + 1)
                ]
            )


def _report_listing(place: Path, documents: int) -> None:
    began = time.perf_counter()
    fill(place / "many", documents)
    spent_s = time.perf_counter() - began
    print(f"{documents:,} short documents written in {spent_s:.0f} s")
    with Store.open(place / "many", writable=False) as store:
        for sort in _ORDERS:
            _time(f"first page by {sort}", lambda sort=sort: store.page(sort))
        for sort in _ORDERS:
            _time(f"all ids by {sort}", lambda sort=sort: store.ids_in_order(sort))
        half = store.ids_in_order(SortKey.ADDED)[::2]
        store.ranks(SortKey.NAME)
        store.folded(half)
        _time("half of them sorted", lambda: store.sort(half, SortKey.NAME))
        _time("half of them folded", lambda: store.folded(half))
        _time("a page of rows", lambda: store.documents(half[:50]))
        _time("name: filter", lambda: store.ids_where(Filter("name", ":", "abc")))
        _time("words: filter", lambda: store.ids_where(Filter("words", ">", "2900")))
        _time("status", store.status)


def _time(what: str, question: Callable[[], object]) -> None:
    began = time.perf_counter()
    question()
    print(f"{what:24} {(time.perf_counter() - began) * 1e3:8.1f} ms")


def _record(number: int, source_id: int, text: str) -> NewDocument:
    scattered = hashlib.blake2b(str(number).encode(), digest_size=8).digest()
    return NewDocument(
        id=number,
        source_id=source_id,
        path=f"/corpus/{number // 5000:04}/{scattered.hex()}.txt",
        file_hash=text_hash(text),
        text=text,
        text_hash=text_hash(text),
        encoding="utf-8",
        size_bytes=len(text),
        mtime_ns=1_700_000_000_000_000_000,
        title=f"the title of document {number}",
        title_kind=TitleKind.INCIPIT,
        token_count=300 + scattered[0] * 11,
    )


if __name__ == "__main__":
    main()
