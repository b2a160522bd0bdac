"""What an import came upon and what it has still to read: lists as long as the corpus.

They stand in a private temporary database, which SQLite keeps in memory up to its small cache
and in a file of the system's temporary folder beyond that, and which is gone when it is closed.
So an import takes no more memory for a million files than for a thousand. What has to outlast
the import is in the library; this is not.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from incipit.models import SourceKind
from incipit.store.contents import paths_inside, signed, storable_ns, unsigned
from incipit.store.faults import translated
from incipit.store.records import FileTask, ScannedFile
from incipit.store.strays import SCHEMA, Strays

#: Rows that are read at once.
_PAGE = 500

_SCHEMA = """
PRAGMA journal_mode = OFF;
CREATE TABLE met (path BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE files (
    number INTEGER PRIMARY KEY, source_path BLOB, source_kind TEXT, path BLOB, size_bytes INTEGER,
    mtime_ns INTEGER, device INTEGER, inode INTEGER, named INTEGER
);
CREATE TABLE tasks (
    number INTEGER PRIMARY KEY, document_id INTEGER, source_id INTEGER, path BLOB,
    size_bytes INTEGER, known_hash BLOB, encoding TEXT, mtime_ns INTEGER, device INTEGER,
    inode INTEGER, doubtful INTEGER, decided INTEGER DEFAULT 0
);
"""


class Worklist:
    """The lists of one import, for one thread; close it.

    Every method may raise UserError (``disk-full``, ``disk``).
    """

    def __init__(self) -> None:
        with self._faults():
            # The empty name is that of a temporary database (SQLite, "In-Memory Databases").
            connection = sqlite3.connect("", isolation_level=None)
            self._db = Database(connection, execute_plugins=False)
            self._db.conn.executescript(_SCHEMA + SCHEMA)
        self._taken = 0
        #: Documents that lost their files, and files that may be theirs.
        self.strays = Strays(self._db, self._faults)

    def close(self) -> None:
        """Let go of the lists."""
        self._db.close()

    def note(self, paths: Sequence[str]) -> None:
        """Note that a scan came upon ``paths``, whatever is there."""
        self._add("INSERT OR IGNORE INTO met VALUES (?)", [(os.fsencode(p),) for p in paths])

    def add_files(self, files: Sequence[ScannedFile]) -> None:
        """Keep files, in their order, and note that a scan came upon them."""
        self.note([file.path for file in files])
        self._add(
            "INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    os.fsencode(file.source_path),
                    file.source_kind.value,
                    os.fsencode(file.path),
                    file.size_bytes,
                    storable_ns(file.mtime_ns),
                    signed(file.device),
                    signed(file.inode),
                    file.named,
                )
                for file in files
            ],
        )

    def met(self, paths: Sequence[str]) -> set[str]:
        """Return those of ``paths`` that were noted."""
        statement = "SELECT 1 FROM met WHERE path = ?"
        with self._faults():
            return {
                path
                for path in paths
                if self._db.execute(statement, [os.fsencode(path)]).fetchone()
            }

    def met_below(self, folder: str) -> bool:
        """Return whether anything was noted that lies in ``folder``, however deep."""
        statement = "SELECT 1 FROM met WHERE path >= ? AND path < ? LIMIT 1"
        with self._faults():
            found = self._db.execute(statement, paths_inside(os.fsencode(folder))).fetchone()
        return found is not None

    def files(self) -> Iterator[list[ScannedFile]]:
        """Yield the files that were kept, some at a time, and forget them and what was met."""
        statement = "SELECT * FROM files WHERE number > ? ORDER BY number LIMIT ?"
        for rows in self._pages(statement, 0):
            yield [
                ScannedFile(
                    source_path=os.fsdecode(row[1]),
                    source_kind=SourceKind(row[2]),
                    path=os.fsdecode(row[3]),
                    size_bytes=row[4],
                    mtime_ns=row[5],
                    device=unsigned(row[6]) or 0,
                    inode=unsigned(row[7]) or 0,
                    named=bool(row[8]),
                )
                for row in rows
            ]
        with self._faults():
            self._db.conn.executescript("DROP TABLE met; DROP TABLE files")

    def add_tasks(self, tasks: Sequence[FileTask]) -> None:
        """Keep files that are to be read, behind those that are kept already."""
        self._add(
            "INSERT INTO tasks VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    task.document_id,
                    task.source_id,
                    os.fsencode(task.path),
                    task.size_bytes,
                    task.known_hash,
                    task.encoding,
                    storable_ns(task.mtime_ns),
                    signed(task.device),
                    signed(task.inode),
                    task.doubtful,
                    task.decided,
                )
                for task in tasks
            ],
        )

    def drop_doubtful(self) -> tuple[int, int]:
        """Forget doubtful tasks; return how many files there were, and their bytes."""
        statement = "SELECT count(*), total(size_bytes) FROM tasks WHERE doubtful"
        with self._faults():
            count, size_bytes = self._db.execute(statement).fetchone()
            self._db.execute("DELETE FROM tasks WHERE doubtful")
        return count, int(size_bytes)

    def left(self) -> tuple[int, int]:
        """Return how many files are to be read and not taken yet, and their bytes."""
        statement = "SELECT count(*), total(size_bytes) FROM tasks WHERE number > ?"
        with self._faults():
            count, size_bytes = self._db.execute(statement, [self._taken]).fetchone()
        return count, int(size_bytes)

    def take(self) -> Iterator[FileTask]:
        """Yield the files that are to be read, each once over all calls."""
        statement = "SELECT * FROM tasks WHERE number > ? ORDER BY number LIMIT ?"
        for rows in self._pages(statement, self._taken):
            for row in rows:
                self._taken = row[0]
                yield FileTask(
                    document_id=row[1],
                    source_id=row[2],
                    path=os.fsdecode(row[3]),
                    size_bytes=row[4],
                    known_hash=row[5],
                    encoding=row[6],
                    mtime_ns=row[7],
                    device=unsigned(row[8]),
                    inode=unsigned(row[9]),
                    doubtful=bool(row[10]),
                    decided=bool(row[11]),
                )

    def _pages(self, statement: str, after: int) -> Iterator[list[tuple[Any, ...]]]:
        while True:
            with self._faults():
                rows = self._db.execute(statement, [after, _PAGE]).fetchall()
            if not rows:
                return
            yield rows
            after = rows[-1][0]

    def _add(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._faults():
            self._db.execute("BEGIN")
            self._db.conn.executemany(statement, rows)
            self._db.execute("COMMIT")

    def _faults(self) -> AbstractContextManager[None]:
        return translated(Path(tempfile.gettempdir()))
