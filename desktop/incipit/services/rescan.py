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

from incipit.models import SourceKind, VanishedFile
from incipit.services.scanning import absolute, lies_in
from incipit.store.library_store import Store
from incipit.store.records import KnownFile, MovedFile, ScannedFile
from incipit.store.worklist import Worklist

#: Files that are looked up at once.
LOOKUP = 500


class Missing:
    """The documents of the given folders whose files were not met by a scan."""

    def __init__(self, store: Store, given: Sequence[str], work: Worklist) -> None:
        found = dict(_missing(store, given, work))
        self._paths = {known.id: path for path, known in found.items()}
        self._hashes = {known.id: known.file_hash for known in found.values()}
        self._by_hash: dict[bytes, list[int]] = defaultdict(list)
        for known in found.values():
            self._by_hash[known.file_hash].append(known.id)
        self._by_inode = {
            (known.device, known.inode): known
            for known in found.values()
            if known.inode is not None
        }

    def hashes(self) -> dict[bytes, int]:
        """Return the hash of each missing file with its document, or one of its documents."""
        left: dict[bytes, int] = {}
        for document_id in self._paths:
            left.setdefault(self._hashes[document_id], document_id)
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
        )


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


def _missing(store: Store, given: Sequence[str], work: Worklist) -> Iterator[tuple[str, KnownFile]]:
    roots = {absolute(path) for path in given}
    for source in store.sources():
        if source.kind is SourceKind.FOLDER and source.path in roots:
            files = store.files_of(source.id)
            while some := dict(islice(files, LOOKUP)):
                met = work.met(tuple(some))
                for path, known in some.items():
                    if path not in met and _is_gone(path):
                        yield path, known


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
