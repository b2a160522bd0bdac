"""The order of a concordance: by words around the hit, by the hit, by place, or by chance.

An order is an array of line numbers. All orders are total: lines that are equal in every key
stand by document id, then by place, so that the same question always has the same answer,
however the index is cut into segments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incipit.analysis.alphabet import Alphabet
from incipit.analysis.lines import Lines
from incipit.errors import UserError
from incipit.models import TokenColumns

#: How many words to each side of the hit can be sorted by.
REACH = 5
MOST_KEYS = 3
#: Words of a hit that are compared. A phrase has few; a near may span very many.
_HIT_WORDS = 12
_KEY_BITS = 64


class LineKey(StrEnum):
    """What lines can be sorted by: L1 is the word left of the hit, R1 the word right of it."""

    L5 = "L5"
    L4 = "L4"
    L3 = "L3"
    L2 = "L2"
    L1 = "L1"
    HIT = "hit"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    DOCUMENT = "document"
    POSITION = "position"
    RANDOM = "random"

    @property
    def offset(self) -> int | None:
        """Return -5 to 5 for a word beside the hit, None for what is none."""
        if self.value[0] not in "LR":
            return None
        return int(self.value[1]) * (-1 if self.value[0] == "L" else 1)


IN_ORDER = (LineKey.DOCUMENT, LineKey.POSITION)


def parse_keys(text: str) -> tuple[LineKey, ...]:
    """Return the keys of for example ``R1,L1,document``; case makes no difference.

    Raises: UserError (``sort``).
    """
    known = {key.value.lower(): key for key in LineKey}
    names = [name.strip().lower() for name in text.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown or len(names) > MOST_KEYS:
        raise UserError(
            f"Lines cannot be sorted by “{text}”.",
            advice=f"Give up to {MOST_KEYS} of: {', '.join(LineKey)}.",
            code="sort",
        )
    return tuple(dict.fromkeys(known[name] for name in names))


def keys_or_default(text: str) -> tuple[LineKey, ...]:
    """Return the keys of a text, or the order of documents where it names none."""
    try:
        return parse_keys(text)
    except UserError:
        return IN_ORDER


def order_of(
    lines: Lines,
    keys: Sequence[LineKey],
    *,
    alphabet: Callable[[], Alphabet],
    document_ranks: Callable[[], NDArray[np.int64]],
    seed: int = 0,
) -> NDArray[np.int64]:
    """Return the numbers of all lines in the order of ``keys``, int64 (len(lines),).

    ``alphabet`` and ``document_ranks`` (the rank of each document by its id, -1 for none) are
    asked for only where a key needs them. A word that is not there sorts before all others.
    """
    beside = [key.offset for key in keys if key.offset is not None]
    words = iter(_word_ranks(lines, beside, alphabet()) if beside else ())
    columns: list[NDArray[Any]] = []
    for key in keys:
        if key is LineKey.RANDOM:
            # As many bits of chance as fit beside a line's number; the rest would change
            # nothing but the order of two lines that are alike in all of these.
            bits = _KEY_BITS - max(len(lines) - 1, 1).bit_length()
            columns.append((chance(lines, seed) >> np.uint64(65 - bits)).astype(np.int64))
        elif key is LineKey.DOCUMENT:
            columns.append(_ranked(lines.documents, document_ranks()))
        elif key is LineKey.POSITION:
            columns.append(lines.tokens_before())
        elif key is LineKey.HIT:
            columns += _hit_ranks(lines, alphabet())
        else:
            columns.append(next(words))
    if len(lines) and np.diff(lines.documents).min(initial=0) < 0:
        columns.append(lines.documents)
    return ordered_by(columns, len(lines))


def ordered_by(columns: Sequence[NDArray[Any]], count: int) -> NDArray[np.int64]:
    """Return the stable order of ``count`` rows by columns of numbers from 0, the first first.

    Several columns are packed into one number of 64 bits together with the row's own number,
    which NumPy sorts with SIMD: 500,000 rows by three words in two passes. Sorting by
    argsort or lexsort takes some ten times as long.
    """
    numbers: NDArray[np.uint64] = np.arange(count, dtype=np.uint64)
    order: NDArray[np.int64] | None = None
    index_bits = np.uint64(max(count - 1, 1).bit_length())
    mask = np.uint64((1 << int(index_bits)) - 1)
    for packed in _packed(columns, _KEY_BITS - int(index_bits)):
        values = packed if order is None else packed[order]
        values <<= index_bits
        values |= numbers
        values.sort()
        values &= mask
        places = values.view(np.int64)
        order = places if order is None else order[places]
    return np.arange(count) if order is None else order


def chance(lines: Lines, seed: int) -> NDArray[np.uint64]:
    """Return a number of 64 bits for each line that looks random and is always the same.

    It follows from the seed, the document and the place in it alone, by the mixing function of
    splitmix64 (Steele, Lea and Flood 2014), so that samples and random orders can be repeated,
    also after the index was made anew.
    """
    start = np.full(len(lines), seed & ((1 << 64) - 1), np.uint64)
    mixed = _mix(start + _GOLDEN)
    for part in (lines.documents, lines.tokens_before(), lines.ends - lines.starts):
        mixed = _mix(mixed ^ part.astype(np.uint64))
    return mixed


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = values + _GOLDEN
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed


def _packed(columns: Sequence[NDArray[Any]], room: int) -> list[NDArray[np.uint64]]:
    """Return the columns packed into as few new ones as have ``room`` bits, the last one first."""
    groups: list[NDArray[np.uint64]] = []
    used = room
    for column in reversed(columns):
        least, most = int(column.min(initial=0)), int(column.max(initial=0))
        bits = most.bit_length()
        assert least >= 0
        assert bits <= room
        if not bits:
            continue
        values = column.astype(np.uint64)
        if used + bits <= room:
            values <<= np.uint64(used)
            groups[-1] |= values
            used += bits
        else:
            groups.append(values)
            used = bits
    return groups


def _word_ranks(
    lines: Lines, offsets: Sequence[int], alphabet: Alphabet
) -> list[NDArray[np.uint32]]:
    """Return for each offset the rank from 1 of the words there, 0 where there is none."""
    found = [np.empty(len(lines), np.uint32) for _ in offsets]
    for number, columns, part in lines.blocks():
        for ranks, offset in zip(found, offsets, strict=True):
            places, inside = lines.beside(offset, part)
            ranks[part] = _ranks_at(number, columns, places, inside, alphabet)
    return found


def _hit_ranks(lines: Lines, alphabet: Alphabet) -> list[NDArray[np.uint32]]:
    """Return a column for each word of the hits, as far as they are compared."""
    longest = int((lines.ends - lines.starts).max(initial=0))
    found = [np.empty(len(lines), np.uint32) for _ in range(min(longest, _HIT_WORDS))]
    for number, columns, part in lines.blocks():
        starts, ends = lines.starts[part], lines.ends[part]
        for place, ranks in enumerate(found):
            inside = starts + place < ends
            places = np.where(inside, starts + place, starts)
            ranks[part] = _ranks_at(number, columns, places, inside, alphabet)
    return found


def _ranks_at(
    number: int,
    columns: TokenColumns,
    places: NDArray[np.int64],
    inside: NDArray[np.bool_],
    alphabet: Alphabet,
) -> NDArray[np.int64]:
    """Return the rank from 1 of the word at each place, 0 where it is not ``inside``."""
    ranks = alphabet.ranks(number, columns.terms_at(places)) + 1
    ranks *= inside
    return ranks


def _ranked(documents: NDArray[np.int64], ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rank of each document; those without one come last."""
    known = documents < len(ranks)
    found = np.full(len(documents), -1, np.int64)
    found[known] = ranks[documents[known]]
    return np.where(found < 0, len(ranks), found)
