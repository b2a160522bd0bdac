"""Corpora for the tests of the index, and what a plain scan of them finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from incipit.index.columns import SegmentColumns
from incipit.index.folder import IndexFolder
from incipit.index.inversion import PendingSegment, SegmentBuilder

Document = Sequence[str]

#: Few words, so that they meet; some odd, some one the start of another.
WORDS = ("a", "an", "and", "ant", "b", "the", "of", "ß", "é", "中", "𝒳", "zz", "0", "9th", "ﬀ")

words = st.sampled_from(WORDS)
documents = st.lists(words, max_size=30)


def pending(folder: Path, texts: Mapping[int, Document | str]) -> PendingSegment:
    """Write documents by their keys as one pending segment."""
    builder = SegmentBuilder(folder)
    for key, text in texts.items():
        builder.add(key, text)
    return builder.flush()


def stored(folder: IndexFolder) -> dict[int, list[str]]:
    """Read every live document back, and check that no key is there twice."""
    found: dict[int, list[str]] = {}
    with folder.snapshot() as snapshot:
        for columns in snapshot.segments:
            for key, text, live in documents_of(columns):
                if live:
                    assert key not in found
                    found[key] = text
        assert snapshot.doc_count == len(found)
    return found


def documents_of(columns: SegmentColumns) -> list[tuple[int, list[str], bool]]:
    """Return the key, the words and whether it is live, of every document of a segment."""
    flat = [columns.word(t) for t in columns.terms_between(0, columns.token_count).tolist()]
    starts = columns.doc_starts.tolist()
    live = np.ones(columns.doc_count, bool) if columns.live is None else columns.live
    return [
        (key, flat[starts[n] : starts[n + 1]], bool(live[n]))
        for n, key in enumerate(columns.doc_keys.tolist())
    ]


def check_against_scan(columns: SegmentColumns, texts: Sequence[Document]) -> None:
    """Compare everything that the columns answer with a scan of the texts."""
    flat = [word for text in texts for word in text]
    lexicon = sorted(set(flat), key=lambda word: word.encode())
    assert columns.words() == lexicon
    assert columns.doc_count == len(texts)
    assert columns.token_count == len(flat)
    assert columns.doc_starts.tolist() == np.cumsum([0, *map(len, texts)]).tolist()
    everywhere = np.arange(len(flat))
    assert [columns.word(t) for t in columns.terms_at(everywhere).tolist()] == flat
    assert columns.terms_between(0, len(flat)).tolist() == columns.terms_at(everywhere).tolist()
    frequencies, doc_frequencies = columns.frequencies(), columns.doc_frequencies()
    for term, word in enumerate(lexicon):
        assert columns.find_term(word) == term
        docs, counts = columns.postings(term)
        expected = [(n, text.count(word)) for n, text in enumerate(texts) if word in text]
        assert list(zip(docs.tolist(), counts.tolist(), strict=True)) == expected
        positions = columns.positions(term)
        assert positions.tolist() == [n for n, other in enumerate(flat) if other == word]
        assert columns.positions_beside(term, [term]).tolist() == positions.tolist()
        assert columns.match_at(everywhere, term).tolist() == [other == word for other in flat]
        assert frequencies[term] == columns.frequency(term) == positions.size
        assert doc_frequencies[term] == docs.size
