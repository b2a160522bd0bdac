"""Connections to one library: a single writer, and a reader for each thread.

Transactions are explicit: connections run in the driver's autocommit mode, `writing` opens
``BEGIN IMMEDIATE`` (a deferred transaction that turns writer fails at once where another
process wrote meanwhile) and nested ``atomic()`` blocks of sqlite-utils become savepoints.

Automatic checkpoints are off and only the writer checkpoints, in a mode that keeps other
writers out: SQLite before 3.51.3 can corrupt a write-ahead log that one connection starts
anew while another checkpoints.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from incipit.errors import BugError, Cancelled
from incipit.store import checksums
from incipit.store.faults import read_only, translated

_log = logging.getLogger(__name__)

#: The version of the database, which is that of the system or of the bundle.
SQLITE_VERSION = sqlite3.sqlite_version

#: How long a connection waits for another process before it gives up.
BUSY_TIMEOUT_MS = 10_000

#: How often statements are broken off while connections are being closed.
_TURN_S = 0.02

#: How long closing waits for reads that go on all the same.
_BREAK_OFF_S = 5.0

_CHECKPOINT_TIMEOUT_MS = 2_000
_CHECKPOINT_AT_BYTES = 64 << 20
_WRITER_CACHE_KIB = 32_768
_READER_CACHE_KIB = 8_192


def connect(file: Path, *, mode: str = "rw", immutable: bool = False) -> Database:
    """Return a connection to ``file``; ``mode`` is ``ro``, ``rw`` or ``rwc`` as SQLite has it.

    It may be closed by another thread. Raises sqlite3.Error.
    """
    uri = f"{file.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(
        uri,
        uri=True,
        timeout=BUSY_TIMEOUT_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        db = Database(connection, execute_plugins=False)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA trusted_schema = OFF")
        cache = _READER_CACHE_KIB if mode == "ro" else _WRITER_CACHE_KIB
        db.execute(f"PRAGMA cache_size = -{cache}")
        if mode != "ro":
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA wal_autocheckpoint = 0")
    except BaseException:
        connection.close()
        raise
    return db


@contextmanager
def transaction(db: Database) -> Iterator[Database]:
    """Run the block as one write transaction that is committed at its end or undone."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


class Connections:
    """The connections of this process to one library file.

    ``writable`` opens the writer at once; ``immutable`` is for read-only media. It may be
    closed while other threads read: what they are at is broken off.
    """

    def __init__(self, file: Path, *, writable: bool, immutable: bool = False) -> None:
        self.file = file
        self.writable = writable
        self._immutable = immutable
        self._writer_lock = threading.RLock()
        self._watched = False
        self._readers: dict[threading.Thread, Database] = {}
        self._readers_lock = threading.Lock()
        self._reading: Counter[threading.Thread] = Counter()
        self._read = threading.Condition(self._readers_lock)
        self._log_checked_bytes = 0
        self._closed = False
        with translated(file):
            self._writer = connect(file) if writable else None

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """Yield the writer inside one transaction; blocks of several threads take turns.

        Raises: LibraryUnusable (``read-only``) where the library is open for reading only,
        and what `faults.translated` raises.
        """
        if self._writer is None:
            raise read_only(self.file)
        with self._writer_lock, translated(self.file):
            if not self._watched:
                # Not when it is opened: a start need not wait for it.
                checksums.watch(self._writer)
                self._watched = True
            with transaction(self._writer):
                yield self._writer
            self._checkpoint_when_due(self._writer)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Yield this thread's own read-only connection.

        Raises: Cancelled where the connections are closed meanwhile, and what
        `faults.translated` raises.
        """
        thread = threading.current_thread()
        with self._readers_lock:
            self._reading[thread] += 1
        try:
            with translated(self.file):
                try:
                    yield self._reader()
                except sqlite3.OperationalError as error:
                    if self._closed:
                        raise Cancelled from error
                    raise
        finally:
            with self._read:
                self._reading[thread] -= 1
                if not self._reading[thread]:
                    del self._reading[thread]
                self._read.notify_all()

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """Yield this thread's reader with one unchanging view of the library."""
        with self.reading() as db:
            if db.conn.in_transaction:
                yield db
                return
            db.execute("BEGIN")
            try:
                yield db
            finally:
                db.rollback()

    def close_reader(self) -> None:
        """Close the calling thread's reader; the next read opens another."""
        with self._readers_lock:
            reader = self._readers.pop(threading.current_thread(), None)
        if reader is not None:
            reader.close()

    def close(self) -> None:
        """Close every connection; the writer last, so that it folds the log into the file.

        A connection that is closed under a running statement ends the process, so reads of
        other threads are broken off first.
        """
        with self._read:
            self._closed = True
            readers = dict(self._readers)
            self._readers.clear()
            self._break_off(readers)
            idle = [db for thread, db in readers.items() if thread not in self._reading]
        for reader in idle:
            reader.close()
        with self._writer_lock:
            if self._writer is not None:
                self._writer.close()

    def _break_off(self, readers: Mapping[threading.Thread, Database]) -> None:
        """Break off the statements of other threads, and wait until none reads any more."""
        others = set(readers) - {threading.current_thread()}
        ends = time.monotonic() + _BREAK_OFF_S
        while busy := others & self._reading.keys():
            if time.monotonic() > ends:
                _log.warning("%d readers are left open: they are in use", len(busy))
                return
            for thread in busy:
                readers[thread].conn.interrupt()
            # A statement that began since is broken off at the next turn.
            self._read.wait(_TURN_S)

    def _reader(self) -> Database:
        thread = threading.current_thread()
        reader = self._readers.get(thread)
        if reader is None:
            reader = connect(self.file, mode="ro", immutable=self._immutable)
            with self._readers_lock:
                if self._closed:
                    reader.close()
                    raise BugError("The library was used after it was closed.")
                ended = [known for known in self._readers if not known.is_alive()]
                idle = [self._readers.pop(known) for known in ended]
                self._readers[thread] = reader
            for old in idle:
                old.close()
        return reader

    def _checkpoint_when_due(self, db: Database) -> None:
        """Fold the log into the file once it has grown; readers are waited for briefly."""
        log = self.file.with_name(self.file.name + "-wal")
        size = log.stat().st_size if log.exists() else 0
        if size < self._log_checked_bytes + _CHECKPOINT_AT_BYTES:
            return
        self._log_checked_bytes = 0 if _fold_log(db) else size


def _fold_log(db: Database) -> bool:
    """Fold the log into the file and return whether that could be done.

    What was committed is safe in the log: trouble with folding is not trouble with the commit,
    and shows at the next one if it lasts.
    """
    db.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_TIMEOUT_MS}")
    try:
        busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy
    except sqlite3.OperationalError as error:
        _log.warning("the log of the library was not folded into it: %s", error)
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
