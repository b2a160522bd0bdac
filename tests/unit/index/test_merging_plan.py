"""The plan of a merge: a vocabulary and counts that are known beforehand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents

from incipit.index.inversion import columns_of
from incipit.index.merging_plan import MergeSource, plan_field


@given(st.lists(documents, min_size=1, max_size=8), st.data())
def test_a_source_counts_what_stays(texts, data):
    live = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    columns = columns_of(texts, range(len(texts))).with_live(live)
    source = MergeSource(columns, 10)
    kept = [text for text, stays in zip(texts, live.tolist(), strict=True) if stays]

    tokens, rows = source.live_counts(4, lambda: None)
    words = columns.words()
    assert tokens.tolist() == [sum(text.count(word) for text in kept) for word in words]
    assert rows.tolist() == [sum(word in text for text in kept) for word in words]
    assert source.live_row_count == len(kept)
    assert source.new_rows[live].tolist() == list(range(10, 10 + len(kept)))
    pieces = [words[t] for piece in source.live_pieces(4) for t in piece.tolist()]
    assert pieces == [word for text in kept for word in text]


def test_a_plan_knows_the_merged_vocabulary_and_every_length():
    segments = [
        columns_of([["b", "d"], ["d"]], [1, 2]).with_live(np.array([True, False])),
        columns_of([["a", "d"]], [3]),
    ]
    plan = plan_field("content", segments, 100, lambda: None)

    assert plan.lexicon["words"].tobytes() == b"a\nb\nd\n"
    assert plan.token_counts.tolist() == [1, 1, 2]
    assert plan.row_counts.tolist() == [1, 1, 2]
    assert (plan.term_count, plan.token_count, plan.row_count) == (3, 4, 2)
    assert [source.new_terms.tolist() for source in plan.sources] == [[1, 2], [0, 2]]
    lengths = {spec.name.removeprefix("content/"): spec.count for spec in plan.specs()}
    assert (lengths["stream"], lengths["places"], lengths["firsts"]) == (4, 4, 1)
    assert lengths["row_offsets"] == lengths["token_offsets"] == 4


def test_checks_come_between_pieces():
    asked = []
    columns = columns_of([["a", "b"]] * 50, range(50)).with_live(np.arange(50) > 3)
    plan_field("content", [columns], 10, lambda: asked.append(1))
    assert len(asked) > 10
