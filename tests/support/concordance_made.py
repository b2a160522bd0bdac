"""Small indexes for the tests of the concordance, and what a plain scan of them finds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from incipit.analysis.lines import Lines, lines_of
from incipit.index.inversion import columns_of

#: Segments of documents of words.
Corpus = list[list[list[str]]]


@dataclass(frozen=True)
class PlainLine:
    """One line as a scan finds it: document id, place and length of the hit, all its words."""

    document: int
    place: int
    length: int
    words: tuple[str, ...]

    def beside(self, offset: int) -> str:
        """Return the word ``offset`` beside the hit, empty where there is none."""
        at = self.place + offset if offset < 0 else self.place + self.length + offset - 1
        return self.words[at] if 0 <= at < len(self.words) else ""

    def hit(self) -> tuple[str, ...]:
        return self.words[self.place : self.place + self.length]


def segments_of(corpus: Corpus, first_key: int = 0):
    """Return the columns of each segment; document ids count from ``first_key``."""
    made, key = [], first_key
    for texts in corpus:
        made.append(columns_of(texts, range(key, key + len(texts))))
        key += len(texts)
    return made


def made(corpus: Corpus, word: str, length: int = 1) -> tuple[Lines, list[PlainLine]]:
    """Return the lines of all hits that begin with ``word``, and the same by a plain scan."""
    segments = segments_of(corpus)
    spans, plain, key = [], [], 0
    for texts in corpus:
        found, offset = [], 0
        for words in texts:
            for place, other in enumerate(words):
                if other == word and place + length <= len(words):
                    found.append((offset + place, offset + place + length))
                    plain.append(PlainLine(key, place, length, tuple(words)))
            offset += len(words)
            key += 1
        spans.append(np.array(found, np.int64).reshape(-1, 2))
    return lines_of(segments, spans), plain


def plain_of(lines: Lines, numbers, corpus: Corpus) -> list[PlainLine]:
    """Return lines by their numbers as a scan would write them down."""
    texts = [words for segment in corpus for words in segment]
    return [
        PlainLine(
            int(lines.documents[n]),
            int(lines.starts[n] - lines.doc_starts[n]),
            int(lines.ends[n] - lines.starts[n]),
            tuple(texts[int(lines.documents[n])]),
        )
        for n in np.asarray(numbers).tolist()
    ]
