"""Files written whole or not at all: under a temporary name beside their place, then renamed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from incipit.errors import UserError


@contextmanager
def replacing(
    path: Path, *, encoding: str = "utf-8", newline: str | None = "\n"
) -> Iterator[TextIO]:
    """Yield a text file that takes the place of ``path`` when the block ends without an error.

    Whatever goes wrong, what was at ``path`` stays and nothing half-written is left. Lone
    surrogates, as of names that are not UTF-8, become escapes.

    Raises: UserError (``write``) where the file cannot be written.
    """
    temporary = path.with_name(f".incipit-{secrets.token_hex(8)}.part")
    try:
        # Not by mkstemp, whose files can be read by their owner alone.
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except OSError as problem:
        raise _unwritable(path, problem) from problem
    try:
        with os.fdopen(
            handle, "w", encoding=encoding, newline=newline, errors="backslashreplace"
        ) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as problem:
        temporary.unlink(missing_ok=True)
        raise _unwritable(path, problem) from problem
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unwritable(path: Path, problem: OSError) -> UserError:
    return UserError(
        f"The file cannot be written: {problem.strerror or problem}.",
        advice="Choose another place.",
        subject=str(path),
        code="write",
    )
