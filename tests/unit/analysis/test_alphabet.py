"""Words of several segments have one order."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from concordance_made import segments_of
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents

from incipit.analysis import alphabet as module
from incipit.analysis.alphabet import Alphabet
from incipit.errors import Cancelled

# Words that are alike in many bytes, that begin each other, and of all lengths in UTF-8.
long_words = st.builds(
    lambda beginning, end: beginning + end,
    st.sampled_from(["", "aaaaaaaa", "aaaaaaaab", "abcdefghijklmnopqrstuvwxyz", "東京東京東京"]),
    st.text(st.sampled_from("abzé東𝒳"), max_size=4),
).filter(bool)
texts = documents | st.lists(long_words, max_size=12)


@given(st.lists(st.lists(texts, max_size=3), max_size=4), st.integers(1, 5))
def test_ranks_are_the_places_among_all_words_sorted(corpus, block):
    segments = segments_of(corpus)
    before, module._BLOCK_TERMS = module._BLOCK_TERMS, block
    try:
        alphabet = Alphabet(segments)
    finally:
        module._BLOCK_TERMS = before

    everything = sorted({word for texts in corpus for words in texts for word in words})
    assert alphabet.size == len(everything)
    for number, columns in enumerate(segments):
        terms = np.arange(columns.term_count)
        ranks = alphabet.ranks(number, terms).tolist()
        assert [everything[rank] for rank in ranks] == columns.words(0, columns.term_count)


def test_building_can_be_cancelled():
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        Alphabet(segments_of([[["a"]], [["b"]]]), cancel=cancel)
