"""Text to tokens: the terms in order, and the span of each in code points.

Owns what a token is. A token is a maximal run of letters, marks and decimal digits; a
character of a script written without spaces is a token of its own, with its marks. Text in
ASCII takes a fast path whose result is the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.text.characters import (
    IGNORED,
    MARK,
    SINGLE,
    WORD,
    CharacterTable,
    code_points,
)
from incipit.text.folding import MAX_TERM_CP, fold
from incipit.text.pieces import last_token_end

__all__ = [
    "MAX_TERM_CP",
    "TOKENISER",
    "TOKENISER_VERSION",
    "Tokens",
    "count_terms",
    "fold",
    "folded_ascii",
    "terms",
    "tokenise",
    "tokenise_in_parts",
]

#: Raised with every change that gives any text other terms or spans: indexes are rebuilt.
TOKENISER_VERSION = 1

#: The whole identity of the tokeniser: another Unicode version may know more letters.
TOKENISER = f"{TOKENISER_VERSION}/unicode-{unicodedata.unidata_version}"

#: How many words keep their terms at hand. Beyond that all are dropped, which costs little
#: (most words of a text are common) and bounds the memory to some 20 MB.
_MAX_FOLDED = 100_000

#: A part of a long text, tokenised in a few milliseconds.
_PART_CP = 1 << 16

_SPACE = ord(" ")
_UTF_32 = "utf-32-le"


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of one text. The arrays are int64 of shape (len(terms),), ascending.

    Token i is ``text[starts_cp[i]:ends_cp[i]]``, and folds to ``terms[i]``.
    """

    terms: list[str]
    starts_cp: NDArray[np.int64]
    ends_cp: NDArray[np.int64]


def terms(text: str) -> list[str]:
    """Return the terms of ``text`` in order; equal to ``tokenise(text).terms``."""
    if text.isascii():
        return _ascii_terms(text.encode("ascii"))
    codes = code_points(text)
    classes = _TABLE.classes(codes)
    if classes.max() <= WORD:
        return _fold_spaced(codes, classes)
    return _fold_spans(text, *_spans(classes))


def tokenise(text: str) -> Tokens:
    """Return the terms of ``text`` in order, with their spans in code points."""
    if text.isascii():
        data = text.encode("ascii")
        starts, ends = _ascii_spans(data)
        return Tokens(_ascii_terms(data), starts, ends)
    codes = code_points(text)
    classes = _TABLE.classes(codes)
    starts, ends = _spans(classes)
    if classes.max() <= WORD:
        return Tokens(_fold_spaced(codes, classes), starts, ends)
    return Tokens(_fold_spans(text, starts, ends), starts, ends)


def folded_ascii(text: str) -> bytes:
    """Return a text in ASCII, folded, with a space for every separator.

    What spaces part are its terms, but for those longer than `MAX_TERM_CP`, which are cut.
    """
    return text.encode("ascii").translate(_ASCII_FOLDED)


def tokenise_in_parts(text: str) -> Iterator[Tokens]:
    """Yield the tokens of ``text`` in parts; all of them together are those of `tokenise`.

    Of a long text in one call no other thread has its turn for seconds.
    """
    first = 0
    while first < len(text):
        last = _end_of_part(text, first)
        tokens = tokenise(text[first:last])
        yield Tokens(tokens.terms, tokens.starts_cp + first, tokens.ends_cp + first)
        first = last


def count_terms(text: str) -> int:
    """Return the number of terms of ``text``, without holding them all."""
    return sum(len(tokens.terms) for tokens in tokenise_in_parts(text))


def _end_of_part(text: str, first: int) -> int:
    """Return where a part that begins at ``first`` may end without cutting a token."""
    length = _PART_CP
    while first + length < len(text):
        at = last_token_end(text[first : first + length])
        if at > 0:
            return first + at
        length *= 2
    return len(text)


def _ascii_terms(data: bytes) -> list[str]:
    words = data.translate(_ASCII_FOLDED).decode("ascii").split()
    if words and max(map(len, words)) > MAX_TERM_CP:
        return [word[:MAX_TERM_CP] for word in words]
    return words


def _ascii_spans(data: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    inside = np.zeros(len(data) + 2, np.int8)
    np.not_equal(
        np.frombuffer(data.translate(_ASCII_FOLDED), np.uint8), _SPACE, out=inside[1:-1].view(bool)
    )
    edges = np.flatnonzero(np.diff(inside))
    return edges[0::2], edges[1::2]


def _spans(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the spans of the tokens of any text, by the classes of its characters."""
    if not ((classes == MARK) | (classes == IGNORED)).any():
        return _spans_of_letters(classes)
    visible = np.flatnonzero(classes != IGNORED)
    # Ignored characters are left out, so that they neither part a word nor begin or end one;
    # marks then take the class of what they stand on, which a mark after a separator lacks.
    seen = classes[visible]
    is_mark = seen == MARK
    base = np.maximum.accumulate(np.where(is_mark, -1, np.arange(len(seen))))
    carried = np.where(base >= 0, seen[base], 0).astype(np.uint8)
    starts, ends = _spans_of_letters(carried, continued=is_mark)
    return visible[starts], visible[ends - 1] + 1


def _spans_of_letters(
    classes: NDArray[np.uint8], continued: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the spans of runs of WORD and of each SINGLE; ``continued`` never begins one."""
    before = np.empty_like(classes)
    before[:1] = 0
    before[1:] = classes[:-1]
    begins = (classes == SINGLE) | ((classes == WORD) & (before != WORD))
    finishes = (before == SINGLE) | ((before == WORD) & (classes != WORD))
    if continued is not None:
        begins &= ~continued
        finishes &= ~continued
    starts = np.flatnonzero(begins)
    ends = np.flatnonzero(finishes)
    if len(ends) < len(starts):
        ends = np.append(ends, len(classes))
    return starts, ends


def _fold_spaced(codes: NDArray[np.uint32], classes: NDArray[np.uint8]) -> list[str]:
    """Return the terms of a text whose classes are WORD and SEPARATOR alone."""
    spaced = np.where(classes == WORD, codes, np.uint32(_SPACE))
    return _fold_all(spaced.tobytes().decode(_UTF_32).split())


def _fold_spans(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[str]:
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    return _fold_all([text[start:end] for start, end in spans])


def _fold_all(words: list[str]) -> list[str]:
    if len(_FOLDED) > _MAX_FOLDED:
        _FOLDED.clear()
    return list(map(_FOLDED.__getitem__, words))


class _Folded(dict[str, str]):
    """The terms of words met before."""

    def __missing__(self, word: str) -> str:
        term = fold(word)
        if len(word) <= MAX_TERM_CP:
            self[word] = term
        return term


def _ascii_table() -> bytes:
    return bytes(
        ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else _SPACE
        for code in range(256)
    )


_ASCII_FOLDED = _ascii_table()
_TABLE = CharacterTable()
_FOLDED = _Folded()
