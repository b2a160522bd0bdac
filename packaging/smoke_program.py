"""The installed program from outside: its processes, its memory, its libraries, what it says."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from smoke_screen import SmokeError, wait_for

HERE = Path(__file__).resolve().parent

#: Under which the bindings of AT-SPI are found.
SYSTEM_PYTHON = "/usr/bin/python3"

#: Plugins of Qt that are for desktops that have the libraries themselves, and only used there.
OPTIONAL = ("/platformthemes/libqgtk3.so",)

_END_S = 30


class Program:
    """One run of the program: what of it can be seen without asking itself."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._environment = dict(environment)
        self._log = log
        self.started = time.monotonic()
        with log.open("ab") as stream:
            self._process = subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )

    @property
    def pid(self) -> int:
        """Return the number of its first process."""
        return self._process.pid

    def said(self) -> dict[str, Any]:
        """Return its accessible tree, as smoke_accessible.py prints it."""
        if self._process.poll() is not None:
            raise SmokeError(f"it ended by itself, with {self._process.returncode}:\n{self.log()}")
        result = subprocess.run(
            [SYSTEM_PYTHON, HERE / "smoke_accessible.py", str(self.pid)],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        # A tree that changes while it is read can break off the reading: it is read again.
        tree: dict[str, Any] = json.loads(result.stdout) if result.returncode == 0 else {}
        return tree

    def wait_for_rows(self, count: int, limit_s: float = 90) -> dict[str, Any]:
        """Wait until so many documents are listed; return the tree."""
        tree: dict[str, Any] = {}

        def look() -> bool:
            tree.clear()
            tree.update(self.said())
            return tree.get("rows") == count

        try:
            wait_for(look, limit_s, f"{count} documents in the list")
        except SmokeError as error:
            raise SmokeError(f"{error}\nthe accessible tree: {tree}\n{self.log()}") from error
        return tree

    def others(self) -> set[int]:
        """Return the numbers of the processes below it, at this moment."""
        return set(descendants(self.pid)) - {self.pid}

    def workers(self) -> set[int]:
        """Return those of them that are worker processes."""
        return {pid for pid in self.others() if is_worker(pid)}

    def memory_mb(self) -> tuple[float, float]:
        """Return its proportional and its resident share of memory, of all its processes, in MB."""
        pss = rss = 0
        for pid in [self.pid, *self.others()]:
            with contextlib.suppress(OSError):
                text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
                pss += _kilobytes(text, "Pss")
                rss += _kilobytes(text, "Rss")
        return pss / 1e3, rss / 1e3

    def ended(self) -> None:
        """Wait for its end, which must be a good one.

        Raises:
            SmokeError: it did not end, or with another exit code than 0, or left a process.
        """
        left = self.others()
        try:
            code = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise SmokeError(f"it did not end in {_END_S} s:\n{self.log()}") from None
        if code != 0:
            raise SmokeError(f"it ended with exit code {code}:\n{self.log()}")
        wait_for(lambda: not any(map(_runs, left)), 10, "the end of its other processes")

    def kill(self) -> None:
        """End it whatever it does; nothing where it has ended."""
        for pid in [*self.others(), self.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def log(self) -> str:
        """Return what it printed."""
        return self._log.read_text("utf-8", "replace")


def descendants(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from descendants(int(child))


def unresolved(folder: Path, *, root: Path | None) -> tuple[int, list[str]]:
    """Return how many programs and libraries ``folder`` holds, and what ldd does not find.

    The loader of the bundle adds the folder ``_internal`` to where libraries are looked for,
    and so does this. A plugin of :data:`OPTIONAL` may lack libraries. With ``root`` ldd is that
    of another root; ``folder`` is seen from here.
    """
    inside = [path for path in sorted(folder.rglob("*")) if _is_elf(path)]
    prefix = ["chroot", str(root)] if root else []
    names = [f"/{path.relative_to(root)}" if root else str(path) for path in inside]
    internal = folder / "_internal"
    search = f"/{internal.relative_to(root)}" if root else str(internal)
    result = subprocess.run(
        [*prefix, "ldd", *names],
        env=os.environ | {"LD_LIBRARY_PATH": search, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    # The output of ldd: a line with the name of a file, and its libraries below, indented.
    parts = re.split(r"^(?=\S)", result.stdout, flags=re.MULTILINE)
    needed = [part for part in parts if not part.partition(":")[0].endswith(OPTIONAL)]
    if len(inside) == 1:
        needed = [result.stdout]  # then it says no name
    return len(inside), sorted(set(re.findall(r"^\s*(\S+) => not found", "".join(needed), re.M)))


def _is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def _kilobytes(text: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) if found else 0


def is_worker(pid: int) -> bool:
    """Return whether a process is one of the workers that Python starts."""
    with contextlib.suppress(OSError):
        return b"--multiprocessing-fork" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()
