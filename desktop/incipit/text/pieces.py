r"""A text that is too long to be held, in pieces: line ends, normal form, and where to cut it.

Each function takes pieces that were cut anywhere and yields pieces that together are what the
whole would have become. Where there is no place to cut, a piece waits for the next.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from string import ascii_letters, digits

from incipit.text.characters import SEPARATOR, SINGLE, class_of
from incipit.text.folding import MAX_TERM_CP, folded

#: Code points that are tokenised at once: a list of terms takes ten times the memory of its text,
#: in Chinese, where every character is one, thirty times.
PIECE_CP = 1 << 16

#: How much of the beginning of an endless word is kept for its term.
_BEGINNING_CP = 4_096

_ASCII_LETTERS = ascii_letters + digits


def without_mark(pieces: Iterable[str], mark: str) -> Iterator[str]:
    """Yield pieces without the mark that the first may begin with; none is empty."""
    rest = iter(pieces)
    first = next((piece for piece in rest if piece), "").removeprefix(mark)
    if first:
        yield first
    yield from filter(None, rest)


def with_one_line_end(pieces: Iterable[str]) -> Iterator[str]:
    r"""Yield pieces with ``\n`` as their only line end."""
    waiting = ""
    for piece in pieces:
        text = waiting + piece
        # The other half of this line end may begin the next piece.
        waiting = "\r" if text.endswith("\r") else ""
        text = text.removesuffix(waiting)
        if text:
            yield text.replace("\r\n", "\n").replace("\r", "\n")
    if waiting:
        yield "\n"


def composed(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces in NFC."""
    for piece in _cut(pieces, _last_beginning):
        if piece.isascii() or unicodedata.is_normalized("NFC", piece):
            yield piece
        else:
            yield unicodedata.normalize("NFC", piece)


def begins_by_itself(char: str) -> bool:
    """Return whether a character never composes with one before it, as far as that is plain.

    It is for ASCII, the letters of Latin, Chinese characters and syllables of Hangul.
    """
    return char < "\u0300" or "\u3400" <= char <= "\ua4cf" or "\uac00" <= char <= "\ud7a3"


def between_tokens(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces that end where tokens end, so that their terms are those of the whole.

    A piece is about `PIECE_CP` long, however long those are that come. Of a word that is longer
    only as much is kept as its term has of it.
    """
    return _cut(_sliced(pieces), last_token_end, shortened=_shortened)


def _sliced(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        for start in range(0, len(piece), PIECE_CP):
            yield piece[start : start + PIECE_CP]


def _last_beginning(piece: str) -> int:
    return next((at for at in reversed(range(len(piece))) if begins_by_itself(piece[at])), -1)


def last_token_end(piece: str) -> int:
    """Return the last place at which a text can be cut without cutting a token; -1: nowhere.

    A mark or a joiner behind it belongs to the token before it, and stays with it.
    """
    if piece.isascii():
        # A megabyte of nucleotides has no token's end: it should not take a second to see it.
        return len(piece.rstrip(_ASCII_LETTERS)) - 1
    return next((at for at in reversed(range(len(piece))) if _ends_a_token(piece[at])), -1)


def _ends_a_token(char: str) -> bool:
    return class_of(char) in (SEPARATOR, SINGLE)


def _shortened(text: str) -> str:
    """Return the beginning of what has no place to cut, if that is enough for its term."""
    beginning = text[:_BEGINNING_CP]
    return beginning if len(folded(beginning)) > MAX_TERM_CP else text


def _cut(
    pieces: Iterable[str],
    last: Callable[[str], int],
    *,
    shortened: Callable[[str], str] = lambda text: text,
) -> Iterator[str]:
    """Yield pieces cut before the ``last`` place of each (-1: there is none)."""
    waiting = ""
    for piece in pieces:
        at = last(piece)
        if at < 0 or (at == 0 and not waiting):
            waiting = shortened(waiting + piece)
            continue
        yield waiting + piece[:at]
        waiting = piece[at:]
    if waiting:
        yield waiting
