"""Words of folded text get the numbers that a dict would give them."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incipit.index import word_numbers
from incipit.index.word_numbers import WordNumbers, count_tokens
from incipit.text.tokens import MAX_TERM_CP, folded_ascii, terms

#: Words around the lengths at which something else happens, many alike in their first bytes.
words = st.builds(
    lambda start, length, last: (start * 90)[:length] + last,
    st.sampled_from(["a", "ab", "abcdefgh"]),
    st.sampled_from([0, 1, 6, 7, 8, 9, 14, 15, 16, 17, 78, 79, 80, 89]),
    st.sampled_from("xyz0"),
)
typed = st.lists(words | st.sampled_from([" ", "-", "A", "U.S."])).map(" ".join)
texts = st.lists(typed | st.text(st.characters(max_codepoint=127)), max_size=5)


def numbered(numbers, text):
    found = list(numbers.of_text(folded_ascii(text)))
    return np.concatenate([np.empty(0, np.uint32), *found]).tolist()


@settings(deadline=None)
@given(texts, st.sampled_from([1, 9, 1 << 17]), st.sampled_from([1, 2, 18]))
def test_numbers_are_those_of_a_dict(some, chunk, slot_bits):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_numbers, "CHUNK_BYTES", chunk)
        patch.setattr(word_numbers, "_SLOT_BITS", slot_bits)
        patch.setattr(word_numbers, "_SHIFT", np.uint64(64 - slot_bits))
        numbers = WordNumbers()
        vocabulary = {}
        for text in some:
            wanted = [vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)]
            assert numbered(numbers, text) == wanted

    assert list(numbers) == list(vocabulary)
    assert len(numbers) == len(vocabulary)


@settings(deadline=None)
@given(typed, st.lists(st.sampled_from(["a", "é", "ax", "abcdefghabcdefghx"])))
def test_words_of_both_ways_share_their_numbers(text, others):
    numbers = WordNumbers()
    before = numbers.of_words(others)

    assert numbered(numbers, text) == numbers.of_words(terms(text))
    assert numbers.of_words(others) == before


def test_a_word_met_again_takes_no_step_in_python(monkeypatch):
    numbers = WordNumbers()
    text = " ".join(f"word{n}" for n in range(2000))
    first = numbered(numbers, text)
    asked = []
    looked_up = WordNumbers.of_words
    monkeypatch.setattr(
        WordNumbers, "of_words", lambda self, words: asked.extend(words) or looked_up(self, words)
    )

    assert numbered(numbers, text) == first
    assert len(asked) < 40, "all but those that share their place in the table"


@given(texts)
def test_tokens_are_counted(some):
    for text in some:
        assert count_tokens(folded_ascii(text)) == len(terms(text))


def test_numbers_go_with_the_last_reference():
    numbers = WordNumbers()
    numbered(numbers, "a word")
    words = numbers._numbers
    del numbers

    # This name and the argument: no circle keeps the words until the next collection.
    assert sys.getrefcount(words) == 2


def test_a_word_that_is_too_long_is_cut():
    numbers = WordNumbers()

    assert numbered(numbers, "a" * 500 + " " + "a" * MAX_TERM_CP) == [0, 0]
    assert list(numbers) == ["a" * MAX_TERM_CP]
