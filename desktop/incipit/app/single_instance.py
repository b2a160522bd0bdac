"""One window for each library: a second launch hands its paths to the first and ends.

The first listens on a local socket that is named after the library's real place and the user;
what travels is one line of JSON, and one line comes back.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER = b"taken\n"
_CONNECT_MS = 500
_ANSWER_MS = 3000
_LOCK_MS = 5000


class SingleInstance(QObject):
    """Holds the place of the one window of a library.

    ``asked`` carries the paths that another launch handed over; the window is then to come
    to the front, also when there are none.
    """

    asked = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None

    def claim(self, library: Path, paths: Sequence[Path]) -> bool:
        """Become the window of ``library``, or hand ``paths`` to the one there is.

        Returns whether this process is the one. Where sockets cannot be made at all, it is:
        a second window is better than none.
        """
        name = server_name(library)
        # Two launches at the same moment must not both find nobody and both begin.
        lock = QLockFile(QDir.temp().filePath(f"{name}.lock"))
        locked = lock.tryLock(_LOCK_MS)
        try:
            if hand_over(name, paths):
                return False
            self._listen(name)
            return True
        finally:
            if locked:
                lock.unlock()

    def release(self) -> None:
        """Give the place up."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _listen(self, name: str) -> None:
        self.release()
        # Nobody answered, so a socket file that is still there is what a crash left behind.
        QLocalServer.removeServer(name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connected)
        if server.listen(name):
            self._server = server

    def _on_connected(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()):
            # Bound methods, not closures: a socket that held this object could be the last to
            # do so, and take it along in the middle of its own end.
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._on_ready)
            self._read(socket)

    def _on_ready(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        line = bytes(socket.readLine().data())
        socket.write(_ANSWER)
        socket.flush()
        try:
            paths = [Path(item) for item in json.loads(line) if isinstance(item, str)]
        except (ValueError, TypeError):
            paths = []
        self.asked.emit(paths)


def server_name(library: Path) -> str:
    """Return the name of the socket of a library: short, and the same for every way to it."""
    key = os.fsencode(os.path.realpath(library)) + b"\0" + getpass.getuser().encode()
    return f"incipit-{hashlib.blake2b(key, digest_size=10).hexdigest()}"


def hand_over(name: str, paths: Sequence[Path]) -> bool:
    """Hand ``paths`` to whoever listens on ``name``; return whether they were taken."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    absolute = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - keeps links and names
    socket.write(json.dumps(absolute).encode("ascii") + b"\n")
    socket.flush()
    taken = socket.waitForReadyRead(_ANSWER_MS) and socket.readAll().data() == _ANSWER
    socket.disconnectFromServer()
    return taken
