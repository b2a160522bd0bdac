"""What a query matches in a document, by definition and one token at a time."""

from __future__ import annotations

import fnmatch
import re

from whoosh import query as wq
from whoosh.query import spans as ws


def hits(query, words):
    """Return the hits of a query in a list of terms as a set of half-open ranges."""
    if isinstance(query, ws.SpanNear | ws.SpanNear2) or type(query) is wq.Phrase:
        return minimal(spans(query, words))
    if type(query) is wq.AndNot:
        return hits(query.a, words)
    if type(query) in (wq.Not, wq.Every):
        return set()
    if query.is_leaf():
        return spans(query, words)
    return set().union(*(hits(part, words) for part in query.children()))


def minimal(found):
    """Return the spans that contain no other."""
    return {
        one
        for one in found
        if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in found)
    }


def spans(query, words):
    """Return all spans of a word, pattern, choice, phrase or near."""
    kind = type(query)
    if kind is wq.Phrase:
        return _chain([wq.Term("", word) for word in query.words], words, 1, query.slop, True)
    if kind is ws.SpanNear2:
        return _chain(query.qs, words, query.mindist, query.slop, query.ordered)
    if isinstance(query, ws.SpanNear):
        return _chain([query.a, query.b], words, query.mindist, query.slop, query.ordered)
    if kind is wq.Or:
        return set().union(*(spans(part, words) for part in query.subqueries))
    return {(i, i + 1) for i, word in enumerate(words) if matches_word(query, word)}


def _chain(queries, words, least, most, ordered):
    found = spans(queries[0], words)
    for query in queries[1:]:
        found = {
            (min(a[0], b[0]), max(a[1], b[1]))
            for a in found
            for b in spans(query, words)
            if least <= b[0] - a[1] + 1 <= most
            or (not ordered and least <= a[0] - b[1] + 1 <= most)
        }
    return found


def matches_word(query, word):
    """Return whether one word is what a leaf stands for."""
    kind = type(query)
    if kind is wq.Term:
        return word == query.text
    if kind is wq.Prefix:
        return word.startswith(query.text)
    if kind is wq.Wildcard:
        return re.match(fnmatch.translate(query.text), word) is not None
    if kind is wq.Regex:
        return re.match(query.text, word) is not None
    prefix = query.prefixlength
    begins = word[:prefix] == query.text[:prefix] and len(word) >= prefix
    return begins and edits(query.text, word) <= query.maxdist


def edits(one, other):
    """Return the edit distance of two words (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def matches(query, words):
    """Return whether a document matches."""
    kind = type(query)
    if kind is wq.And:
        return bool(query.subqueries) and all(matches(part, words) for part in query.subqueries)
    if kind is wq.Or:
        return any(matches(part, words) for part in query.subqueries)
    if kind is wq.Not:
        return not matches(query.query, words)
    if kind is wq.AndNot:
        return matches(query.a, words) and not matches(query.b, words)
    if kind is wq.AndMaybe:
        return matches(query.a, words)
    if kind is wq.Require:
        return matches(query.a, words) and matches(query.b, words)
    if kind is wq.ConstantScoreQuery:
        return matches(query.child, words)
    if kind is wq.Every:
        return query.fieldname is None or bool(words)
    return bool(spans(query, words))
