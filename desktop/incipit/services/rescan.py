"""Files of known folders that are no longer where they were: moved, or vanished.

A file that is gone and one that is new are the same document where the file system says so
(the same inode, size and time) or where their bytes are the same. What remains is reported and
never removed without asking. Failures of what is gone are forgotten.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from operator import itemgetter
from pathlib import Path

from incipit.models import FailedFile, Source, SourceKind, VanishedFile
from incipit.services.scanning import absolute, lies_in
from incipit.store.library_store import Store
from incipit.store.records import KnownFile, MovedFile, ScannedFile
from incipit.store.worklist import Worklist

#: Files that are looked up at once.
LOOKUP = 500


class Missing:
    """The documents of the given folders whose files were not met by a scan.

    Among them are those of folders that are not there at all, or where nothing is any more: a
    disk that is not connected looks like that. Files of theirs are found again elsewhere, and
    called vanished never. Where a folder is given that is new, it may be one of the known ones
    under another name: then those that are not there any more are looked at too.
    """

    def __init__(self, store: Store, given: Sequence[str], work: Worklist) -> None:
        self._paths: dict[int, str] = {}
        self._hashes: dict[int, bytes] = {}
        self._by_hash: dict[bytes, list[int]] = defaultdict(list)
        self._by_inode: dict[tuple[int | None, int], KnownFile] = {}
        self._absent: list[FailedFile] = []
        self._kept: set[int] = set()
        roots = {absolute(path) for path in given}
        folders = [one for one in store.sources() if one.kind is SourceKind.FOLDER]
        for source in folders:
            if source.path in roots:
                self._look(store, source, work)
        known = {source.path for source in folders}
        if any(not lies_in(root, known) for root in roots):
            for source in folders:
                if source.path not in roots and _is_gone(source.path):
                    self._look_elsewhere(store, source)

    @property
    def absent(self) -> tuple[FailedFile, ...]:
        """Return the given folders of which nothing is there any more, as failures."""
        return tuple(self._absent)

    def hashes(self) -> dict[bytes, int]:
        """Return the hash of each missing file with its document, or one of its documents."""
        left: dict[bytes, int] = {}
        for document_id, file_hash in self._hashes.items():
            if document_id in self._paths:
                left.setdefault(file_hash, document_id)
        return left

    def found_by_inode(self, file: ScannedFile, source_id: int) -> MovedFile | None:
        """Return ``file`` as a missing one that was renamed, where that is certain."""
        known = self._by_inode.get((file.device, file.inode))
        if known is None or (known.size_bytes, known.mtime_ns) != (file.size_bytes, file.mtime_ns):
            return None
        moved = MovedFile(
            document_id=known.id,
            source_id=source_id,
            path=file.path,
            mtime_ns=file.mtime_ns,
            device=file.device,
            inode=file.inode,
        )
        return moved if self._paths.pop(known.id, None) is not None else None

    def claim(self, moved: MovedFile) -> MovedFile | None:
        """Take a document off the missing ones that has the content of ``moved``.

        Of several equal ones it is the one whose path ends most alike. None where other files
        have claimed them all.
        """
        equal = self._by_hash[self._hashes[moved.document_id]]
        left = [document_id for document_id in equal if document_id in self._paths]
        if not left:
            return None
        found = max(left, key=lambda one: _alike_at_the_end(self._paths[one], moved.path))
        del self._paths[found]
        return replace(moved, document_id=found)

    def vanished(self) -> tuple[VanishedFile, ...]:
        """Return the documents that nothing has claimed, by path."""
        return tuple(
            VanishedFile(document_id, path)
            for document_id, path in sorted(self._paths.items(), key=itemgetter(1))
            if document_id not in self._kept
        )

    def _look(self, store: Store, source: Source, work: Worklist) -> None:
        ids = []
        for path, known in _missing(store, source, work):
            self._add(path, known)
            self._hashes[known.id] = known.file_hash
            self._by_hash[known.file_hash].append(known.id)
            ids.append(known.id)
        if ids and len(ids) == source.document_count and not work.met_below(source.path):
            self._absent.append(_absence(source))
            self._kept.update(ids)

    def _look_elsewhere(self, store: Store, source: Source) -> None:
        for path, known in store.files_of(source.id):
            self._add(path, known)
            self._kept.add(known.id)

    def _add(self, path: str, known: KnownFile) -> None:
        self._paths[known.id] = path
        if known.inode is not None:
            self._by_inode[known.device, known.inode] = known


def forget_failures(store: Store, given: Sequence[str], work: Worklist) -> None:
    """Forget failures below the given folders at what is gone, and of folders that were walked.

    ``work`` knows the paths of the files and failures that a scan came upon.
    """
    roots = {absolute(path) for path in given}
    failed = [failure.path for failure in store.failures()]
    below = [path for path in failed if lies_in(path, roots)]
    met = work.met(below)
    store.forget_failures(
        [
            path
            for path in below
            if path not in met and (_is_gone(path) or os.path.isdir(path))  # noqa: PTH112 - no Path
        ]
    )


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


def _alike_at_the_end(one: str, other: str) -> int:
    """Return how many names two paths share, counted from the last."""
    pairs = zip(reversed(Path(one).parts), reversed(Path(other).parts), strict=False)
    return sum(1 for _ in takewhile(lambda names: names[0] == names[1], pairs))


def _is_gone(path: str) -> bool:
    """Return whether there is nothing at ``path``; what cannot be looked at is not gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
