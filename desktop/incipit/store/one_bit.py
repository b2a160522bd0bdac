"""Finding the one bit of a row that changed, by the checksum of the row: pure functions.

What changes on a disk unnoticed is mostly one bit: a cell of a memory on the way, or of the disk
where its own correction failed. A row has a few thousand bits, so each can be tried; that
another change passes for it has a chance of one in a million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from incipit.store.checksums import Value

# SQLite stores an integer in 1, 2, 3, 4, 6 or 8 bytes; the first of these bits is the sign.
_SIGNS = (7, 15, 23, 31, 47, 63)
_BITS = 64
_LEAST, _MOST = -(1 << 63), (1 << 63) - 1


def before_change(
    values: Sequence[Value], expected: Value, checksum: Callable[..., int]
) -> tuple[int, Value] | None:
    """Return which of ``values`` differed in one bit, and what it was, where that was so.

    ``expected`` is the checksum that the row has.
    """
    for place, value in enumerate(values):
        before, behind = values[:place], values[place + 1 :]
        for one in _one_bit_off(value):
            if checksum(*before, one, *behind) == expected:
                return place, one
    return None


def is_one_bit_off(value: Value, other: Value) -> bool:
    """Return whether one bit of ``value`` makes it ``other``."""
    return any(one == other for one in _one_bit_off(value))


def _one_bit_off(value: Value) -> Iterator[int | bytes]:
    if isinstance(value, bytes):
        for bit in range(8 * len(value)):
            changed = bytearray(value)
            changed[bit >> 3] ^= 1 << (bit & 7)
            yield bytes(changed)
    elif value is not None:
        candidates = [value ^ (1 << bit) for bit in range(_BITS - 1)]
        candidates += [value + sign * (1 << bit) for bit in _SIGNS for sign in (1, -1)]
        yield from (one for one in candidates if _LEAST <= one <= _MOST)
