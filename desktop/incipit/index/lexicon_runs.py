"""The lexicons of several segments side by side: of each the same run of the alphabet.

No word is in two runs, so what is done to all words together can be done run by run, and the
memory that takes does not grow with the vocabularies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from incipit.models import TokenColumns

#: Words of all segments at hand at once: about 10 MB.
_WORDS_AT_ONCE = 1 << 17

#: Words of one segment at hand, however many segments there are.
_LEAST_OF_ONE = 1 << 8


def lexicon_runs(segments: Sequence[TokenColumns]) -> Iterator[list[list[str]]]:
    """Yield the words of each segment in one run of the alphabet after the other.

    The words of a segment come all, in the order of their terms.
    """
    at_once = max(_WORDS_AT_ONCE // max(len(segments), 1), _LEAST_OF_ONE)
    lexicons = [_Lexicon(segment, at_once) for segment in segments]
    while True:
        for lexicon in lexicons:
            lexicon.fill()
        if not any(lexicon.ahead for lexicon in lexicons):
            return
        borders = [lexicon.ahead[-1] for lexicon in lexicons if lexicon.has_more]
        border = min(borders, default=None)
        yield [lexicon.take(border) for lexicon in lexicons]


class _Lexicon:
    """The words of a segment, of which some are at hand."""

    def __init__(self, segment: TokenColumns, at_once: int) -> None:
        self.ahead: list[str] = []
        self._segment = segment
        self._at_once = at_once
        self._read = 0

    @property
    def has_more(self) -> bool:
        """Return whether there are words beyond those at hand."""
        return self._read < self._segment.term_count

    def fill(self) -> None:
        """Read so that as many words are at hand as may be."""
        end = min(self._read + self._at_once - len(self.ahead), self._segment.term_count)
        self.ahead += self._segment.words(self._read, end)
        self._read = end

    def take(self, border: str | None) -> list[str]:
        """Return the words up to ``border``, or all, which are then no longer at hand."""
        # Strings sort by code points, which is how their UTF-8 sorts.
        count = len(self.ahead) if border is None else bisect_right(self.ahead, border)
        taken, self.ahead = self.ahead[:count], self.ahead[count:]
        return taken
