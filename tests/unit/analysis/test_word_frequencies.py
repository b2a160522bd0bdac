"""Frequencies over several segments are those that a count of the words themselves gives."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.analysis import word_frequencies
from incipit.analysis.word_frequencies import WordFrequencies
from incipit.index.inversion import columns_of

WORDS = st.sampled_from(["a", "b", "the", "harbour", "é", "zebra"])
SEGMENTS = st.lists(st.lists(st.lists(WORDS, max_size=8), min_size=1, max_size=5), max_size=4)


@pytest.mark.parametrize("loose", [1, 1 << 20])
@given(segments=SEGMENTS)
def test_counts_are_those_of_the_documents(segments, loose):
    expected = Counter(word for documents in segments for words in documents for word in {*words})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_frequencies, "_LOOSE", loose)
        patch.setattr(word_frequencies, "_AT_ONCE", 2)
        frequencies = WordFrequencies(
            [columns_of(documents, range(len(documents))) for documents in segments]
        )
    assert {word: frequencies.of(word) for word in expected} == expected
    assert len(frequencies) == sum(count > 1 for count in expected.values())


def test_unknown_word_counts_as_one():
    assert WordFrequencies([]).of("nowhere") == 1
