"""A long list of failed files as one value: small to keep, quick to send to another process."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from incipit.models.jobs import FailedFile

_ERRORS = "surrogatepass"


class FailedFiles(Sequence[FailedFile]):
    """Failures in their order; equal to any sequence of the same ones.

    A folder of pictures gives hundreds of thousands. Here each takes the bytes of its path and
    reason; codes and advice repeat, and are kept once. It grows by :meth:`extend` only.
    """

    __slots__ = ("_ends", "_kinds", "_known", "_written")

    def __init__(self, failures: Iterable[FailedFile] = ()) -> None:
        self._written = bytearray()
        self._ends = array("Q")
        self._kinds = array("L")
        self._known: dict[tuple[str, str], int] = {}
        self.extend(failures)

    def extend(self, failures: Iterable[FailedFile]) -> None:
        """Add failures behind those that are there."""
        for one in failures:
            for part in (os.fsencode(one.path), one.reason.encode("utf-8", _ERRORS)):
                self._written += part
                self._ends.append(len(self._written))
            kind = (one.code, one.advice)
            self._kinds.append(self._known.setdefault(kind, len(self._known)))

    def __len__(self) -> int:
        """Return the number of failures."""
        return len(self._kinds)

    @overload
    def __getitem__(self, index: int) -> FailedFile: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FailedFile]: ...
    def __getitem__(self, index: int | slice) -> FailedFile | Sequence[FailedFile]:
        """Return one failure, or a tuple of several."""
        kinds = list(self._known)
        if isinstance(index, slice):
            return tuple(self._at(at, kinds) for at in range(len(self))[index])
        return self._at(range(len(self))[index], kinds)

    def __iter__(self) -> Iterator[FailedFile]:
        """Yield the failures."""
        kinds = list(self._known)
        return (self._at(at, kinds) for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Return whether ``other`` is a sequence of the same failures."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(FailedFile.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment] # it grows

    def __repr__(self) -> str:
        """Return the failures in full, for tests that fail."""
        return f"{type(self).__name__}({list(self)!r})"

    def _at(self, at: int, kinds: Sequence[tuple[str, str]]) -> FailedFile:
        begin = self._ends[2 * at - 1] if at else 0
        middle, end = self._ends[2 * at], self._ends[2 * at + 1]
        code, advice = kinds[self._kinds[at]]
        return FailedFile(
            os.fsdecode(bytes(self._written[begin:middle])),
            code,
            self._written[middle:end].decode("utf-8", _ERRORS),
            advice,
        )
