"""From what a person drops to the files an import will read; nothing is opened here.

Folders are walked in name order, whatever their depth. Links are followed; a folder that was
already walked (by device and inode) is not walked again, which also ends loops. What cannot be
imported comes out as a :class:`FailedFile` with its reason, never as an exception.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from incipit.errors import Cancelled
from incipit.models import CancelToken, FailedFile, ImportSurvey, SourceKind
from incipit.services.disk import free_bytes, needed_bytes
from incipit.store.records import ScannedFile

#: Endings of the files that are imported without asking.
USUAL_ENDINGS = (".txt", ".md", ".csv", ".log", ".html")

_EXAMPLES = 5


@dataclass(slots=True)
class Scan:
    """One walk over the given paths; iterate :meth:`files`, then read the rest.

    ``excluded`` are folders never entered (the library's own).
    """

    paths: Sequence[str]
    excluded: Sequence[Path] = ()
    cancel: CancelToken | None = None
    failed: list[FailedFile] = field(default_factory=list)
    hidden: int = 0
    _walked: set[tuple[int, int]] = field(default_factory=set)
    _own: set[tuple[int, int]] = field(default_factory=set)

    def files(self) -> Iterator[ScannedFile]:
        """Yield every regular file below the paths: those that were given, then those in folders.

        Raises: Cancelled.
        """
        folders: list[tuple[str, os.stat_result]] = []
        for folder in self.excluded:
            if folder.is_dir():
                found = folder.stat()
                self._own.add((found.st_dev, found.st_ino))
        for given in self.paths:
            path = absolute(given)
            try:
                found = os.stat(path)
            except (OSError, ValueError) as problem:
                self.failed.append(failure_of(path, problem))
                continue
            if stat.S_ISDIR(found.st_mode):
                folders.append((path, found))
            else:
                yield from self._entry(os.path.dirname(path), SourceKind.FILE, path, found, True)
        for path, found in folders:
            yield from self._walk(path, found)

    def _walk(self, top: str, found: os.stat_result) -> Iterator[ScannedFile]:
        stack: list[tuple[str, os.stat_result]] = [(top, found)]
        while stack:
            folder, here = stack.pop()
            identity = (here.st_dev, here.st_ino)
            if identity in self._own:
                self.failed.append(
                    FailedFile(
                        folder,
                        "own-library",
                        "This is the library's own folder, which is never imported.",
                    )
                )
                continue
            if identity in self._walked:
                continue
            self._walked.add(identity)
            try:
                with os.scandir(folder) as entries:
                    names = sorted(entry.name for entry in entries)
            except OSError as problem:
                self.failed.append(failure_of(folder, problem))
                continue
            below: list[tuple[str, os.stat_result]] = []
            for name in names:
                self._check_cancel()
                if name.startswith("."):
                    self.hidden += 1
                    continue
                path = os.path.join(folder, name)
                try:
                    entry = os.stat(path)
                except OSError as problem:
                    self.failed.append(failure_of(path, problem))
                    continue
                if stat.S_ISDIR(entry.st_mode):
                    below.append((path, entry))
                else:
                    yield from self._entry(top, SourceKind.FOLDER, path, entry, False)
            stack.extend(reversed(below))

    def _entry(
        self, source: str, kind: SourceKind, path: str, found: os.stat_result, named: bool
    ) -> Iterator[ScannedFile]:
        self._check_cancel()
        if not stat.S_ISREG(found.st_mode):
            self.failed.append(
                FailedFile(path, "not-a-file", f"This is {_kind_in_words(found.st_mode)}.")
            )
            return
        yield ScannedFile(
            source_path=source,
            source_kind=kind,
            path=path,
            size_bytes=found.st_size,
            mtime_ns=found.st_mtime_ns,
            device=found.st_dev,
            inode=found.st_ino,
            named=named,
        )

    def _check_cancel(self) -> None:
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled


def survey(
    paths: Sequence[str],
    library: Path,
    *,
    excluded: Sequence[Path] = (),
    cancel: CancelToken | None = None,
) -> ImportSurvey:
    """Return what an import of ``paths`` into the library in ``library`` would read.

    Raises: Cancelled.
    """
    scan = Scan(paths, excluded=excluded, cancel=cancel)
    files = size_bytes = others = 0
    examples: list[str] = []
    for file in scan.files():
        files += 1
        size_bytes += file.size_bytes
        if not is_agreed(file):
            others += 1
            if len(examples) < _EXAMPLES:
                examples.append(file.path)
    return ImportSurvey(
        files=files,
        size_bytes=size_bytes,
        other_files=others,
        other_examples=tuple(examples),
        free_bytes=free_bytes(library),
        needed_bytes=needed_bytes(size_bytes),
    )


def is_agreed(file: ScannedFile) -> bool:
    """Return whether a file is of a usual kind, or was named by the user."""
    return file.named or file.path.lower().endswith(USUAL_ENDINGS)


def absolute(path: str) -> str:
    """Return ``path`` from the root on, its links as they are."""
    return os.path.abspath(path)


def lies_in(path: str, roots: Container[str]) -> bool:
    """Return whether ``path`` is one of ``roots`` or below one; both are as `absolute` gives them.

    Looks each folder of the path up, so that a set of roots may be as large as it pleases.
    """
    while path not in roots:
        above = os.path.dirname(path)
        if above == path:
            return False
        path = above
    return True


def failure_of(path: str, problem: Exception) -> FailedFile:
    """Return the failure that an error of the operating system at ``path`` stands for."""
    number = problem.errno if isinstance(problem, OSError) else None
    if number in _REASONS:
        return FailedFile(path, *_REASONS[number])
    text = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return FailedFile(path, "unreadable", f"The file could not be read: {text}.")


_REASONS: dict[int | None, tuple[str, str, str]] = {
    errno.ENOENT: (
        "vanished",
        "The file is no longer there.",
        "It was moved or removed, or is a link to something that was.",
    ),
    errno.EACCES: (
        "no-permission",
        "The file may not be read.",
        "Give yourself permission to read it, then try again.",
    ),
    errno.EPERM: (
        "no-permission",
        "The file may not be read.",
        "Give yourself permission to read it, then try again.",
    ),
    errno.ELOOP: ("link-loop", "The link leads back to itself.", "Remove or mend the link."),
    errno.EIO: (
        "read-error",
        "The disk reported an error while the file was read.",
        "Copy the file to another disk and try again.",
    ),
    errno.ENAMETOOLONG: (
        "name-too-long",
        "The path is longer than the system allows.",
        "Move the file to a folder with a shorter path.",
    ),
}


def _kind_in_words(mode: int) -> str:
    for test, words in (
        (stat.S_ISFIFO, "a pipe, not a file"),
        (stat.S_ISSOCK, "a socket, not a file"),
        (stat.S_ISBLK, "a device, not a file"),
        (stat.S_ISCHR, "a device, not a file"),
    ):
        if test(mode):
            return words
    return "not a regular file"
