"""The library that a command works on."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incipit import paths
from incipit.services.library import Library


def library_folder(options: argparse.Namespace) -> Path:
    """Return the folder of ``--library``, or of the user's own library."""
    given: Path | None = getattr(options, "library", None)
    return paths.default_library() if given is None else given.absolute()


@contextmanager
def opened(options: argparse.Namespace, *, create: bool = False) -> Iterator[Library]:
    """Yield the library; with ``create`` one is made where there is none.

    Raises: LibraryUnusable.
    """
    library = Library.open(library_folder(options), create=create)
    try:
        yield library
    finally:
        library.close()
