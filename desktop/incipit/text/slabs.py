"""Texts cut from longer ones: which they are, and how likely each edge is a torn word.

A slab is one long line without a heading, cut at a count of characters and not at the end of
a word. Its first and last token are left out of titles and statistics. Whether the edge is
torn cannot be seen from the token alone (`he` may be `the`), so it is estimated from the
words of the corpus.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incipit.text.tokens import tokenise

#: Shorter lines are messages, verses or records rather than pieces cut from something.
MIN_SLAB_CP = 1_000

#: Lengths this near to each other are equal for `looks_cut`: a cut may fall at the end of a
#: word, or have been counted in bytes.
_NEAR = 0.01

#: The share of a text's neighbours that must have its length for it to look cut.
_ENOUGH_NEIGHBOURS = 0.25

_LEAST_NEIGHBOURS = 2

#: How far into a text its first token may reach.
_EDGE_CP = 400

_TO_SECOND_TOKEN = re.compile("[^0-9A-Za-z]*[0-9A-Za-z]+[^0-9A-Za-z]+(?=[0-9A-Za-z])")

_ENDS_OF_TEXT = (".", "!", "?", "…", "。", "！", "？", "؟", "।", '"', "'", "”", "’", "»", ")", "]")


def is_slab_shaped(text: str) -> bool:
    """Return whether ``text`` by itself looks cut from a longer one.

    It does where it is one line of at least `MIN_SLAB_CP` code points that does not both
    begin like a text and end like one.
    """
    line = text.removesuffix("\n")
    if len(line) < MIN_SLAB_CP or "\n" in line:
        return False
    first, last = line[0], line.rstrip()[-1:]
    begins = not first.islower() and not first.isspace()
    return not (begins and last in _ENDS_OF_TEXT)


def looks_cut(length_cp: int, neighbour_lengths_cp: Sequence[int]) -> bool:
    """Return whether a length recurs among the neighbours', as it does where texts were cut.

    ``neighbour_lengths_cp`` are the lengths of the slab-shaped texts of the same folder. The
    last piece of a series is shorter than the rest: it looks cut where the rest do and none
    is much longer.
    """
    if not neighbour_lengths_cp:
        return False
    usual, _ = Counter(neighbour_lengths_cp).most_common(1)[0]
    near = sum(abs(length - usual) <= _NEAR * usual for length in neighbour_lengths_cp)
    if near < _LEAST_NEIGHBOURS or near < _ENOUGH_NEIGHBOURS * len(neighbour_lengths_cp):
        return False
    return length_cp <= usual * (1 + _NEAR)


def opening_start(text: str) -> int:
    """Return the code point at which the second token of a slab begins: its first whole word."""
    beginning = text[:_EDGE_CP]
    if beginning.isascii():
        # As below, in a fifth of the time, which every slab of an import takes.
        found = _TO_SECOND_TOKEN.match(beginning)
        return found.end() if found else 0
    starts = tokenise(beginning).starts_cp
    return int(starts[1]) if len(starts) > 1 else 0


@dataclass(frozen=True, slots=True)
class EndTokens:
    """The first and the last token of a text, and whether nothing stands before or after them."""

    first: str
    last: str
    begins_text: bool
    ends_text: bool


def end_tokens(text: str) -> EndTokens | None:
    """Return the tokens at the ends of ``text``; None where there is none in it."""
    size = _EDGE_CP
    while True:
        # A long text is not taken apart whole: for seconds no other thread would have its turn.
        head, tail = text[:size], text[-size:]
        begun, ended = tokenise(head), tokenise(tail)
        # The token at the other end of a part may be cut.
        if size >= len(text) or min(len(begun.terms), len(ended.terms)) > 1:
            break
        size *= 16
    if not begun.terms:
        return None
    return EndTokens(
        begun.terms[0],
        ended.terms[-1],
        begins_text=bool(begun.starts_cp[0] == 0),
        ends_text=bool(ended.ends_cp[-1] == len(tail)),
    )


class WordTally:
    """How often each word of a corpus stands there, or of a part of it.

    ``words`` are in ascending order, ``counts`` int64 of the same length.
    """

    def __init__(self, words: Sequence[str], counts: NDArray[np.int64]) -> None:
        self._words = words
        self._counts = counts
        # To sort the words by their ends would hold up every other thread until it is done.
        self._text = "\n".join(words) + "\n"
        self._ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)) + 1)

    def of(self, word: str) -> int:
        """Return the count of ``word``."""
        at = bisect_left(self._words, word)
        there = at < len(self._words) and self._words[at] == word
        return int(self._counts[at]) if there else 0

    def beginning_with(self, start: str) -> int:
        """Return the count of all words that begin with ``start``."""
        first = bisect_left(self._words, start)
        end = bisect_left(self._words, start + chr(0x10FFFF), first)
        return int(self._counts[first:end].sum())

    def ending_in(self, end: str) -> int:
        """Return the count of all words that end in ``end``."""
        places = [found.start() for found in re.finditer(re.escape(end) + "\n", self._text)]
        return int(self._counts[np.searchsorted(self._ends, places, side="right")].sum())


class TornEdges:
    """How likely the first and the last token of a slab are torn words, by a corpus's words.

    A cut falls on every character alike. So the token ``s`` at the start of a slab comes from
    each word of the corpus that ends in ``s`` in proportion to that word's frequency, and
    from ``s`` itself in proportion to its own: Bayes' rule with the corpus as the prior.
    ``tallies`` count the tokens of each word, in as many parts as the corpus has, the edges of
    slabs left out; ``keeps_spaces`` says whether slabs were left as cut, so that one cut beside
    a space begins or ends with it.
    """

    def __init__(self, tallies: Sequence[WordTally], *, keeps_spaces: bool = True) -> None:
        self._tallies = tallies
        self._keeps_spaces = keeps_spaces

    def first_torn(self, token: str) -> float:
        """Return the likelihood, 0 to 1, that ``token`` at a slab's start lacks its beginning."""
        return self._torn(token, sum(tally.ending_in(token) for tally in self._tallies))

    def last_torn(self, token: str) -> float:
        """Return the likelihood, 0 to 1, that ``token`` at a slab's end lacks its end."""
        return self._torn(token, sum(tally.beginning_with(token) for tally in self._tallies))

    def _torn(self, token: str, with_whole: int) -> float:
        whole = sum(tally.of(token) for tally in self._tallies)
        longer = with_whole - whole
        if not self._keeps_spaces:
            whole *= 2
        # A word that the corpus does not know is as likely a torn unknown one: half a token
        # to each side keeps the estimate off 0 and 1.
        return (longer + 0.5) / (longer + whole + 1.0)
