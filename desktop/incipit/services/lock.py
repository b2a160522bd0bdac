"""One writer a library: a lock of the operating system that names its holder.

The lock goes with its process, however that ends; the note beside it only serves to tell a
person who is writing, and a stale one does no harm.
"""

from __future__ import annotations

import json
import os
import platform
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from incipit.errors import Cancelled, LibraryBusy, LibraryUnusable
from incipit.models import CancelToken

_LOCK_FILE = "writer.lock"
_NOTE_FILE = "writer.json"
_POLL_S = 0.05


class WriterLock:
    """The right to write to the library in ``folder``, as a context manager.

    ``purpose`` is what others are told ("importing"). Entering waits for ``timeout_s``
    seconds (None: without end), answering to ``cancel`` meanwhile.

    Raises on entering: LibraryBusy with the holder named, Cancelled, LibraryUnusable where the
    folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        purpose: str,
        *,
        timeout_s: float | None = 0.0,
        cancel: CancelToken | None = None,
    ) -> None:
        self._folder = folder
        self._purpose = purpose
        self._timeout_s = timeout_s
        self._cancel = cancel
        # One object a lock file: it must not be shared through the library's own singletons.
        self._lock = FileLock(folder / _LOCK_FILE, timeout=0, is_singleton=False)

    def __enter__(self) -> WriterLock:
        deadline = None if self._timeout_s is None else time.monotonic() + self._timeout_s
        while True:
            try:
                self._lock.acquire(timeout=0)
                break
            except Timeout:
                if self._cancel is not None and self._cancel.is_set():
                    raise Cancelled from None
                if deadline is not None and time.monotonic() >= deadline:
                    raise self._busy() from None
                time.sleep(_POLL_S)
            except OSError as problem:
                raise LibraryUnusable(
                    f"The library cannot be written to ({problem.strerror or problem}).",
                    advice="Check the permissions of its folder and that the disk is not full.",
                    subject=str(self._folder),
                    code="read-only",
                ) from problem
        self._write_note()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        (self._folder / _NOTE_FILE).unlink(missing_ok=True)
        self._lock.release()

    def _write_note(self) -> None:
        note = {"pid": os.getpid(), "host": platform.node(), "purpose": self._purpose}
        # The lock holds without it, also on a disk where not one more byte fits.
        with suppress(OSError):
            (self._folder / _NOTE_FILE).write_text(json.dumps(note), "utf-8")

    def _busy(self) -> LibraryBusy:
        return LibraryBusy(
            f"The library is in use: {holder(self._folder)}.",
            advice="Wait until that has ended, or cancel it there, and try again.",
            subject=str(self._folder),
        )


def holder(folder: Path) -> str:
    """Return in words who writes to the library, as far as the note beside the lock tells."""
    try:
        note = json.loads((folder / _NOTE_FILE).read_text("utf-8"))
        return f"process {note['pid']} on {note['host']} is {note['purpose']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process is writing to it"
