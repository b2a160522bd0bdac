"""Merged postings come in one order, whatever the ranges they are asked for in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents

from incipit.index.inversion import columns_of
from incipit.index.layout import lay_out
from incipit.index.merging_plan import plan_field
from incipit.index.merging_postings import PostingsMerger

BIG = ("places", "firsts", "rows", "dense_rows", "heavy_counts")


@given(st.lists(st.lists(documents, max_size=6), min_size=1, max_size=3), st.data())
def test_ranges_add_up_to_the_columns_of_all_texts(segments, data):
    made = [columns_of(texts, range(len(texts))) for texts in segments]
    plan = plan_field("content", made, 10, lambda: None)
    merger = PostingsMerger(plan)
    borders = sorted(data.draw(st.sets(st.integers(1, max(plan.term_count - 1, 1)), max_size=4)))
    edges = [0, *(b for b in borders if b < plan.term_count), plan.term_count]
    parts = [merger.merge(first, end) for first, end in pairwise(edges) if first < end]
    parts.append(merger.rest())

    flat = [word for texts in segments for text in texts for word in text]
    words = sorted(set(flat), key=str.encode)
    expected = lay_out(
        words,
        np.array([words.index(word) for word in flat], np.uint32),
        np.array([len(text) for texts in segments for text in texts], np.int64),
    )
    for name in BIG:
        found = np.concatenate([p[name] for p in parts if name in p] or [np.empty(0)])
        assert found.tolist() == expected[name].tolist(), name
