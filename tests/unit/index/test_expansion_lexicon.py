"""Words as letters, and edit distances against their definition."""

from __future__ import annotations

import gc
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_search import edits

from incipit.index import expansion_lexicon
from incipit.index.expansion_lexicon import Lexicon, lexicon_of
from incipit.index.inversion import columns_of

words = st.text("abcé日\U00020000", max_size=6)
lexicons = st.lists(words, unique=True, max_size=25).map(sorted)


@settings(max_examples=300)
@given(lexicons, words | st.text("xyab", max_size=4), st.integers(0, 3))
def test_words_within_some_edits_are_those_of_the_definition(lexicon, word, most):
    found = Lexicon(lexicon).within(word, most, 0, len(lexicon))

    assert found.tolist() == [n for n, other in enumerate(lexicon) if edits(word, other) <= most]


@settings(max_examples=300)
@given(lexicons, st.text("abc", min_size=1, max_size=7), st.integers(0, 2))
def test_looking_up_forms_or_pieces_first_finds_the_same(lexicon, word, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(expansion_lexicon, "_MANY", 0)
        found = Lexicon(lexicon).within(word, most, 0, len(lexicon))

    assert found.tolist() == [n for n, other in enumerate(lexicon) if edits(word, other) <= most]


@settings(max_examples=100)
@given(lexicons, st.text("abc", min_size=1, max_size=7))
def test_a_lexicon_that_is_too_large_for_forms_is_searched_by_pieces(lexicon, word):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(expansion_lexicon, "_MANY", 0)
        patch.setattr(expansion_lexicon, "MAX_FORMS", -1)
        made = Lexicon(lexicon)
        found = made.within(word, 1, 0, len(lexicon))

    assert found.tolist() == [n for n, other in enumerate(lexicon) if edits(word, other) <= 1]
    assert "_deletions" not in vars(made)


def test_many_words_have_the_same_letters_as_few():
    words = sorted({f"{a}{b}{c}é日" for a in "abcdefghij" for b in "klmnop" for c in range(700)})

    few, many = Lexicon(words[:50]), Lexicon(words)

    assert len(many.letters) > expansion_lexicon._CODE_POINTS // 8
    for lexicon in (few, many):
        codes = lexicon.alphabet[lexicon.letters]
        assert "".join(map(chr, codes.tolist())) == "".join(words[: len(lexicon.lengths)])


@pytest.mark.parametrize("length", [63, 64, 65, 80])
def test_long_words_have_the_same_distances(length):
    word = ("abcdefghij" * 8)[:length]
    lexicon = sorted(
        {
            word,
            word[1:],
            word[:-1],
            "x" + word[1:],
            word[:30] + "x" + word[30:],
            word[::-1],
            word[:40] + word[42:],
        }
    )

    found = Lexicon(lexicon).within(word, 2, 0, len(lexicon))

    assert found.tolist() == [n for n, other in enumerate(lexicon) if edits(word, other) <= 2]
    assert len(found) == 6


def test_only_the_range_is_looked_at():
    assert Lexicon(["aa", "ab", "ac", "ad"]).within("aa", 1, 1, 3).tolist() == [1, 2]


def test_a_lexicon_of_no_words():
    assert Lexicon([]).within("a", 2, 0, 0).tolist() == []


@given(lexicons)
def test_letters_are_those_of_the_words(lexicon):
    made = Lexicon(lexicon)

    for word, start, length in zip(lexicon, made.starts, made.lengths, strict=True):
        codes = made.alphabet[made.letters[start : start + length]]
        assert "".join(map(chr, codes.tolist())) == word


def test_expansions_are_remembered_up_to_a_number(monkeypatch):
    monkeypatch.setattr(expansion_lexicon, "_MAX_REMEMBERED", 2)
    lexicon, asked = Lexicon(["a"]), []

    def ask(leaf):
        return lexicon.remembered(leaf, lambda: asked.append(leaf) or np.arange(2))

    for leaf in "ababcab":
        assert ask(leaf).tolist() == [0, 1]
    assert asked == list("abcab")


def test_very_long_expansions_are_not_kept(monkeypatch):
    monkeypatch.setattr(expansion_lexicon, "_MAX_TERMS_REMEMBERED", 1)
    lexicon, asked = Lexicon(["a"]), []

    for _ in range(2):
        lexicon.remembered("x", lambda: asked.append("x") or np.arange(2))

    assert asked == ["x", "x"]


def test_a_segment_keeps_its_lexicon_as_long_as_it_lives():
    columns = columns_of([["b", "a"]], [0])

    lexicon = lexicon_of(columns)

    assert lexicon_of(columns) is lexicon
    assert "".join(chr(code) for code in lexicon.alphabet) == "ab"
    kept = len(expansion_lexicon._KEPT)
    del columns, lexicon
    gc.collect()
    assert len(expansion_lexicon._KEPT) == kept - 1


def test_several_threads_may_ask_for_one_lexicon():
    columns = columns_of([["b", "a"]], [0])
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(lexicon_of(columns).within("a", 1, 0, 2)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [array.tolist() for array in found] == [[0, 1]] * 4
