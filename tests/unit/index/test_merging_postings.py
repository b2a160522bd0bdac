"""Merged postings come in one order, however much is taken at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_corpora import documents

from incipit.index import lexicon_runs
from incipit.index.inversion import columns_of
from incipit.index.layout import lay_out
from incipit.index.merging_plan import plan_field
from incipit.index.merging_postings import PostingsMerger
from incipit.index.scratch import ScratchFile

BIG = ("places", "firsts", "rows", "dense_rows", "heavy_counts")
SEGMENTS = st.lists(st.lists(documents, max_size=6), min_size=1, max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(segments=SEGMENTS, tokens=st.integers(1, 60), words_at_once=st.integers(1, 20))
def test_pieces_add_up_to_the_columns_of_all_texts(tmp_path, segments, tokens, words_at_once):
    made = [columns_of(texts, range(len(texts))) for texts in segments]
    with pytest.MonkeyPatch.context() as patch, ScratchFile(tmp_path) as file:
        patch.setattr(lexicon_runs, "_WORDS_AT_ONCE", words_at_once)
        patch.setattr(lexicon_runs, "_LEAST_OF_ONE", 1)
        plan = plan_field("content", made, file, 10, lambda: None)
        parts = list(PostingsMerger(plan).pieces(tokens, lambda: None))

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


def test_a_word_that_is_everywhere_is_taken_in_pieces(tmp_path):
    texts = [["a"] * 40] * 30
    made = [columns_of(texts, range(30)).with_live(np.arange(30) % 3 > 0)] * 2
    with ScratchFile(tmp_path) as file:
        plan = plan_field("content", made, file, 10, lambda: None)
        parts = list(PostingsMerger(plan).pieces(100, lambda: None))

    assert max(part["places"].size for part in parts if "places" in part) <= 100
    assert np.concatenate([part["places"] for part in parts if "places" in part]).size == 1600
