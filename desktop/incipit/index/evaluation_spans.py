"""The spans that phrases and nears match in one segment.

Owns the one place where positions are compared: what a search counts, what is lit in a text
and what "3 of 17" steps through are spans found here. A span is half open, in positions of the
segment, and never leaves its document.

A near asks for the spans of its operands in the form that suffices: all of them, or only those
that are not made redundant by a shorter one for the question at hand (`Need`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.query import spans as ws

from incipit.index.collection import NOTHING
from incipit.index.evaluation_segment import SegmentView
from incipit.index.evaluation_span_sets import NO_SPANS, Need, Spans, ascend, joined, reduced
from incipit.index.expansion import is_expandable
from incipit.index.query_nodes import Near
from incipit.models import TokenColumns

#: Tokens whose documents are looked at together, which bounds what is held beside the positions
#: of the words themselves.
_WINDOW_TOKENS = 8_000_000

#: Positions of a word at which a phrase is looked for at once, to the same end.
_MAX_POSITIONS = 1_000_000

#: Pairs of operands compared at once, which bounds the memory of a near to some 100 MB.
_MAX_PAIRS = 1_000_000


#: Two-sided nears: Whoosh's, and that of this language.
NEARS = frozenset({ws.SpanNear, Near})

#: A word at a distance from the start of a pattern, in tokens.
_Placed = tuple[int, wq.Query]


def has_spans(query: wq.Query) -> bool:
    """Return whether the spans of a query are known here."""
    kind = type(query)
    if kind is wq.Phrase:
        return bool(query.words) and query.slop >= 1
    if kind in NEARS:
        return query.mindist >= 1 and has_spans(query.a) and has_spans(query.b)
    if kind is wq.Or:
        return bool(query.subqueries) and all(map(has_spans, query.subqueries))
    if kind is ws.SpanNear2:
        # Whoosh misses unordered neighbours that are longer than the slop: only it knows which.
        single = all(map(is_expandable, query.qs))
        return (
            query.mindist >= 1
            and bool(query.qs)
            and (single or (query.ordered and all(map(has_spans, query.qs))))
        )
    return is_expandable(query)


class SpanFinder:
    """Finds the spans of phrases and nears in one segment, some documents at a time."""

    def __init__(self, segment: SegmentView) -> None:
        self._segment = segment
        self._columns = segment.columns
        self._start = 0
        self._end = segment.columns.token_count
        self._positions_of: dict[bytes | tuple[int, ...], NDArray[np.int64]] = {}

    def find(self, query: wq.Query, need: Need = Need.MINIMAL) -> Spans:
        """Return the spans of ``query``; see :func:`has_spans` for what it may be."""
        # An exact phrase holds little beside the positions of its rarest word.
        whole = distinct_words(query) is not None
        columns = self._columns
        found = []
        for start, end in [(0, columns.token_count)] if whole else _windows(columns):
            self._start, self._end = start, end
            found.append(self._find(query, need))
        self._positions_of.clear()
        return joined(found)

    def _find(self, query: wq.Query, need: Need) -> Spans:
        """Return the spans in the documents from ``_start`` up to ``_end``."""
        self._segment.check()
        words = distinct_words(query)
        if words is not None:
            starts = self._phrase(words)
            return Spans(starts, starts + len(words))
        pattern = fixed_pattern(query)
        if pattern is not None:
            placed, length = pattern
            starts = self._fixed(placed, length)
            return Spans(starts, starts + length)
        kind = type(query)
        if kind is wq.Or:
            return reduced(joined(self._find(part, need) for part in query.subqueries), need)
        if kind in NEARS:
            return self._near(query, need)
        return self._find(_pairwise(query), need)

    def _phrase(self, words: tuple[str, ...]) -> NDArray[np.int64]:
        """Return where words stand next to each other, beginning with the rarest."""
        terms = list(map(self._segment.term, words))
        if min(terms) < 0:
            return NOTHING
        columns = self._columns
        rarest, *others = sorted(
            range(len(terms)), key=lambda place: columns.frequency(terms[place])
        )
        positions = self._positions_beside(terms[rarest], [terms[place] for place in others])
        starts = self._begun(positions, rarest, len(terms))
        if not others:
            return starts
        found = [NOTHING]
        for begin in range(0, len(starts), _MAX_POSITIONS):
            some = starts[begin : begin + _MAX_POSITIONS]
            for place in others:
                self._segment.check()
                some = some[columns.match_at(some, terms[place], place)]
                if not len(some):
                    break
            found.append(some)
        starts = np.concatenate(found) if len(found) > 2 else found[-1]
        return self._in_one_document(starts, len(terms)) if len(starts) else starts

    def _fixed(self, placed: list[_Placed], length: int) -> NDArray[np.int64]:
        """Return where words or patterns stand at fixed distances, beginning with the rarest."""
        segment = self._segment
        choices = [(offset, segment.terms(word)) for offset, word in placed]
        if not all(len(terms) for _, terms in choices):
            return NOTHING
        choices.sort(key=lambda choice: segment.frequency(choice[1]))
        offset, terms = choices[0]
        starts = self._positions(terms)
        if length == 1:
            return starts
        starts = self._begun(starts, offset, length)
        for other, terms in choices[1:]:
            segment.check()
            starts = starts[segment.stand_at(starts, terms, other)]
        return self._in_one_document(starts, length)

    def _begun(self, positions: NDArray[np.int64], offset: int, length: int) -> NDArray[np.int64]:
        """Return where spans of ``length`` begin that have ``positions`` at ``offset``.

        Only those within the documents at hand.
        """
        starts = positions - offset if offset else positions
        last = self._end - length
        if len(starts) and starts[0] >= self._start and starts[-1] <= last:
            return starts
        first, end = starts.searchsorted((self._start, last + 1))
        return starts[first:end]

    def _positions(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the positions of any of the terms, in the documents at hand."""
        key = terms.tobytes()
        if key not in self._positions_of:
            self._positions_of[key] = self._segment.positions(terms)
        return self._within(self._positions_of[key])

    def _positions_beside(self, term: int, others: list[int]) -> NDArray[np.int64]:
        """Return positions of a term in the documents at hand, all that have the others too."""
        key = (term, *others)
        if key not in self._positions_of:
            self._positions_of[key] = self._columns.positions_beside(term, others)
        return self._within(self._positions_of[key])

    def _within(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return those of ascending positions that are in the documents at hand."""
        if self._end - self._start == self._columns.token_count:
            return positions
        first, last = positions.searchsorted((self._start, self._end))
        return positions[first:last]

    def _in_one_document(self, starts: NDArray[np.int64], length: int) -> NDArray[np.int64]:
        """Return those of the starts from which as many tokens are of one document."""
        return starts[self._are_whole(starts, starts + length)]

    def _are_whole(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which spans do not leave their document."""
        bounds = self._columns.doc_starts
        return ends <= bounds[bounds.searchsorted(starts, side="right")]

    # Nears ------------------------------------------------------------------------------

    def _near(self, near: ws.SpanNear, need: Need) -> Spans:
        both = Need.ALL
        needs = (_LEFT_NEEDS[need], _RIGHT_NEEDS[need]) if near.ordered else (both, both)
        sides = list(zip((near.a, near.b), needs, strict=True))
        # The rarer side first: where it stands is where the other side needs to be looked for.
        order = sorted((0, 1), key=lambda side: self._most(sides[side][0]))
        found: dict[int, Spans] = {order[0]: self._find(*sides[order[0]])}
        found[order[1]] = self._find_beside(*sides[order[1]], found[order[0]], near.slop)
        least, most = near.mindist, near.slop
        words = all(_is_word(side) for side, _ in sides)
        if words and not near.ordered and least == 1 and need is Need.MINIMAL:
            return self._neighbours(found[0].starts, found[1].starts, most)
        forward = self._ordered(found[0], found[1], least, most, need)
        if near.ordered:
            return forward
        backward = self._ordered(found[1], found[0], least, most, need)
        return reduced(joined([forward, backward]), need)

    def _most(self, query: wq.Query) -> int:
        """Return how many spans a query can have at most, or a guess at it."""
        pattern = fixed_pattern(query)
        if pattern is not None:
            segment = self._segment
            return min(segment.frequency(segment.terms(word)) for _, word in pattern[0])
        if type(query) is wq.Or:
            return sum(map(self._most, query.subqueries))
        near = query if type(query) in NEARS else _pairwise(query)
        return min(self._most(near.a), self._most(near.b))

    def _find_beside(self, query: wq.Query, need: Need, other: Spans, slop: int) -> Spans:
        """Return the spans of ``query``, where ``other`` is within ``slop`` tokens at the least."""
        if not len(other):
            return NO_SPANS
        pattern = fixed_pattern(query)
        if pattern is None or pattern[1] != 1:
            return self._find(query, need)
        terms = self._segment.terms(query)
        lasts = np.maximum.accumulate(np.minimum(other.ends + slop, self._end))
        firsts = np.maximum(other.starts - slop, np.append(self._start, lasts[:-1]))
        beside = np.maximum(lasts - firsts, 0)
        share = (self._end - self._start) / self._columns.token_count
        if int(beside.sum()) >= share * self._segment.frequency(terms):
            return self._find(query, need)
        positions = _ranges(firsts, beside)
        positions = positions[self._segment.stand_at(positions, terms)]
        return Spans(positions, positions + 1)

    def _neighbours(self, one: NDArray[np.int64], other: NDArray[np.int64], most: int) -> Spans:
        """Return the minimal spans with a word of each side: they hold no third in between."""
        if not len(one) or not len(other):
            return NO_SPANS
        positions = np.concatenate([one, other])
        order = np.argsort(positions, kind="stable")
        positions = positions[order]
        sides = np.where(order < len(one), 1, 2)
        # A position of both sides appears twice: it is one, that belongs to both.
        twice = positions[1:] == positions[:-1]
        sides[:-1][twice] = 3
        single = np.append(True, ~twice)
        positions, sides = positions[single], sides[single]
        near = ((sides[1:] | sides[:-1]) == 3) & (np.diff(positions) <= most)
        return self._whole(positions[:-1][near], positions[1:][near] + 1, Need.MINIMAL)

    def _ordered(self, left: Spans, right: Spans, least: int, most: int, need: Need) -> Spans:
        """Join each left span with the right ones that begin ``least`` to ``most`` after its end.

        A distance of 1 is the next token.
        """
        if not len(left) or not len(right):
            return NO_SPANS
        if need in (Need.LATEST, Need.MINIMAL):
            left = reduced(left, Need.LATEST)
            by_end = np.argsort(left.ends, kind="stable")
            if ascend(left.starts[by_end]):
                left = Spans(left.starts[by_end], left.ends[by_end])
                return self._nearest(left, right, least, most, need)
        first = np.searchsorted(right.starts, left.ends + (least - 1), side="left")
        after = np.searchsorted(right.starts, left.ends + (most - 1), side="right")
        counts = after - first
        found: list[Spans] = []
        for begin, end in _chunks(counts):
            self._segment.check()
            lefts = np.repeat(np.arange(begin, end), counts[begin:end])
            rights = _ranges(first[begin:end], counts[begin:end])
            found.append(self._whole(left.starts[lefts], right.ends[rights], need))
        return reduced(joined(found), need)

    def _nearest(self, left: Spans, right: Spans, least: int, most: int, need: Need) -> Spans:
        """Join each right span with the last left one before it, which starts latest too.

        ``left`` is by end, and by start as well.
        """
        places = np.searchsorted(left.ends, right.starts - (least - 1), side="right") - 1
        near = (places >= 0) & (right.starts - left.ends[places] < most)
        return self._whole(left.starts[places[near]], right.ends[near], need)

    def _whole(self, starts: NDArray[np.int64], ends: NDArray[np.int64], need: Need) -> Spans:
        whole = self._are_whole(starts, ends)
        return reduced(Spans(starts[whole], ends[whole]), need)


#: What each operand of an ordered near must give for what the near itself must give.
_LEFT_NEEDS = {
    Need.ALL: Need.ALL,
    Need.LATEST: Need.LATEST,
    Need.EARLIEST: Need.ALL,
    Need.MINIMAL: Need.LATEST,
}
_RIGHT_NEEDS = {
    Need.ALL: Need.ALL,
    Need.LATEST: Need.ALL,
    Need.EARLIEST: Need.EARLIEST,
    Need.MINIMAL: Need.EARLIEST,
}


def fixed_pattern(query: wq.Query) -> tuple[list[_Placed], int] | None:
    """Return words at fixed distances and their length in tokens, where a query is that."""
    kind = type(query)
    if kind is wq.Phrase:
        if query.slop != 1 and len(query.words) > 1:
            return None
        words = [(i, wq.Term(query.fieldname, word)) for i, word in enumerate(query.words)]
        return words, len(words)
    if kind is ws.SpanNear2 and query.ordered and query.slop == query.mindist == 1:
        if all(map(is_expandable, query.qs)):
            return list(enumerate(query.qs)), len(query.qs)
        return None
    if kind in NEARS:
        if not query.ordered or query.slop != query.mindist:
            return None
        left, right = fixed_pattern(query.a), fixed_pattern(query.b)
        if left is None or right is None:
            return None
        shift = left[1] + query.slop - 1
        return [*left[0], *((shift + at, word) for at, word in right[0])], shift + right[1]
    if kind is wq.Or:
        return ([(0, query)], 1) if all(map(_is_word, query.subqueries)) else None
    return ([(0, query)], 1) if is_expandable(query) else None


def _pairwise(query: wq.Query) -> wq.Query:
    """Return a phrase or a near of several as nears of two, one in the other."""
    if type(query) is wq.Phrase:
        parts: list[wq.Query] = [wq.Term(query.fieldname, word) for word in query.words]
        ordered, least = True, 1
    else:
        parts, ordered, least = list(query.qs), query.ordered, query.mindist
    return reduce(lambda a, b: Near(a, b, slop=query.slop, ordered=ordered, mindist=least), parts)


def _is_word(query: wq.Query) -> bool:
    if type(query) is wq.Or:
        return all(map(_is_word, query.subqueries))
    return is_expandable(query)


def distinct_words(query: wq.Query) -> tuple[str, ...] | None:
    """Return the words of an exact phrase, which no other exact phrase shares a span with."""
    exact = type(query) is wq.Phrase and (query.slop == 1 or len(query.words) == 1)
    return tuple(query.words) if exact else None


def _ranges(firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return runs of numbers, each of so many from each first one on."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: NDArray[np.int64] = np.arange(total) + np.repeat(firsts - (ends - counts), counts)
    return numbers


def _windows(columns: TokenColumns) -> Iterable[tuple[int, int]]:
    """Cut documents into runs of about `_WINDOW_TOKENS` tokens, or one longer document."""
    begin, end = 0, columns.token_count
    if 0 < end <= _WINDOW_TOKENS:
        yield begin, end
        return
    doc_starts = columns.doc_starts
    while begin < end:
        place = int(np.searchsorted(doc_starts, begin + _WINDOW_TOKENS, side="right")) - 1
        if doc_starts[place] == begin:
            place = int(np.searchsorted(doc_starts, begin, side="right"))
        yield begin, int(doc_starts[place])
        begin = int(doc_starts[place])


def _chunks(counts: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Cut rows with so many pairs each into runs of at most `_MAX_PAIRS` pairs, or one row."""
    totals = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        before = int(totals[begin - 1]) if begin else 0
        end = int(np.searchsorted(totals, before + _MAX_PAIRS, side="right"))
        end = max(end, begin + 1)
        yield begin, end
        begin = end
