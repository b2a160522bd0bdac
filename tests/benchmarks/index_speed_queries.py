"""The classes of queries that are measured, with words taken from the corpus itself."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from index_speed_corpora import Corpus, texts_of

from incipit.text.tokens import terms

KINDS = (
    "word",
    "rare phrase",
    "common phrase",
    "or of three",
    "and of two",
    "prefix",
    "fuzzy",
)

#: How a mixed log of queries is composed.
MIX = {
    "word": 4,
    "rare phrase": 4,
    "common phrase": 1,
    "or of three": 2,
    "and of two": 5,
    "prefix": 3,
    "fuzzy": 1,
}


@dataclass(frozen=True)
class Query:
    """One query of a class; ``words`` are its operands."""

    kind: str
    words: tuple[str, ...]


class Chooser:
    """Draws queries of each class, the same ones for every engine."""

    def __init__(self, corpus: Corpus, seed: int = 3) -> None:
        self._random = random.Random(seed)
        self._texts = [terms(text) for text in texts_of(corpus.packs[0])[:300]]
        counts = Counter(word for text in self._texts for word in text)
        ranked = [word for word, _ in counts.most_common()]
        self._top = ranked[:12]
        # A small vocabulary has no middle: any word will do then.
        self._common = ranked[40:200] if len(ranked) > 200 else ranked
        self._middle = [word for word in ranked[500:3000] if len(word) >= 4] or ranked
        pairs = Counter(pair for text in self._texts for pair in pairwise(text))
        top = set(self._top)
        often = [pair for pair, _ in pairs.most_common()]
        self._common_pairs = ([p for p in often if set(p) <= top] or often)[:5]

    def one(self, kind: str) -> Query:
        """Return a query of a class."""
        draw = self._random
        if kind == "common phrase":
            return Query(kind, draw.choice(self._common_pairs))
        if kind == "rare phrase":
            text = draw.choice([text for text in self._texts if len(text) > 10])
            at = draw.randrange(len(text) - 4)
            return Query(kind, tuple(text[at : at + 3]))
        if kind == "or of three":
            return Query(kind, tuple(draw.sample(self._common, 3)))
        if kind == "and of two":
            return Query(kind, (draw.choice(self._common), draw.choice(self._middle)))
        word = draw.choice(self._middle)
        if kind == "prefix":
            return Query(kind, (word[:4],))
        return Query(kind, (word,))

    def several(self, kind: str, count: int) -> list[Query]:
        """Return ``count`` queries of a class."""
        return [self.one(kind) for _ in range(count)]

    def mixed(self, count: int) -> list[Query]:
        """Return a log of queries of all classes."""
        kinds = self._random.choices(list(MIX), list(MIX.values()), k=count)
        return [self.one(kind) for kind in kinds]
