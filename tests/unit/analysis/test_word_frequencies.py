"""Frequencies over several segments are those that a count of the words themselves gives."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.analysis import word_frequencies
from incipit.analysis.word_frequencies import WordFrequencies

WORDS = st.sampled_from(["a", "b", "the", "harbour", "é", "zebra"])
SEGMENTS = st.lists(st.lists(st.lists(WORDS, max_size=8), min_size=1, max_size=5), max_size=4)


def counted(segments):
    """Return in how many documents each word stands, for each segment."""
    return [Counter(word for words in texts for word in {*words}) for texts in segments]


def runs_of(segments, borders):
    """Yield the words of all segments, from each border to the next one."""
    for low, high in pairwise(["", *sorted(borders), chr(0x10FFFF)]):
        run = []
        for counts in counted(segments):
            words = sorted(word for word in counts if low <= word < high)
            run.append((words, np.array([counts[word] for word in words], np.int64)))
        if any(words for words, _ in run):
            yield run


@given(SEGMENTS, st.sets(WORDS))
def test_counts_are_those_of_the_documents(segments, borders):
    expected = sum(counted(segments), Counter())
    frequencies = WordFrequencies(runs_of(segments, borders))
    assert {word: frequencies.of(word) for word in expected} == expected
    assert len(frequencies) == sum(count > 1 for count in expected.values())


@given(SEGMENTS, st.sets(WORDS), st.integers(0, 6))
def test_of_too_many_words_the_most_widespread_are_kept(segments, borders, most):
    expected = sum(counted(segments), Counter())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_frequencies, "_MOST_WORDS", most)
        frequencies = WordFrequencies(runs_of(segments, borders))
    least = 2
    while sum(count >= least for count in expected.values()) > most:
        least += 1
    kept = {word: count if count >= least else 1 for word, count in expected.items()}
    assert {word: frequencies.of(word) for word in expected} == kept


def test_unknown_word_counts_as_one():
    assert WordFrequencies([]).of("nowhere") == 1
    frequencies = WordFrequencies(runs_of([[["b"], ["b"]]], []))
    assert [frequencies.of(word) for word in "abc"] == [1, 2, 1]
