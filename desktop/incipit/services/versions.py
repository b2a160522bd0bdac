"""The versions of the program and of what it runs on, for whoever reports a fault."""

from __future__ import annotations

import platform
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from incipit import __version__
from incipit.store.connection import SQLITE_VERSION

_PACKAGES = (
    "PySide6-Essentials",
    "sqlite-utils",
    "whoosh3",
    "numpy",
    "charset-normalizer",
    "filelock",
    "appdirs",
)


def versions() -> tuple[tuple[str, str], ...]:
    """Return names and versions: the program, what it runs on, packages, the system."""
    packages = []
    for name in _PACKAGES:
        # A bundle may leave out what packages say about themselves.
        with suppress(PackageNotFoundError):
            packages.append((name, version(name)))
    return (
        ("Incipit", __version__),
        ("Python", platform.python_version()),
        ("SQLite", SQLITE_VERSION),
        *packages,
        (platform.system(), platform.release()),
    )
