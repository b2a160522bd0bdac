"""Long lists of values with texts, as one value: small to keep, quick to send to a process."""

from __future__ import annotations

import zlib
from abc import abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import eq
from typing import TypeVar, overload

Row = TypeVar("Row")

_ERRORS = "surrogatepass"
#: Enough that the paths of a folder are kept about once, few enough to unpack while a row is shown.
_ROWS_AT_ONCE = 128


class PackedTexts:
    """Rows of ``columns`` texts each, which grow at the end only; compressed some at a time.

    Any thread may read while none adds.
    """

    __slots__ = ("_blocks", "_columns", "_open", "_tail")

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._blocks: list[bytes] = []
        self._tail: list[str] = []
        self._open: tuple[int, list[str]] = (-1, [])

    def append(self, *texts: str) -> None:
        """Add a row."""
        self._tail += texts
        if len(self._tail) == _ROWS_AT_ONCE * self._columns:
            self._blocks.append(_packed(self._tail))
            self._tail = []

    def __getitem__(self, row: int) -> Sequence[str]:
        """Return the texts of a row, which must be there."""
        block, at = divmod(row, _ROWS_AT_ONCE)
        # Who reads one row reads the next, most often.
        number, texts = self._open
        if number != block:
            full = block < len(self._blocks)
            texts = _unpacked(self._blocks[block], self._columns) if full else self._tail
            self._open = (block, texts) if full else self._open
        return texts[at * self._columns : (at + 1) * self._columns]


class LazySequence(Sequence[Row]):
    """Values in their order, made as they are asked for; equal to any sequence of the same."""

    __slots__ = ()

    @abstractmethod
    def _at(self, at: int) -> Row:
        """Return the value at a place that is there."""

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        """Return one value, or a tuple of several."""
        if isinstance(index, slice):
            return tuple(self._at(at) for at in range(len(self))[index])
        return self._at(range(len(self))[index])

    def __iter__(self) -> Iterator[Row]:
        """Yield the values."""
        return (self._at(at) for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Return whether ``other`` is a sequence of the same values."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment] # it grows

    def __repr__(self) -> str:
        """Return the values in full, for tests that fail."""
        return f"{type(self).__name__}({list(self)!r})"


def _packed(texts: Iterable[str]) -> bytes:
    parts = [text.encode("utf-8", _ERRORS) for text in texts]
    ends = array("Q", accumulate(map(len, parts)))
    return zlib.compress(ends.tobytes() + b"".join(parts), 1)


def _unpacked(block: bytes, columns: int) -> list[str]:
    data = zlib.decompress(block)
    ends = array("Q")
    begin = _ROWS_AT_ONCE * columns * ends.itemsize
    ends.frombytes(data[:begin])
    return [
        data[begin + start : begin + end].decode("utf-8", _ERRORS)
        for start, end in pairwise((0, *ends))
    ]
