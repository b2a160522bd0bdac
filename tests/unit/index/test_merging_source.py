"""A source of a merge counts, renumbers and yields what stays of a segment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents

from incipit.index.inversion import columns_of
from incipit.index.merging_source import MergeSource
from incipit.index.scratch import ScratchFile


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    with ScratchFile(tmp_path_factory.mktemp("scratch")) as file:
        yield file


@given(texts=st.lists(documents, min_size=1, max_size=8), data=st.data())
def test_a_source_counts_what_stays(scratch, texts, data):
    live = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    columns = columns_of(texts, range(len(texts))).with_live(live)
    source = MergeSource(columns, 10, scratch.column(np.uint32, columns.term_count))
    kept = [text for text, stays in zip(texts, live.tolist(), strict=True) if stays]

    words = columns.words()
    start = data.draw(st.integers(0, len(words)))
    tokens, rows = source.live_counts(start, len(words), 4, lambda: None)
    assert tokens.tolist() == [sum(text.count(word) for text in kept) for word in words[start:]]
    assert rows.tolist() == [sum(word in text for text in kept) for word in words[start:]]
    assert source.live_row_lengths.tolist() == [len(text) for text in kept]
    assert source.new_rows[live].tolist() == list(range(10, 10 + len(kept)))
    pieces = [words[t] for piece in source.live_pieces(4) for t in piece.tolist()]
    assert pieces == [word for text in kept for word in text]


def test_terms_are_found_by_their_new_numbers(scratch):
    columns = columns_of([["a", "b", "c", "d"]], [1])
    source = MergeSource(columns, 0, scratch.column(np.uint32, 4))
    source.new_terms.append(np.array([3, 5, 5, 9]))  # The second does not stay.

    terms, places = source.terms_with(np.array([0, 3, 4, 5, 8, 9, 12]))

    assert terms.tolist() == [0, 2, 3]
    assert places.tolist() == [1, 3, 5]
