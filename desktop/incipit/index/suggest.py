"""Ways on from a query: completions, nearest spellings, longer, split and joined words, phrases.

Everything offered comes from the words of the corpus, with the number of documents it leads to.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from incipit.index.collection import NOTHING, Collection
from incipit.index.describe import TypedWord
from incipit.index.evaluation_segment import SegmentView
from incipit.index.evaluation_spans import SpanFinder
from incipit.index.expansion_lexicon import lexicon_of
from incipit.index.inversion import CONTENT
from incipit.index.language import ParsedQuery
from incipit.models import Completion, Suggestion, TokenColumns
from incipit.text.tokens import fold

_MAX_SPELLINGS = 3
_MAX_SPLITS = 2

#: Words of a query for which ways on are sought; more are a text, not a question.
_MAX_WORDS = 8

#: A known word is respelled only to one so many times as frequent.
_MUCH_MORE = 3

#: Words up to this length are respelled within one edit: two would make anything of them.
_SHORT_CP = 4

#: Words from this length on are taken for the beginning of others.
_SHORTEST_BEGINNING_CP = 2

#: Answers a query with its number of documents.
Count = Callable[[str], int]


class _Snapshot(Protocol):
    @property
    def collection(self) -> Collection: ...


def completions(
    snapshot: _Snapshot, prefix: str, limit: int = 8, *, gone: NDArray[np.int64] = NOTHING
) -> tuple[Completion, ...]:
    """Return the most frequent words that begin as typed, with their numbers of documents.

    ``gone`` are the keys of documents that do not count although the index has them still.
    """
    prefix = fold(prefix)
    if not prefix or limit < 1:
        return ()
    there = [_there(columns, gone) for columns in snapshot.collection.segments]
    ranges = [(columns, *columns.words_from(prefix)) for columns in snapshot.collection.segments]
    frequencies = [columns.doc_frequencies(start, end) for columns, start, end in ranges]
    depth = 4 * limit
    while True:
        words: set[str] = set()
        unseen = 0
        for (columns, start, _), some in zip(ranges, frequencies, strict=True):
            best = _largest(some, depth)
            unseen += int(some[best].min()) if len(best) < len(some) else 0
            words.update(map(columns.word, (best + start).tolist()))
        found = _most_frequent(snapshot, words, there, limit)
        # A word that no segment showed stands in at most `unseen` documents (Fagin 2001).
        if unseen == 0 or (len(found) == limit and found[-1].documents >= unseen):
            return found
        depth *= 4


def _there(columns: TokenColumns, gone: NDArray[np.int64]) -> NDArray[np.bool_] | None:
    """Return which documents of a segment count, bool (doc_count,), or None where all do."""
    left_out = np.isin(columns.doc_keys, gone) if len(gone) else None
    if left_out is None or not left_out.any():
        return columns.live
    return ~left_out if columns.live is None else columns.live & ~left_out


def _most_frequent(
    snapshot: _Snapshot,
    words: Iterable[str],
    there: Sequence[NDArray[np.bool_] | None],
    limit: int,
) -> tuple[Completion, ...]:
    """Return the words of the most documents that are there; by the alphabet where equal."""
    # Known at once is only how many documents a word has with those that are gone.
    most = sorted((-document_frequency(snapshot, word), word) for word in words)
    found: list[tuple[int, str]] = []
    for bound, word in most:
        if len(found) >= limit and found[limit - 1] < (bound, ""):
            break
        if documents := _documents(snapshot, word, there):
            insort(found, (-documents, word))
    return tuple(Completion(word, -less) for less, word in found[:limit])


def _documents(snapshot: _Snapshot, word: str, there: Sequence[NDArray[np.bool_] | None]) -> int:
    """Return in how many of the documents that are there a word stands."""
    count = 0
    for columns, wanted in zip(snapshot.collection.segments, there, strict=True):
        term = columns.find_term(word)
        if term < 0:
            continue
        if wanted is None:
            count += columns.doc_frequency(term)
        else:
            count += int(np.count_nonzero(wanted[columns.postings(term)[0]]))
    return count


def _largest(values: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    if len(values) <= count:
        return np.arange(len(values))
    return np.argpartition(values, len(values) - count)[len(values) - count :]


def document_frequency(snapshot: _Snapshot, word: str) -> int:
    """Return in how many documents a folded word stands (deleted ones until merged)."""
    return snapshot.collection.document_frequency(word)


def phrase_offer(parsed: ParsedQuery, count: Count) -> Suggestion | None:
    """Return the phrase to offer for single letters and numbers side by side, with its count.

    None where there is none, or no document has it.
    """
    if parsed.offer is None:
        return None
    documents = count(parsed.offer)
    return (
        Suggestion(parsed.offer, f"as a phrase: {parsed.offer}", documents) if documents else None
    )


def ways_on(snapshot: _Snapshot, parsed: ParsedQuery, count: Count) -> tuple[Suggestion, ...]:
    """Return ways on from a query without results, the most useful first.

    Split and joined forms, longer words, nearest spellings by frequency, and the count of each
    word alone, each only where it leads to documents.
    """
    words = parsed.words[:_MAX_WORDS]
    spellings = {word: _respelled(snapshot, word.term) for word in words}
    unknown = [word for word in words if not document_frequency(snapshot, word.term)]
    ways = [
        *_joined(snapshot, parsed.text, words),
        *(way for word in words for way in _split(snapshot, parsed.text, word)),
        *(way for word in unknown for way in _begun(snapshot, parsed.text, word)),
        # A word that the corpus has is less likely to be a slip.
        *_all_respelled(parsed.text, unknown, spellings),
        *(
            ("spelled", _replaced(parsed.text, [(word, other)]))
            for word in words
            for other in spellings[word]
        ),
        *_all_respelled(parsed.text, words, spellings),
        *(
            ("only", other)
            for word in words
            for other in (word.term, *(spellings[word][:1] if word in unknown else ()))
            if len(words) > 1
        ),
    ]
    labels: dict[str, str] = {}
    for label, query in ways:
        labels.setdefault(query, label)
    labels.pop(parsed.text.strip(), None)
    found = (
        Suggestion(query, f"{label}: {query}", count(query)) for query, label in labels.items()
    )
    return tuple(way for way in found if way.documents)


def _joined(
    snapshot: _Snapshot, text: str, words: Sequence[TypedWord]
) -> Iterator[tuple[str, str]]:
    """Yield the query with two neighbours as one word, where that is in the corpus."""
    for one, other in pairwise(words):
        whole = one.term + other.term
        between = text[one.end_cp : other.start_cp]
        if not between.strip() and document_frequency(snapshot, whole):
            yield "joined", text[: one.start_cp] + whole + text[other.end_cp :]


def _split(snapshot: _Snapshot, text: str, word: TypedWord) -> Iterator[tuple[str, str]]:
    """Yield the word as two that stand side by side, where both are in the corpus."""
    rare: list[tuple[int, str]] = []
    for place in range(1, len(word.term)):
        halves = word.term[:place], word.term[place:]
        documents = min(document_frequency(snapshot, half) for half in halves)
        if documents and _stand_together(snapshot, halves):
            rare.append((documents, " ".join(halves)))
    for _, phrase in sorted(rare, reverse=True)[:_MAX_SPLITS]:
        other = phrase if word.in_phrase else f'"{phrase}"'
        yield "split", _replaced(text, [(word, other)])


def _begun(snapshot: _Snapshot, text: str, word: TypedWord) -> Iterator[tuple[str, str]]:
    """Yield the word as the beginning of others, where the corpus has such.

    That finds what endings hide where languages join them on, as in Korean or Finnish.
    """
    if len(word.term) < _SHORTEST_BEGINNING_CP:
        return
    for columns in snapshot.collection.segments:
        start, end = columns.words_from(word.term)
        if start < end:
            typed = text[word.start_cp : word.end_cp]
            yield "beginning", _replaced(text, [(word, f"{typed}*")])
            return


def _stand_together(snapshot: _Snapshot, words: Sequence[str]) -> bool:
    phrase = wq.Phrase(CONTENT, list(words))
    finders = (SpanFinder(SegmentView(columns)) for columns in snapshot.collection.segments)
    return any(len(finder.find(phrase)) for finder in finders)


def _respelled(snapshot: _Snapshot, term: str) -> list[str]:
    """Return the nearest words, the more frequent first; of known words, much more frequent.

    Two neighbours that changed places are one slip (Damerau 1964).
    """
    if len(term) == 1:
        # Every letter is within one edit of every other.
        return []
    swapped = {term[:at] + term[at + 1] + term[at] + term[at + 2 :] for at in range(len(term) - 1)}
    least = _MUCH_MORE * document_frequency(snapshot, term)
    for edits in (1, 2) if len(term) > _SHORT_CP else (1,):
        counts: Counter[str] = Counter()
        for columns in snapshot.collection.segments:
            near = lexicon_of(columns).within(term, edits, 0, columns.term_count)
            for number in near.tolist():
                counts[columns.word(number)] += columns.doc_frequency(number)
        counts.update({word: document_frequency(snapshot, word) for word in swapped - set(counts)})
        del counts[term]
        better = [(-count, word) for word, count in counts.items() if count > least]
        if better:
            return [word for _, word in sorted(better)[:_MAX_SPELLINGS]]
    return []


def _all_respelled(
    text: str, words: Sequence[TypedWord], spellings: Mapping[TypedWord, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the query with every word that has one in its best spelling."""
    best = [(word, spellings[word][0]) for word in words if spellings[word]]
    if len(best) > 1:
        yield "spelled", _replaced(text, best)


def _replaced(text: str, changes: Sequence[tuple[TypedWord, str]]) -> str:
    for word, other in sorted(changes, key=lambda change: -change[0].start_cp):
        text = text[: word.start_cp] + other + text[word.end_cp :]
    return text
