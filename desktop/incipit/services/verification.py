"""Reading the whole index in the background, to notice damage that opening it does not.

Opening compares headers and sizes; a changed byte in a column shows by its checksum only. A
small index is read on a thread here; a large one in a process that takes what time others
leave, so that the window never waits for it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from incipit.errors import Cancelled
from incipit.index.folder import IndexFolder
from incipit.services.children import one_matrix_thread
from incipit.services.priority import take_what_is_left

_log = logging.getLogger(__name__)

#: Read within some hundredths of a second, mostly without Python's lock.
_SMALL_BYTES = 64 << 20
_POLL_S = 0.2


class Verification:
    """One reading of the index in ``place``; ``on_damage`` is called from its thread.

    ``on_damage`` gets what is wrong, in words, and the generation that was read. Where it
    returns False, because another index has come since, that one is read. Close it to end it
    early.
    """

    def __init__(
        self,
        place: Path,
        identity: str,
        on_damage: Callable[[str, int], bool],
        *,
        small_bytes: int = _SMALL_BYTES,
    ) -> None:
        self._place = place
        self._identity = identity
        self._on_damage = on_damage
        self._small_bytes = small_bytes
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="incipit-verification")
        self._thread.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the end and return whether it came."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def close(self) -> None:
        """End the reading soon, and wait for that."""
        self._ended.set()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._told():
                pass
        except Cancelled:
            return
        except Exception:  # noqa: BLE001 - on a thread, nobody else would hear of it
            # Whatever it was, it is met again where somebody asks for something.
            _log.exception("the index could not be verified")

    def _told(self) -> bool:
        """Read once and tell; return False where what was read is the index no longer."""
        folder = IndexFolder(self._place, self._identity)
        generation = folder.generation()
        if _size_of(self._place) <= self._small_bytes:
            damages = folder.verify(self._ended)
        else:
            damages = self._read_elsewhere()
        if not damages or self._ended.is_set():
            return True
        _log.warning("the index is damaged: %s", "; ".join(damages))
        return self._on_damage(damages[0], generation)

    def _read_elsewhere(self) -> list[str]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(
            target=_verify, args=(theirs, self._place, self._identity), daemon=True
        )
        with one_matrix_thread():
            child.start()
        theirs.close()
        try:
            while not ours.poll(_POLL_S):
                if self._ended.is_set():
                    raise Cancelled
            damages: list[str] = ours.recv()
            return damages
        finally:
            # It only reads: there is nothing that it could leave half done.
            child.kill()
            child.join()
            child.close()
            ours.close()


def _verify(answer: Connection, place: Path, identity: str) -> None:
    """Read the index in this child process and send what is wrong with it."""
    take_what_is_left()
    answer.send(IndexFolder(place, identity).verify())
    answer.close()


def _size_of(place: Path) -> int:
    try:
        with os.scandir(place) as entries:
            return sum(entry.stat().st_size for entry in entries)
    except OSError:
        return 0
