"""Merged vocabularies: the words that stay, what is known of them, and their new numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_corpora import documents

from incipit.index import layout, lexicon_runs
from incipit.index.inversion import columns_of
from incipit.index.layout import lay_out
from incipit.index.merging_plan import plan_field
from incipit.index.scratch import ScratchFile

SEGMENTS = st.lists(st.lists(documents, max_size=6), min_size=1, max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(segments=SEGMENTS, at_once=st.integers(1, 20), data=st.data())
def test_words_and_counts_are_those_of_all_texts_that_stay(tmp_path, segments, at_once, data):
    lives = [
        np.array(data.draw(st.lists(st.booleans(), min_size=len(s), max_size=len(s))), bool)
        for s in segments
    ]
    kept = [
        text
        for texts, live in zip(segments, lives, strict=True)
        for text, stays in zip(texts, live.tolist(), strict=True)
        if stays
    ]
    flat = [word for text in kept for word in text]
    words = sorted(set(flat), key=str.encode)
    with pytest.MonkeyPatch.context() as patch, ScratchFile(tmp_path) as file:
        patch.setattr(lexicon_runs, "_WORDS_AT_ONCE", at_once)
        patch.setattr(lexicon_runs, "_LEAST_OF_ONE", 1)
        patch.setattr(layout, "_HEAVY_TOKENS", 2)
        patch.setattr(layout, "_HEAVY_PER_ROW", 2)
        columns = [
            columns_of(texts, range(len(texts))).with_live(live)
            for texts, live in zip(segments, lives, strict=True)
        ]
        plan = plan_field("content", columns, file, 5, lambda: None)
        expected = lay_out(
            words,
            np.array([words.index(word) for word in flat], np.uint32),
            np.array([len(text) for text in kept], np.int64),
        )
        for name, column in plan.word_columns().items():
            assert column.read().tolist() == expected[name].tolist(), name
        assert plan.words.dense.terms.tolist() == expected["dense_terms"].tolist()
        assert plan.words.heavy.terms.tolist() == expected["heavy_terms"].tolist()
        assert plan.words.largest_count >= max(expected["heavy_counts"].tolist(), default=0)
        counted = [flat.count(word) for word in words]
        assert [n for part in plan.words.token_counts() for n in part.tolist()] == counted
        for source in plan.sources:
            numbers = source.new_terms.read()
            assert np.all(np.diff(numbers.astype(np.int64)) >= 0)
            stays = source.live_counts(0, source.columns.term_count, 5, lambda: None)[0] > 0
            for term in np.flatnonzero(stays).tolist():
                assert words[numbers[term]] == source.columns.word(term)
