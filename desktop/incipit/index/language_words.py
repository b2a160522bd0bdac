"""From what was typed as a word or a phrase to leaves of the query tree.

Owns wildcards, fuzzy words, compounds and the order of words in a phrase. Words are cut and
folded by the tokeniser that made the index, so that whatever stands in a text can be typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from whoosh import query as wq

from incipit.index.inversion import CONTENT
from incipit.index.query_nodes import Near
from incipit.text.tokens import terms, tokenise

MAX_EDITS = 2
MAX_WORDS_BETWEEN = 1_000

#: Words of a phrase that holds a wildcard or words between, since each nests the tree deeper.
MAX_PATTERN_WORDS = 50

_WILDCARDS = re.compile(r"[*?]")
_STARS = re.compile(r"\*+")
_FUZZY = re.compile(r"~(\d*)$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or pattern as typed, folded; ``*`` alone is any one word."""

    text: str

    @property
    def is_any_word(self) -> bool:
        return self.text == "*"


def word_query(text: str, notes: list[str]) -> wq.Query | None:
    """Return what a run of characters without spaces stands for: a word, pattern or phrase.

    None stands for nothing that can be searched; ``notes`` receives plain sentences.
    """
    return _chain(_elements(text, notes), 1, notes, quoted=False)


def phrase_query(text: str, words_between: int, notes: list[str]) -> wq.Query | None:
    """Return the words of ``text`` in order, at most ``words_between`` between neighbours.

    What is typed without a space stays together: ``S-400`` is one thing in any phrase.
    """
    chunks = [_elements(chunk, notes) for chunk in text.split()]
    if words_between == 0:
        return _chain([element for chunk in chunks for element in chunk], 1, notes, quoted=True)
    elements: list[wq.Query | None] = []
    for chunk in chunks:
        if len(chunk) > 1:
            elements.append(_chain(chunk, 1, notes, quoted=True))
        else:
            elements.extend(chunk)
    return _chain(elements, 1 + words_between, notes, quoted=True)


def plain_word(query: wq.Query | None) -> str | None:
    """Return the word where ``query`` is one word as it stands."""
    return str(query.text) if query is not None and type(query) is wq.Term else None


def _elements(chunk: str, notes: list[str]) -> list[wq.Query | None]:
    """Return the leaves of a run without spaces, in order; None is any one word."""
    fuzzy = _FUZZY.search(chunk)
    edits = 0
    if fuzzy:
        chunk = chunk[: fuzzy.start()]
        edits = min(int(fuzzy[1][:9] or 1), MAX_EDITS + 1)
        if edits > MAX_EDITS:
            notes.append(f"A word is searched within at most {MAX_EDITS} edits.")
            edits = MAX_EDITS
    pieces = _pieces(chunk)
    leaves = [None if piece.is_any_word else _leaf(piece.text) for piece in pieces]
    if edits and leaves:
        last = leaves[-1]
        if last is not None and type(last) is wq.Term:
            leaves[-1] = wq.FuzzyTerm(
                CONTENT, last.text, maxdist=edits, prefixlength=0, constantscore=False
            )
        else:
            notes.append("A word with * or ? cannot be fuzzy as well, so its ~ is left out.")
    return leaves


def _leaf(text: str) -> wq.Query:
    if not _WILDCARDS.search(text):
        return wq.Term(CONTENT, text)
    if text.endswith("*") and not _WILDCARDS.search(text[:-1]):
        return wq.Prefix(CONTENT, text[:-1], constantscore=False)
    return wq.Wildcard(CONTENT, text, constantscore=False)


def _pieces(chunk: str) -> list[_Piece]:
    """Cut a run into words, with the wildcards that touch them."""
    if not _WILDCARDS.search(chunk):
        return list(map(_Piece, terms(chunk)))
    tokens = tokenise(chunk)
    items = [
        (start, end, term, False)
        for term, start, end in zip(
            tokens.terms, tokens.starts_cp.tolist(), tokens.ends_cp.tolist(), strict=True
        )
    ]
    items += [(found.start(), found.end(), found[0], True) for found in _WILDCARDS.finditer(chunk)]
    items.sort()
    texts: list[str] = []
    before = (0, -1, "", False)
    for item in items:
        touches = item[0] == before[1] and (item[3] or before[3])
        if touches:
            texts[-1] += item[2]
        else:
            texts.append(item[2])
        before = item
    return [_Piece(_STARS.sub("*", text)) for text in texts]


def _chain(
    elements: Sequence[wq.Query | None], slop: int, notes: list[str], *, quoted: bool
) -> wq.Query | None:
    """Join leaves in order; a None between two is one more word between them."""
    places = [place for place, element in enumerate(elements) if element is not None]
    if len(places) < len(elements) and (not places or places[-1] - places[0] < len(elements) - 1):
        notes.append(
            "A * at the edge of a phrase is left out."
            if quoted
            else "A * by itself is left out: give it the beginning or the end of a word."
        )
    words = [element for element in elements if element is not None]
    if len(words) <= 1:
        return words[0] if words else None
    gaps = [after - before - 1 for before, after in pairwise(places)]
    plain = all(type(word) is wq.Term for word in words) and not any(gaps)
    if len(words) > MAX_PATTERN_WORDS and not (plain and slop == 1):
        notes.append(
            f"A phrase with patterns or words between holds at most {MAX_PATTERN_WORDS} words; "
            "the rest of it is left out."
        )
        words = words[:MAX_PATTERN_WORDS]
    if plain:
        return wq.Phrase(CONTENT, [word.text for word in words], slop=slop)
    query = words[0]
    for gap, word in zip(gaps, words[1:], strict=False):
        query = Near(query, word, slop=slop + gap, ordered=True, mindist=1 + gap)
    return query
