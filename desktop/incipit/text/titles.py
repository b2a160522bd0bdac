"""A name for each text: its heading, or its opening words and the words that set it apart.

Pure functions of a text and, for the second kind, of how many documents know a word.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Container
from itertools import pairwise
from operator import itemgetter

from incipit.text.characters import IGNORED, class_of
from incipit.text.slabs import opening_start
from incipit.text.snippets import ELLIPSIS
from incipit.text.stated_titles import (
    is_markup,
    title_in_cues,
    title_in_fields,
    title_in_markup,
)
from incipit.text.tokens import Tokens, tokenise

#: A line longer than this is a paragraph, not a heading.
MAX_HEADING_CP = 120

#: A line with as many fields of a record is a row of a table.
_FIELDS_OF_TABLE = 2

#: A line ending in a full stop is still a heading up to this length.
_LONG_SENTENCE_CP = 60

#: How much longer than a heading the line right below it must be.
_PARAGRAPH_TO_HEADING = 1.5

#: The length of an incipit by itself, and before distinguishing words.
_INCIPIT_CP = 72
_SHORT_INCIPIT_CP = 40

#: How much of a text is read for its title: the beginning of a novel names it well enough.
HEAD_CP = 4_000
BODY_CP = 100_000

_DISTINGUISHING = 3

#: So many of the heaviest words hold three that may stand in a title, but for a table of numbers.
_LOOKED_AT = 24
_BETWEEN = " · "

#: Without these, letters of Persian join that must not, and a family of emoji falls apart.
_JOINERS = "\u200c\u200d"

#: Words in this share of the documents say nothing beside another word.
_EVERYWHERE = 0.9

#: Words in more than this share of the documents set none apart.
_COMMON = 0.5

#: Of the texts that have two independent words, one in about so many has them side by side.
_CHANCE_NEIGHBOURS = 50

_RULES_AND_MARKS = re.compile(r"^(?:#{1,6}\s+|=+\s+|\*+\s*|>\s*)|(?:\s+#+|\s+=+|\*+)$")
_UNDERLINE = re.compile(r"([=\-~*^])\1{2,}")
_RECORD = re.compile(r"\S[,;\t|]\S")
_SENTENCE_INSIDE = re.compile(r"[a-z][.!?]\s+\S")


def heading(text: str) -> str | None:
    """Return the heading of ``text``, one line without markup, or None where it has none.

    The first line with a word is the heading if it is at most `MAX_HEADING_CP` long, is not
    a row of a table, and stands apart: by a blank line, or by being much shorter than the
    line below. A page in markup gives its title, a letter its subject, and subtitles the first
    that is said.
    """
    head = _head(text)
    if is_markup(head):
        return _in_one_line(title_in_markup(head))
    stated = _in_one_line(title_in_fields(head) or title_in_cues(head))
    if stated:
        return stated
    lines = head.split("\n")
    for number, line in enumerate(lines):
        plain = _RULES_AND_MARKS.sub("", line.strip()).strip()
        if not any(map(str.isalnum, plain)):
            continue
        below = lines[number + 1] if number + 1 < len(lines) else ""
        return _clean(plain) if _is_heading(plain, below.strip()) else None
    return None


def incipit(text: str, *, is_slab: bool) -> str:
    """Return the opening words of ``text``, of a slab those after its first, torn word.

    Empty only where the text has no words.
    """
    return _opening_words(text, is_slab, _INCIPIT_CP)


def incipit_title(
    text: str,
    *,
    is_slab: bool,
    document_frequency: Callable[[str], int],
    document_count: int,
) -> str:
    """Return the opening words with the words that set ``text`` apart from the corpus.

    These are the words of highest tf-idf (Spärck Jones 1972; tf as 1 + log), each joined with
    its neighbour where the two stand together more often than not: ``s 400``,
    ``mr erdogan``. ``document_frequency`` tells how many of ``document_count`` documents
    hold a term. A text no longer than a heading is its own title.
    """
    if not is_slab and len(text.strip()) <= MAX_HEADING_CP:
        return _opening_words(text, is_slab, MAX_HEADING_CP)
    tokens = tokenise(text[:BODY_CP])
    first, end = (1, len(tokens.terms) - 1) if is_slab else (0, len(tokens.terms))
    apart = _WordsApart(tokens.terms[first:end], document_frequency, document_count)
    words = [_as_written(text, tokens, words, first) for words in apart.best(_DISTINGUISHING)]
    if not words:
        return incipit(text, is_slab=is_slab)
    return _BETWEEN.join([_opening_words(text, is_slab, _SHORT_INCIPIT_CP), *words])


def _is_heading(line: str, below: str) -> bool:
    if len(line) > MAX_HEADING_CP or _SENTENCE_INSIDE.search(line):
        return False
    # What leads on to the next line is a salutation or prose, what parts fields a table.
    if line.endswith((",", ";", ":", "-")) or len(_RECORD.findall(line)) >= _FIELDS_OF_TABLE:
        return False
    if line.endswith(".") and (below or len(line) > _LONG_SENTENCE_CP):
        return False
    return (
        not below
        or bool(_UNDERLINE.fullmatch(below))
        or len(below) > _PARAGRAPH_TO_HEADING * len(line)
    )


def _head(text: str) -> str:
    """Return the beginning of a text, however far down the page it begins."""
    head = text[:HEAD_CP]
    return text.lstrip()[:HEAD_CP] if head.isspace() else head


def _in_one_line(title: str | None) -> str | None:
    return _clean(title or "")[:MAX_HEADING_CP] or None


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(map(_shown, line))


def _shown(char: str) -> str:
    """Return a character for a line by itself: what is invisible inside a word is left out."""
    if char.isprintable() or char in _JOINERS or char >= "\U000e0000":
        return char
    return "" if class_of(char) == IGNORED else " "


def _clean(line: str) -> str:
    return " ".join(_printable(line).split())


def _opening_words(text: str, is_slab: bool, width_cp: int) -> str:
    head = _head(text)
    start = opening_start(head) if is_slab else _first_word(head)
    words = _clean(head[start : start + 4 * width_cp]).split(" ")
    line = words[0][:width_cp]
    for word in words[1:]:
        room = width_cp - len(line) - 1
        if len(word) > room:
            # An address is longer than a line; its beginning says more than nothing.
            line += f" {word[:room]}" if room > width_cp // 2 else ""
            return line.rstrip(",;:-–— ") + ELLIPSIS
        line = f"{line} {word}"
    return line


def _first_word(head: str) -> int:
    # Most texts begin with a word; what does not is read on.
    for part in (head[:_INCIPIT_CP], head):
        starts = tokenise(part).starts_cp
        if len(starts):
            break
    else:
        return 0
    first = int(starts[0])
    # An opening quotation mark or bracket belongs to the first word.
    while first and not head[first - 1].isspace():
        first -= 1
    return first


def _as_written(text: str, tokens: Tokens, words: tuple[str, ...], first: int) -> str:
    size = len(words)
    at = first - 1
    try:
        while tuple(tokens.terms[at : at + size]) != words or at < first:
            at = tokens.terms.index(words[0], at + 1)
    except ValueError:
        return " ".join(words)
    return _clean(text[tokens.starts_cp[at] : tokens.ends_cp[at + size - 1]])


#: A weight, negative so that the heaviest comes first, and the word or pair that has it.
_Weighted = tuple[float, tuple[str, ...]]


class _WordsApart:
    """The words, or glued pairs of words, by which one text differs from its corpus."""

    def __init__(
        self, terms: list[str], document_frequency: Callable[[str], int], document_count: int
    ) -> None:
        self._counts = Counter(terms)
        self._pairs = Counter(pairwise(terms))
        self._document_frequency = document_frequency
        self._document_count = document_count

    def best(self, limit: int) -> list[tuple[str, ...]]:
        """Return at most ``limit`` words or pairs, best first, no word twice."""
        partners = self._partners()
        weighted = self._weighted_words(partners)
        weighted += map(self._weighted_pair, dict.fromkeys(partners.values()))
        found: list[tuple[str, ...]] = []
        for negative_weight, words in sorted(weighted):
            if len(found) == limit or not negative_weight:
                break
            if not any(set(words) & set(others) for others in found):
                found.append(words)
        return found

    def _weighted_words(self, partners: Container[str]) -> list[_Weighted]:
        """Return the words that stand for themselves, but those that weigh too little to win.

        There are hundreds of words in a text, so this is written out.
        """
        known_by, log = self._document_frequency, math.log
        limit, count_of_all = _COMMON * self._document_count, self._document_count + 1
        weighted: list[_Weighted] = []
        for term, count in self._counts.items():
            if count > 1 and (known := known_by(term)) <= limit:
                weight = (1 + log(count)) * log(count_of_all / (known + 1))
                weighted.append((-weight, (term,)))
        enough = heapq.nsmallest(_LOOKED_AT, weighted)
        chosen = [
            item for item in enough if item[1][0] not in partners and not _means_little(item[1][0])
        ]
        # Each pair before them can take away two.
        if len(chosen) >= 2 * _DISTINGUISHING or len(enough) == len(weighted):
            return chosen
        return [
            item
            for item in weighted
            if item[1][0] not in partners and not _means_little(item[1][0])
        ]

    def _partners(self) -> dict[str, tuple[str, str]]:
        """Return the pair of each term that mostly stands beside one neighbour.

        Mostly is: in half of the term's own places, and in a sixth of the neighbour's, which
        common words do not reach beside any one word.
        """
        partners: dict[str, tuple[str, str]] = {}
        counts = self._counts
        repeated = [item for item in self._pairs.items() if item[1] > 1]
        for pair, together in sorted(repeated, key=itemgetter(1), reverse=True):
            for term, other in (pair, pair[::-1]):
                often = 2 * together >= counts[term] and 6 * together >= counts[other]
                if often and term != other and not _is_letter(term) and self._may_glue(pair):
                    partners.setdefault(term, pair)
        return partners

    def _may_glue(self, pair: tuple[str, str]) -> bool:
        if _is_designation(pair):
            return True
        common = _EVERYWHERE * self._document_count
        return not any(
            _means_little(word) or self._document_frequency(word) > common for word in pair
        )

    def _weighted_pair(self, words: tuple[str, ...]) -> _Weighted:
        rarest = min(words, key=self._document_frequency)
        count: int = self._counts[rarest]
        known: float = self._document_frequency(rarest)
        if _is_designation(words):
            # The parts of `s 400` are everywhere, and seldom beside each other.
            count = self._pairs[words[0], words[1]]
            share = max(map(self._document_frequency, words)) / max(self._document_count, 1)
            known *= share / _CHANCE_NEIGHBOURS
        if known > _COMMON * self._document_count:
            return 0.0, words
        weight = (1 + math.log(count)) * math.log((self._document_count + 1) / (known + 1))
        return -weight, words


def _is_letter(term: str) -> bool:
    return len(term) == 1 and term.isascii()


def _means_little(term: str) -> bool:
    return term.isascii() and (len(term) == 1 or term.isdigit())


def _is_designation(words: tuple[str, ...]) -> bool:
    """Return whether the words are a letter and a number: s 400, f 35, g 8."""
    return len(words) == 2 and len(words[0]) == 1 and words[0].isalpha() and words[1][0].isdigit()
