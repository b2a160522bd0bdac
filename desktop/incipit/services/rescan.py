"""Files of known folders that are no longer where they were: moved, exchanged, or vanished.

What belongs to whom is decided in `store.strays`. What remains is reported and never removed
without asking. Failures of what is gone are forgotten.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from incipit.errors import Cancelled
from incipit.models import (
    CancelToken,
    FailedFile,
    FailedFiles,
    Source,
    SourceKind,
    VanishedFiles,
)
from incipit.services.scanning import absolute, lies_in
from incipit.store.hash_marks import HashMarks
from incipit.store.library_store import Store
from incipit.store.records import KnownFile, MovedFile
from incipit.store.worklist import Worklist

#: Files that are looked up at once.
LOOKUP = 500
#: Bytes of a name that leave room for what makes it another.
_LONGEST_NAME = 240


class Whereabouts:
    """The documents of the given folders whose files were not met by a scan, and who moved.

    Among them are those of folders that are not there at all, or where nothing is any more: a
    disk that is not connected looks like that. Files of theirs are found again elsewhere, and
    called vanished never. Where a folder is given that is new, it may be one of the known ones
    under another name: then those that are not there any more are looked at too.

    Raises: Cancelled, also by the methods.
    """

    def __init__(
        self, store: Store, given: Sequence[str], work: Worklist, cancel: CancelToken
    ) -> None:
        self._store = store
        self._cancel = cancel
        self._work = work
        self._absent: list[FailedFile] = []
        roots = {absolute(path) for path in given}
        folders = [one for one in store.sources() if one.kind is SourceKind.FOLDER]
        for source in folders:
            if source.path in roots:
                self._look(source)
        known = {source.path for source in folders}
        if any(not lies_in(root, known) for root in roots):
            for source in folders:
                if source.path not in roots and _is_gone(source.path):
                    self._add(store.files_of(source.id), elsewhere=True)

    @property
    def absent(self) -> tuple[FailedFile, ...]:
        """Return the given folders of which nothing is there any more, as failures."""
        return tuple(self._absent)

    def marks(self) -> HashMarks:
        """Return what tells workers which files may be those of documents."""
        return self._work.strays.marks()

    def moved_by_inode(self) -> Iterator[list[MovedFile]]:
        """Yield who moved as the file system says, some at a time, as `Strays.moves` does.

        All files that are to be read must be tasks by then; those that moved are no longer.
        """
        self._work.strays.find_by_inode(self._cancel)
        yield from self._moves()
        self._work.strays.give_back(decided=False)

    def moved_by_content(self) -> Iterator[list[MovedFile]]:
        """Yield who moved as their bytes say, likewise; the others that were found are tasks."""
        self._work.strays.find_by_hash(self._cancel)
        yield from self._moves()
        self._work.strays.give_back(decided=True)

    def vanished(self) -> VanishedFiles:
        """Return the documents whose files were not found, by path."""
        return VanishedFiles(self._work.strays.vanished(self._cancel))

    def _moves(self) -> Iterator[list[MovedFile]]:
        moves = self._work.strays.moves(self._spare)
        while some := list(islice(moves, LOOKUP)):
            yield some

    def _spare(self, path: str) -> str:
        """Return a path beside ``path`` at which there is neither a file nor a document.

        It is the one at which `mv --backup=numbered` leaves what it overwrites.
        """
        place = Path(path)
        name = os.fsdecode(os.fsencode(place.name)[:_LONGEST_NAME])
        paths = (str(place.with_name(f"{name}.~{number}~")) for number in count(1))
        return next(
            one for one in paths if not (os.path.lexists(one) or self._store.known_files([one]))
        )

    def _look(self, source: Source) -> None:
        self._add(_missing(self._store, source, self._work))
        missing = self._work.strays.count(source.id)
        if missing and missing == source.document_count and not self._work.met_below(source.path):
            self._absent.append(_absence(source))
            self._work.strays.keep(source.id)

    def _add(self, files: Iterator[tuple[str, KnownFile]], *, elsewhere: bool = False) -> None:
        while some := list(islice(files, LOOKUP)):
            if self._cancel.is_set():
                raise Cancelled
            self._work.strays.add(some, gone=True, elsewhere=elsewhere)


def forget_failures(store: Store, given: Sequence[str], work: Worklist) -> None:
    """Forget failures below the given folders at what is gone, and of folders that were walked.

    ``work`` knows the paths of the files and failures that a scan came upon.
    """
    roots = {absolute(path) for path in given}
    gone = FailedFiles()
    failures = iter(store.failures())
    while some := list(islice(failures, LOOKUP)):
        below = [one for one in some if lies_in(one.path, roots)]
        met = work.met([one.path for one in below])
        gone.extend(
            one
            for one in below
            if one.path not in met and (_is_gone(one.path) or os.path.isdir(one.path))  # noqa: PTH112 - no Path
        )
    store.forget_failures(gone)


def _missing(store: Store, source: Source, work: Worklist) -> Iterator[tuple[str, KnownFile]]:
    files = store.files_of(source.id)
    while some := dict(islice(files, LOOKUP)):
        met = work.met(tuple(some))
        for path, known in some.items():
            if path not in met and _is_gone(path):
                yield path, known


def _absence(source: Source) -> FailedFile:
    advice = (
        "If it is on a disk or in a network that is not connected, connect it and refresh. "
        "To give its documents up, remove it from the sources."
    )
    if _is_gone(source.path):
        return FailedFile(
            source.path, "source-missing", "The folder is not there; its documents stay.", advice
        )
    return FailedFile(
        source.path, "source-empty", "Nothing is in the folder; its documents stay.", advice
    )


def _is_gone(path: str) -> bool:
    """Return whether there is nothing at ``path``; what cannot be looked at is not gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
