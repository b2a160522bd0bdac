"""Corpora for measuring the index: generated from a seed, or any folder of text.

A corpus is kept as packs, files of about a thousand documents one after the other, so that all
engines read the same bytes in the same way and none is measured on opening files.

The generator draws words from a Zipf law with two regimes (Ferrer i Cancho and Solé 2001):
ranks up to ``HEAD_RANKS`` by 1/(rank + 2.7), rarer ones by a steeper power without an end, so
that the vocabulary keeps growing. A share of the words of a document repeats earlier ones of it
(Simon 1955), as a text has its topic. The shares are such that a document of 8,000 characters
has about 1,450 words, 600 of them different, as English news has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEPARATOR = "\0"
PACK_DOCUMENTS = 1000
HEAD_RANKS = 8000
TAIL_POWER = 1.4
REPEATED = 0.33
DOCUMENT_CHARS = 8000

_CONSONANTS = "bcdfghjklmnprstv"
_VOWELS = "aeiou"
_SYLLABLES = [c + v for c in _CONSONANTS for v in _VOWELS][:79]


@dataclass(frozen=True)
class Corpus:
    """Packs on disk, with the number of their documents and the bytes of their text."""

    name: str
    packs: tuple[Path, ...]
    documents: int
    text_bytes: int


def generated(count: int, folder: Path, seed: int = 1) -> Corpus:
    """Return a generated corpus of ``count`` documents, made where it is not there yet."""
    packs = []
    for start in range(0, count, PACK_DOCUMENTS):
        numbers = range(start, min(start + PACK_DOCUMENTS, count))
        path = folder / f"seed{seed}-{start:07}-{len(numbers)}.pack"
        if not path.exists():
            path.write_text(SEPARATOR.join(_document(seed, n) for n in numbers), "utf-8")
        packs.append(path)
    return _described(f"generated, {count:,}", packs)


def from_folder(source: Path, folder: Path) -> Corpus:
    """Return the text files below ``source`` as a corpus; they are read as UTF-8."""
    texts = [
        path.read_bytes().decode("utf-8", "replace").replace(SEPARATOR, " ")
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.suffix in (".txt", ".md", ".csv", ".log", ".html")
    ]
    if not texts:
        raise SystemExit(f"no text files below {source}")
    packs = []
    for start in range(0, len(texts), PACK_DOCUMENTS):
        path = folder / f"folder-{start:07}.pack"
        path.write_text(SEPARATOR.join(texts[start : start + PACK_DOCUMENTS]), "utf-8")
        packs.append(path)
    return _described(f"{source.name}, {len(texts):,}", packs)


def texts_of(pack: Path) -> list[str]:
    """Return the documents of a pack."""
    return pack.read_bytes().decode("utf-8").split(SEPARATOR)


def numbered_packs(corpus: Corpus) -> Iterator[tuple[int, Path]]:
    """Yield each pack with the number of its first document."""
    for place, pack in enumerate(corpus.packs):
        yield place * PACK_DOCUMENTS, pack


def _described(name: str, packs: list[Path]) -> Corpus:
    documents = sum(pack.read_bytes().count(SEPARATOR.encode()) + 1 for pack in packs)
    text_bytes = sum(pack.stat().st_size for pack in packs) - documents
    return Corpus(name, tuple(packs), documents, text_bytes)


def _document(seed: int, number: int) -> str:
    rng = np.random.default_rng([seed, number])
    count = DOCUMENT_CHARS // 4
    new = rng.random(count) >= REPEATED
    new[0] = True
    ranks = _ranks(rng, int(new.sum()))
    # An old word is any of the new ones before it.
    places = (rng.random(count) * np.cumsum(new)).astype(np.int64)
    places[new] = np.arange(ranks.size)
    return " ".join(map(word, ranks[places].tolist()))[:DOCUMENT_CHARS]


def _ranks(rng: np.random.Generator, count: int) -> np.ndarray:
    """Draw ranks from 0: the head by a table, the tail by inversion of its power law."""
    drawn = rng.random(count)
    ranks = np.searchsorted(_HEAD, drawn)
    tail = drawn >= _HEAD[-1]
    left = (1 - drawn[tail]) / (1 - _HEAD[-1])
    ranks[tail] = np.minimum(HEAD_RANKS * left ** (-1 / TAIL_POWER), 1e9)
    return ranks


def _head() -> np.ndarray:
    weights = 1 / (np.arange(HEAD_RANKS) + 2.7)
    tail = HEAD_RANKS * weights[-1] / TAIL_POWER
    return np.cumsum(weights) / (weights.sum() + tail)


def word(rank: int) -> str:
    """Return the word of a rank: shorter for common ones, in an order of its own."""
    base, level = len(_SYLLABLES), 1
    while rank >= base**level:
        rank -= base**level
        level += 1
    # Stepping by a number prime to the base visits every word of a length once.
    place = (rank * 2_654_435_761 + 97) % base**level
    text, last = "", _CONSONANTS[rank % len(_CONSONANTS)]
    for _ in range(level):
        place, digit = divmod(place, base)
        text += _SYLLABLES[digit]
    return text + last


_HEAD = _head()
