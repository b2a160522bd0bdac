"""Texts cut from longer ones: which they are, and how likely each edge is a torn word.

A slab is one long line without a heading, cut at a count of characters and not at the end of
a word. Its first and last token are left out of titles and statistics. Whether the edge is
torn cannot be seen from the token alone (`he` may be `the`), so it is estimated from the
words of the corpus.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

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
    starts = tokenise(text[:_EDGE_CP]).starts_cp
    return int(starts[1]) if len(starts) > 1 else 0


class TornEdges:
    """How likely the first and the last token of a slab are torn words, by a corpus's words.

    A cut falls on every character alike. So the token ``s`` at the start of a slab comes from
    each word of the corpus that ends in ``s`` in proportion to that word's frequency, and
    from ``s`` itself in proportion to its own: Bayes' rule with the corpus as the prior.
    ``counts`` are the tokens of each word, the edges of slabs left out; ``keeps_spaces`` says
    whether slabs were left as cut, so that one cut beside a space begins or ends with it.
    """

    def __init__(self, counts: Mapping[str, int], *, keeps_spaces: bool = True) -> None:
        self._counts = counts
        self._keeps_spaces = keeps_spaces
        self._by_start = _Tally(counts)
        self._by_end = _Tally({word[::-1]: count for word, count in counts.items()})

    def first_torn(self, token: str) -> float:
        """Return the likelihood, 0 to 1, that ``token`` at a slab's start lacks its beginning."""
        return self._torn(token, self._by_end.beginning_with(token[::-1]))

    def last_torn(self, token: str) -> float:
        """Return the likelihood, 0 to 1, that ``token`` at a slab's end lacks its end."""
        return self._torn(token, self._by_start.beginning_with(token))

    def _torn(self, token: str, with_whole: int) -> float:
        whole = self._counts.get(token, 0)
        longer = with_whole - whole
        if not self._keeps_spaces:
            whole *= 2
        # A word that the corpus does not know is as likely a torn unknown one: half a token
        # to each side keeps the estimate off 0 and 1.
        return (longer + 0.5) / (longer + whole + 1.0)


class _Tally:
    """Sums of counts over the words that begin alike."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._words = sorted(counts)
        self._sums = [0, *accumulate(counts[word] for word in self._words)]

    def beginning_with(self, start: str) -> int:
        first = bisect_left(self._words, start)
        end = bisect_left(self._words, start + chr(0x10FFFF), first)
        return self._sums[end] - self._sums[first]
