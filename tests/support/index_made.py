"""Small indexes made of lists of terms, and what Whoosh's own matchers find in them."""

from __future__ import annotations

from unittest.mock import patch

from whoosh import matching
from whoosh import query as wq
from whoosh.collectors import UnlimitedCollector
from whoosh.matching.wrappers import FilterMatcher

from incipit.index.collection import Collection
from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder


class SnapshotOf:
    """Segments in memory, as a search takes them."""

    def __init__(self, segments):
        self.collection = Collection(list(segments))


def made_index(path, corpus, deletes=()):
    """Return a snapshot of an index of segments of documents of terms; keys count from 0."""
    folder = IndexFolder.create(path, identity="test")
    builder = SegmentBuilder(path)
    pending = []
    key = 0
    for segment in corpus:
        for words in segment:
            builder.add(key, words)
            key += 1
        if segment:
            pending.append(builder.flush())
    folder.write(adds=pending)
    if deletes:
        folder.write(deletes=sorted(deletes))
    return folder.snapshot()


def found_by_matchers(searcher, query, **context):
    """Return the documents that Whoosh's matchers find, with their scores."""
    collector = UnlimitedCollector()
    query = mended(query)
    with patch.object(matching, "ArrayUnionMatcher", _SoundArrayUnion):
        searcher.search_with_collector(query, collector, searcher.context(**context))
    # Whoosh's matcher of a Not can stop on a deleted document.
    reader = searcher.reader()
    return {doc: score for score, doc in collector.items if not reader.is_deleted(doc)}


def mended(query):
    """Return a query whose matchers are without the faults of Whoosh's."""
    sound = query.accept(_sound)
    # Whoosh's copies lose the scale of an Or: take one only where it differs.
    return query if sound == query else sound


class _SoundAndNot(wq.AndNot):
    """AndNot without the faults of Whoosh's matcher.

    That one compares the first documents of both sides only for being equal, so that it keeps
    the first of the one side where the other begins earlier; and it fails past the end.
    """

    def matcher(self, searcher, context=None):
        banned = self.b.matcher(searcher, searcher.boolean_context())
        return FilterMatcher(self.a.matcher(searcher, context), set(banned.all_ids()), exclude=True)


class _SoundArrayUnion(matching.ArrayUnionMatcher):
    """Whoosh's union over arrays, which can otherwise be made to go back to what it has left."""

    def skip_to(self, docnum):
        if docnum > self._docnum:
            super().skip_to(docnum)


class _SoundAndMaybeMatcher(matching.AndMaybeMatcher):
    """Whoosh's, whose second side otherwise lags behind after skipping."""

    def score(self):
        if self.b.is_active() and self.b.id() < self.a.id():
            self.b.skip_to(self.a.id())
        return super().score()


class _SoundAndMaybe(wq.AndMaybe):
    matcherclass = _SoundAndMaybeMatcher


_SOUND = {wq.AndNot: _SoundAndNot, wq.AndMaybe: _SoundAndMaybe}


def _sound(query):
    sound = _SOUND.get(type(query))
    return query if sound is None else sound(query.a, query.b)
