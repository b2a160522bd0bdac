"""Files that failed, and files that are gone: each by itself, and long lists as one value."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from incipit.models.packed import LazySequence, PackedTexts


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that was not imported, why, and what the user can do."""

    path: str
    code: str
    reason: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class VanishedFile:
    """A document whose file is no longer where it was."""

    document_id: int
    path: str


class FailedFiles(LazySequence[FailedFile]):
    """Failures in their order. It grows by :meth:`extend` only.

    A folder of pictures gives hundreds of thousands. Here each takes what its path and reason
    do not have in common with those around it; codes and advice repeat, and are kept once.
    """

    __slots__ = ("_kinds", "_known", "_names", "_texts")

    def __init__(self, failures: Iterable[FailedFile] = ()) -> None:
        self._texts = PackedTexts(2)
        self._kinds = array("L")
        self._known: dict[tuple[str, str], int] = {}
        self._names: list[tuple[str, str]] = []
        self.extend(failures)

    def extend(self, failures: Iterable[FailedFile]) -> None:
        """Add failures behind those that are there."""
        for one in failures:
            kind = (one.code, one.advice)
            if kind not in self._known:
                self._known[kind] = len(self._names)
                self._names.append(kind)
            self._texts.append(one.path, one.reason)
            self._kinds.append(self._known[kind])

    def __len__(self) -> int:
        """Return the number of failures."""
        return len(self._kinds)

    def _at(self, at: int) -> FailedFile:
        path, reason = self._texts[at]
        code, advice = self._names[self._kinds[at]]
        return FailedFile(path, code, reason, advice)


class VanishedFiles(LazySequence[VanishedFile]):
    """Documents without their files, in their order: a million where a folder was emptied."""

    __slots__ = ("_ids", "_paths")

    def __init__(self, vanished: Iterable[VanishedFile] = ()) -> None:
        self._paths = PackedTexts(1)
        self._ids = array("q")
        for one in vanished:
            self._paths.append(one.path)
            self._ids.append(one.document_id)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._ids)

    @property
    def ids(self) -> Sequence[int]:
        """Return the ids of the documents, in the same order."""
        return self._ids

    def _at(self, at: int) -> VanishedFile:
        (path,) = self._paths[at]
        return VanishedFile(self._ids[at], path)
