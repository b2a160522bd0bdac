"""A virtual screen with a window manager, seen pixel by pixel and used by mouse and keys."""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

#: What is needed besides Qt's own libraries: a command, and the Debian package that has it.
COMMANDS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-run-session": "dbus-daemon",
    "/usr/libexec/at-spi2-registryd": "at-spi2-core",
}

_STEPS = 10
_STEP_S = 0.06


class SmokeError(Exception):
    """Something that was installed does not do what it should; the text says what."""


def wait_for(condition: Callable[[], bool], limit_s: float, what: str) -> None:
    """Wait until a condition holds.

    Raises:
        SmokeError: it did not, in ``limit_s`` seconds.
    """
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            raise SmokeError(f"after {limit_s:.0f} s still not: {what}")
        time.sleep(0.05)


def missing_packages() -> list[str]:
    """Return the Debian packages without which there is no screen to test on."""
    return sorted(package for name, package in COMMANDS.items() if shutil.which(name) is None)


class Screen:
    """Xvfb with openbox, for the length of a ``with``; ``name`` goes into DISPLAY."""

    def __init__(self, folder: Path, width_px: int, height_px: int) -> None:
        self._folder = folder
        self._size = (width_px, height_px)
        self._processes: list[subprocess.Popen[bytes]] = []
        self.name = ""

    def __enter__(self) -> Self:
        """Start both, and wait until they answer."""
        readable, writable = os.pipe()
        width, height = self._size
        self._start(
            *("Xvfb", "-displayfd", str(writable), "-screen", "0", f"{width}x{height}x24"),
            *("-fbdir", str(self._folder), "-nolisten", "tcp"),
            keep=(writable,),
        )
        os.close(writable)
        with os.fdopen(readable) as stream:
            self.name = ":" + stream.readline().strip()
        self._start("openbox", "--sm-disable")
        wait_for(lambda: self.call("get_desktop") is not None, 20, "a window manager")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End both."""
        for process in reversed(self._processes):
            process.terminate()
            process.wait()

    def call(self, *words: str | int) -> str | None:
        """Run xdotool and return what it prints, or None where it fails."""
        result = subprocess.run(
            ["xdotool", *map(str, words)],
            env=os.environ | {"DISPLAY": self.name},
            capture_output=True,
            text=True,
            check=False,
        )
        return result.stdout.strip() if result.returncode == 0 else None

    def window(self, title: str, limit_s: float = 60) -> str:
        """Return the number of the window whose title matches, as soon as it is shown."""
        found: list[str] = []

        def look() -> bool:
            found[:] = (self.call("search", "--onlyvisible", "--name", title) or "").split()
            return bool(found)

        wait_for(look, limit_s, f"a window named {title}")
        return found[0]

    def place(self, window: str, x_px: int, y_px: int) -> None:
        """Move a window, and bring it to the front."""
        self.call("windowmove", "--sync", window, x_px, y_px)
        self.call("windowactivate", "--sync", window)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in small steps as a hand does, wait a moment, release."""
        self.call("mousemove", *start)
        self.call("mousedown", 1)
        for step in range(1, _STEPS + 1):
            x, y = (a + (b - a) * step // _STEPS for a, b in zip(start, end, strict=True))
            self.call("mousemove", x, y)
            time.sleep(_STEP_S)
        for nudge in (1, 0):
            self.call("mousemove", end[0] + nudge, end[1])
            time.sleep(4 * _STEP_S)
        self.call("mouseup", 1)

    def pixels(self, every: int = 1) -> NDArray[np.uint32]:
        """Return what is on the screen, or one of so many rows and columns of it: 0x00RRGGBB."""
        with (self._folder / "Xvfb_screen0").open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        # The format of xwd: a head of words, a table of colours of 12 bytes each, the picture.
        order = ">" if struct.unpack_from(">I", data, 4)[0] == 7 else "<"
        words = struct.unpack_from(f"{order}25I", data, 0)
        head, height, line, colours = words[0], words[5], words[12], words[19]
        start = head + 12 * colours
        rows = np.frombuffer(data, np.uint32, height * line // 4, start).reshape(height, -1)
        return rows[::every, : words[4] : every] & np.uint32(0xFFFFFF)

    def save(self, path: Path) -> None:
        """Write a picture of the screen."""
        from PySide6.QtGui import QImage

        rows = np.ascontiguousarray(self.pixels())
        height, width = rows.shape
        image = QImage(rows.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
        if not image.save(str(path)):
            raise SmokeError(f"{path} could not be written")

    def _start(self, *command: str, keep: tuple[int, ...] = ()) -> None:
        self._processes.append(
            subprocess.Popen(
                command,
                env=os.environ | {"DISPLAY": self.name},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=keep,
            )
        )
