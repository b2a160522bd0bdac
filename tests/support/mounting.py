"""Small and read-only file systems for tests that may mount; others skip, and say why."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size_bytes: int) -> Iterator[Path]:
    """Yield ``folder`` as a file system in memory that holds ``size_bytes``."""
    folder.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size_bytes}", "incipit-test", str(folder))
    try:
        yield folder
    finally:
        _unmount(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """Yield ``folder``, in which nothing can be changed meanwhile, as on a medium."""
    _mount("--bind", str(folder), str(folder))
    try:
        _mount("-o", "remount,ro,bind", str(folder))
        yield folder
    finally:
        _unmount(folder)


def _mount(*arguments: str) -> None:
    if not sys.platform.startswith("linux") or shutil.which("mount") is None:
        pytest.skip("file systems are mounted on Linux only")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"this user may not mount file systems: {done.stderr.strip()}")


def _unmount(folder: Path) -> None:
    # Lazily: a failed test may still hold files, and the folder must go with its test.
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
