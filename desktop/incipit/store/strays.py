"""Which file is whose, where names changed hands: documents that lost their files, and finds.

A stray is a document whose file is not at its place, or may be another one there. A find is a
file with the inode, size and time of a stray, or with its bytes. A stray follows its file to a
new name, and to the name of another document if its own name is left to nobody: where nothing
is at it any more, or a file that is another stray's which goes with it. So names can be passed
on and exchanged, in chains and in rings. Where something new was written under a document's
name the name decides, as it does for editors that keep the old text under another name.

A document whose name was taken, and whose file is nowhere, is put aside under a name that no
file has. All stands in the database of a worklist, in bounded memory.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import CancelToken, VanishedFile
from incipit.store.contents import signed, storable_ns, unsigned
from incipit.store.hash_marks import HashMarks
from incipit.store.records import FoundFile, KnownFile, MovedFile

#: Rows that are read at once.
_PAGE = 500
_TASKS_AT_ONCE = 20_000

#: How a stray may be found by its bytes, from a worse to a better claim on them.
_CLAIMED, _IN_PLACE, _REPLACED, _GONE = range(4)

SCHEMA = """
CREATE TABLE strays (
    document_id INTEGER, source_id INTEGER, path BLOB, backward BLOB, device INTEGER,
    inode INTEGER, size_bytes INTEGER, mtime_ns INTEGER, hash BLOB, gone INTEGER, kept INTEGER,
    rank INTEGER
);
CREATE TABLE found (
    number INTEGER PRIMARY KEY, document_id INTEGER, source_id INTEGER, path BLOB,
    size_bytes INTEGER, known_hash BLOB, encoding TEXT, mtime_ns INTEGER, device INTEGER,
    inode INTEGER, doubtful INTEGER, hash BLOB, stray INTEGER UNIQUE
);
CREATE INDEX found_by_document ON found (document_id);
"""

_TASK = (
    "document_id, source_id, path, size_bytes, known_hash, encoding, mtime_ns, device, inode,"
    " doubtful"
)


@dataclass(frozen=True, slots=True)
class _Find:
    """A file with the document at its name, if any, and the stray whose file it is."""

    number: int
    occupant: int | None
    move: MovedFile


class Strays:
    """Strays and finds of one import; a part of its worklist, for the same thread."""

    def __init__(self, db: Database, faults: Callable[[], AbstractContextManager[None]]) -> None:
        self._db = db
        self._faults = faults

    def add(
        self, files: Iterable[tuple[str, KnownFile]], *, gone: bool, elsewhere: bool = False
    ) -> None:
        """Add documents with the paths of their files, which are ``gone`` or look like others.

        Those ``elsewhere`` are of sources that nobody asked about: they are found by inode
        alone, and never called vanished.
        """
        rank = _GONE if gone else _IN_PLACE
        rows = [
            (
                known.id,
                known.source_id,
                os.fsencode(path),
                _backward(path),
                signed(known.device),
                signed(known.inode),
                known.size_bytes,
                known.mtime_ns,
                None if elsewhere else known.file_hash,
                gone,
                elsewhere,
                rank,
            )
            for path, known in files
        ]
        with self._faults():
            self._db.execute("BEGIN")
            self._db.conn.executemany(f"INSERT INTO strays VALUES ({', '.join('?' * 12)})", rows)
            self._db.execute("COMMIT")

    def keep(self, source_id: int) -> None:
        """Never call those of a source vanished, nor let them take the names of others."""
        self._execute("UPDATE strays SET kept = 1 WHERE source_id = ?", [source_id])

    def count(self, source_id: int) -> int:
        """Return how many of a source there are."""
        statement = "SELECT count(*) FROM strays WHERE source_id = ?"
        return int(self._execute(statement, [source_id])[0][0])

    def marks(self) -> HashMarks:
        """Return what tells whether the bytes of a file may be those of a stray."""
        with self._faults():
            rows = self._db.execute("SELECT hash FROM strays WHERE hash IS NOT NULL")
            return HashMarks(row[0] for row in rows)

    def find_by_inode(self, cancel: CancelToken) -> None:
        """Take the tasks that are strays by inode, size and time as finds. Raises: Cancelled."""
        (last,) = self._execute("SELECT max(number) FROM tasks")[0]
        if last is None:
            return
        self._sort("inode, device")
        self._sort("document_id")
        for after in range(0, last, _TASKS_AT_ONCE):
            _check(cancel)
            self._find_among(after, after + _TASKS_AT_ONCE)

    def add_found(self, files: Sequence[FoundFile]) -> None:
        """Add files whose bytes may be those of strays."""
        rows = [
            (
                one.task.document_id,
                one.task.source_id,
                os.fsencode(one.task.path),
                one.task.size_bytes,
                one.task.known_hash,
                one.task.encoding,
                storable_ns(one.task.mtime_ns),
                signed(one.task.device),
                signed(one.task.inode),
                one.task.doubtful,
                one.file_hash,
            )
            for one in files
        ]
        with self._faults():
            self._db.execute("BEGIN")
            self._db.conn.executemany(
                f"INSERT INTO found ({_TASK}, hash) VALUES ({', '.join('?' * 11)})", rows
            )
            self._db.execute("COMMIT")

    def find_by_hash(self, cancel: CancelToken) -> None:
        """Give each find a stray with its bytes, of several the one whose path ends most alike.

        Those that are gone come first: of the others it is not certain that they went.

        Raises: Cancelled.
        """
        if not self._execute("SELECT 1 FROM found LIMIT 1"):
            return
        self._sort("hash, rank, backward")
        self._sort("document_id")
        self._execute(
            "UPDATE strays SET rank = ? WHERE rank = ?"
            " AND document_id IN (SELECT document_id FROM found)",
            [_REPLACED, _IN_PLACE],
        )
        statement = (
            "SELECT number, path, hash, known_hash, document_id FROM found"
            " WHERE number > ? ORDER BY number LIMIT ?"
        )
        after = 0
        while rows := self._execute(statement, [after, _PAGE]):
            _check(cancel)
            for number, path, file_hash, known_hash, document_id in rows:
                named = known_hash is not None
                backward = _backward(os.fsdecode(path))
                stray = self._nearest(file_hash, _GONE, backward, document_id, named)
                if stray is None:
                    stray = self._nearest(file_hash, _REPLACED, backward, document_id, named)
                if stray is not None:
                    self._execute("UPDATE found SET stray = ? WHERE number = ?", [stray, number])
                    self._execute(
                        "UPDATE strays SET rank = ? WHERE document_id = ?", [_CLAIMED, stray]
                    )
            after = rows[-1][0]

    def moves(self, spare: Callable[[str], str]) -> Iterator[MovedFile]:
        """Yield who goes where, each place free when it comes to it; forget these.

        ``spare`` makes of a path the one to which its document is put aside. Those whose own
        names are not left to nobody stay.
        """
        gone = "SELECT stray FROM found JOIN strays s ON s.document_id = stray WHERE s.gone LIMIT ?"
        while rows := self._execute(gone, [_PAGE]):
            for (document_id,) in rows:
                yield from self._passed_on(self._chain(document_id), spare)
        left = "SELECT stray FROM found WHERE stray IS NOT NULL LIMIT 1"
        while rows := self._execute(left):
            chain = self._chain(rows[0][0])
            if self._find(chain[-1]).occupant == chain[0]:
                yield from self._passed_on(chain, spare)
            else:
                # Its beginning is a name under which there is something new.
                for document_id in chain:
                    self._execute("UPDATE found SET stray = NULL WHERE stray = ?", [document_id])

    def give_back(self, *, decided: bool) -> None:
        """Make the finds that are left tasks again; ``decided`` for good."""
        self._execute(
            f"INSERT INTO tasks ({_TASK}, decided) SELECT {_TASK}, ? FROM found ORDER BY number",
            [decided],
        )
        self._execute("DELETE FROM found")

    def vanished(self, cancel: CancelToken) -> Iterator[VanishedFile]:
        """Yield the documents that are gone and were not found, by path. Raises: Cancelled."""
        statement = "SELECT document_id, path FROM strays WHERE gone AND NOT kept ORDER BY path"
        with self._faults():
            for document_id, path in self._db.execute(statement):
                _check(cancel)
                yield VanishedFile(document_id, os.fsdecode(path))

    def _sort(self, columns: str) -> None:
        # Late: a million rows are sorted by the way of indexing them sooner than one by one, and
        # most imports find nothing.
        self._execute(f'CREATE INDEX IF NOT EXISTS "by {columns}" ON strays ({columns})')

    def _find_among(self, after: int, last: int) -> None:
        # Some file systems call every inode 0.
        self._execute(
            f"INSERT OR IGNORE INTO found ({_TASK}, stray)"
            f" SELECT {', '.join('t.' + column.strip() for column in _TASK.split(','))},"
            " s.document_id FROM tasks t CROSS JOIN strays s ON s.inode = t.inode"
            " AND s.device = t.device AND t.size_bytes = s.size_bytes AND t.mtime_ns = s.mtime_ns"
            " AND t.document_id <> s.document_id"
            " WHERE t.number > ? AND t.number <= ? AND s.inode <> 0"
            " AND (t.known_hash IS NULL OR NOT s.kept) ORDER BY t.number",
            [after, last],
        )
        self._execute(
            "DELETE FROM tasks WHERE number > ? AND number <= ?"
            " AND document_id IN (SELECT document_id FROM found)",
            [after, last],
        )

    def _nearest(
        self, file_hash: bytes, rank: int, backward: bytes, document_id: int, named: bool
    ) -> int | None:
        """Return the stray of these bytes whose path ends most like the reversed ``backward``."""
        near = []
        for side, order in ((">=", "ASC"), ("<", "DESC")):
            near += self._execute(
                "SELECT backward, document_id FROM strays WHERE hash = ? AND rank = ?"
                f" AND backward {side} ? AND document_id <> ? AND NOT (kept AND ?)"
                f" ORDER BY backward {order} LIMIT 1",
                [file_hash, rank, backward, document_id, named],
            )
        best = max(near, key=lambda row: _alike(row[0], backward), default=None)
        return None if best is None else int(best[1])

    def _chain(self, first: int) -> array[int]:
        """Return strays of which each but the first has the name that the one before takes."""
        chain = array("q", [first])
        while True:
            occupant = self._find(chain[-1]).occupant
            if occupant is None or occupant == first or not self._has_find(occupant):
                return chain
            chain.append(occupant)

    def _passed_on(self, chain: Sequence[int], spare: Callable[[str], str]) -> Iterator[MovedFile]:
        """Yield the moves of a chain from its end, where a name becomes free first."""
        last = self._find(chain[-1]).occupant
        if last is not None:
            yield self._put_aside(last, spare)
        for document_id in reversed(chain):
            find = self._find(document_id)
            self._execute("DELETE FROM found WHERE number = ?", [find.number])
            self._execute("DELETE FROM strays WHERE document_id = ?", [document_id])
            yield find.move

    def _put_aside(self, document_id: int, spare: Callable[[str], str]) -> MovedFile:
        (row,) = self._execute(
            "SELECT source_id, path, mtime_ns, device, inode FROM strays WHERE document_id = ?",
            [document_id],
        )
        path = spare(os.fsdecode(row[1]))
        self._execute(
            "UPDATE strays SET path = ?, gone = 1, rank = ? WHERE document_id = ?",
            [os.fsencode(path), _GONE, document_id],
        )
        return MovedFile(
            document_id,
            row[0],
            path,
            row[2],
            unsigned(row[3]),
            unsigned(row[4]),
            put_aside=True,
        )

    def _find(self, stray: int) -> _Find:
        (row,) = self._execute(
            "SELECT number, iif(known_hash IS NULL, NULL, document_id), source_id, path, mtime_ns,"
            " device, inode, size_bytes FROM found WHERE stray = ?",
            [stray],
        )
        move = MovedFile(
            stray,
            row[2],
            os.fsdecode(row[3]),
            row[4],
            unsigned(row[5]),
            unsigned(row[6]),
            size_bytes=row[7],
        )
        return _Find(row[0], row[1], move)

    def _has_find(self, stray: int) -> bool:
        return bool(self._execute("SELECT 1 FROM found WHERE stray = ?", [stray]))

    def _execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._faults():
            return self._db.execute(statement, values).fetchall()


def _check(cancel: CancelToken) -> None:
    if cancel.is_set():
        raise Cancelled


def _alike(one: bytes, other: bytes) -> int:
    """Return how long the beginning is that two have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _backward(path: str) -> bytes:
    """Return the names of a path from the last to the first.

    Among sorted ones those that share the most names with one stand next to it.
    """
    names = os.fsencode(path).split(os.fsencode(os.sep))
    return b"\0".join(reversed(names)) + b"\0"
