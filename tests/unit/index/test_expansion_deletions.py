"""Words within one edit, against the definition of an edit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_search import edits

from incipit.index.expansion_deletions import Deletions

words = st.text("abcé日\U00020000", max_size=6)
lexicons = st.lists(words, unique=True, max_size=25)


def deletions_of(lexicon):
    lengths = np.array([len(word) for word in lexicon], np.int64)
    codes = np.array([ord(char) for word in lexicon for char in word], np.uint32)
    return Deletions(codes, np.cumsum(lengths) - lengths, lengths)


def near(lexicon, word):
    return deletions_of(lexicon).near(word, lexicon.__getitem__).tolist()


@settings(max_examples=300)
@given(lexicons, words)
def test_words_within_one_edit_are_those_of_the_definition(lexicon, word):
    assert near(lexicon, word) == [n for n, other in enumerate(lexicon) if edits(word, other) <= 1]


@pytest.mark.parametrize("length", [1, 2, 63, 80])
def test_every_edit_of_a_word_is_found(length):
    word = ("abcdefghij" * 8)[:length]
    places = range(length)
    edited = [
        word,
        *(word[:at] + word[at + 1 :] for at in places),
        *(word[:at] + "x" + word[at + 1 :] for at in places),
        *(word[:at] + "x" + word[at:] for at in range(length + 1)),
    ]
    lexicon = sorted({*edited, "x" + word + "x", word + "xx"})

    assert [lexicon[n] for n in near(lexicon, word)] == sorted(set(edited))


def test_few_words_are_compared_among_many():
    lexicon = [
        f"{a}{b}{c}{d}" for a in "abcdefg" for b in "hijklm" for c in "nopqr" for d in "stuv"
    ]
    compared = []

    def word_at(number):
        compared.append(number)
        return lexicon[number]

    found = deletions_of(lexicon).near("ahns", word_at)

    assert len(found) == 1 + 6 + 5 + 4 + 3
    assert len(compared) == len(found), "no other word shares a form with it"
