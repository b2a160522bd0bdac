"""Runs of the alphabet hold every word of every segment once, equal ones side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.index import lexicon_runs as module
from incipit.index.inversion import columns_of
from incipit.index.lexicon_runs import lexicon_runs

LEXICONS = st.lists(st.sets(st.text("abcé中𝒳", min_size=1, max_size=3)), max_size=4)


@given(LEXICONS, st.integers(1, 9))
def test_runs_are_parts_of_the_alphabet(lexicons, at_once):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WORDS_AT_ONCE", at_once)
        patch.setattr(module, "_LEAST_OF_ONE", 1)
        runs = list(lexicon_runs([columns_of([sorted(words)], [1]) for words in lexicons]))

    for number, words in enumerate(lexicons):
        assert [word for run in runs for word in run[number]] == sorted(words, key=str.encode)
    last = ""
    for run in runs:
        assert len(run) == len(lexicons)
        assert all(len(words) <= max(at_once // len(lexicons), 1) for words in run)
        together = sorted(word for words in run for word in words)
        assert together
        assert together[0] > last
        last = together[-1]


def test_without_segments_there_is_no_run():
    assert list(lexicon_runs([])) == []
