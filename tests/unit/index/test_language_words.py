"""Words and phrases as typed; the rest stands in `test_language`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive_search import spans
from whoosh import query as wq

from incipit.index.evaluation_spans import has_spans
from incipit.index.inversion import CONTENT
from incipit.index.language_words import (
    MAX_PATTERN_WORDS,
    MAX_WORDS_BETWEEN,
    phrase_query,
    plain_word,
    word_query,
)
from incipit.text.tokens import terms


@given(st.text(max_size=20).filter(lambda text: not set(text) & set("*?~")))
def test_whatever_stands_in_a_text_can_be_typed(text):
    words = terms(text)

    query = word_query(text, [])

    if len(words) == 1:
        assert query == wq.Term(CONTENT, words[0])
    elif words:
        assert query == wq.Phrase(CONTENT, words)
    else:
        assert query is None


@given(st.lists(st.sampled_from(["S-400", "of", "isn’t", "U.S."]), min_size=1, max_size=4))
def test_a_phrase_finds_the_text_it_was_copied_from(chunks):
    text = " ".join(chunks)
    words = terms(text)

    for between in (0, 2):
        query = phrase_query(text, between, [])
        assert (0, len(words)) in spans(query, words)
        assert has_spans(query)


@pytest.mark.parametrize(
    ("between", "text", "found"),
    [
        (0, "a b c", True),
        (0, "a x b c", False),
        (1, "a x b x c", True),
        (1, "a x x b c", False),
        (2, "a x x b x x c", True),
        (2, "c b a", False),
    ],
)
def test_words_between_are_counted_for_each_two_neighbours(between, text, found):
    assert bool(spans(phrase_query("a b c", between, []), text.split())) is found


@pytest.mark.parametrize(
    ("between", "text", "found"),
    [
        (0, "a x b", True),
        (0, "a b", False),
        (0, "a x x b", False),
        (1, "a x x b", True),
        (1, "a b", False),
    ],
)
def test_a_star_is_one_word_and_slop_comes_on_top(between, text, found):
    assert bool(spans(phrase_query("a * b", between, []), text.split())) is found


@pytest.mark.parametrize("text", ["*", "a *", "* a", "* *", "**"])
def test_a_star_at_the_edge_is_named(text):
    notes = []

    phrase_query(text, 0, notes)

    assert notes == ["A * at the edge of a phrase is left out."]


def test_wildcards_stay_with_the_word_they_touch():
    assert word_query("É*", []) == wq.Prefix(CONTENT, "e", constantscore=False)
    assert word_query("a**", []) == wq.Prefix(CONTENT, "a", constantscore=False)
    assert word_query("a*b?", []) == wq.Wildcard(CONTENT, "a*b?", constantscore=False)
    assert word_query("?", []) == wq.Wildcard(CONTENT, "?", constantscore=False)
    assert word_query("'a*'", []) == wq.Prefix(CONTENT, "a", constantscore=False)


def test_only_the_last_word_of_a_compound_is_fuzzy():
    query = word_query("mr-erdogn~", [])

    assert spans(query, ["mr", "erdogan"])
    assert not spans(query, ["ms", "erdogan"])


@pytest.mark.parametrize(("word", "between"), [("a* ", 0), ("a ", 2), ("a* ", 2)])
def test_a_phrase_that_nests_very_deep_is_cut(word, between):
    notes = []

    query = phrase_query(word * 4000, between, notes)

    assert spans(query, ["a"] * MAX_PATTERN_WORDS)
    assert len(notes) == 1


def test_a_very_long_plain_phrase_is_not_cut():
    words = ["a"] * 3000

    assert phrase_query(" ".join(words), 0, []) == wq.Phrase(CONTENT, words)


def test_a_plain_word_is_a_word_as_it_stands():
    assert plain_word(word_query("Turkey", [])) == "turkey"
    for text in ("S-400", "a*", "", "a~"):
        assert plain_word(word_query(text, [])) is None
    assert MAX_WORDS_BETWEEN > 100
