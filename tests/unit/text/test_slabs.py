from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_corpora import corpus_files

from incipit.text.decoding import decode
from incipit.text.slabs import (
    MIN_SLAB_CP,
    TornEdges,
    WordTally,
    end_tokens,
    is_slab_shaped,
    looks_cut,
    opening_start,
)
from incipit.text.tokens import tokenise


def tally(counts: Mapping[str, int]) -> WordTally:
    return WordTally(sorted(counts), np.array([counts[word] for word in sorted(counts)]))


_PIECE = "tration should be indicted " + "for the way the two milit " * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_PIECE, True),
        (_PIECE + "\n", True),
        (_PIECE[:200] + "\n" + _PIECE[200:], False),
        (_PIECE[: MIN_SLAB_CP - 1], False),
        ("The " + _PIECE + "end.", False),
        ("The " + _PIECE, True),
        ("", False),
    ],
)
def test_slab_is_one_long_line_with_a_cut_edge(text, expected):
    assert is_slab_shaped(text) is expected


def test_equal_lengths_among_neighbours_look_cut():
    windows = [8000] * 40 + [6808, 8025]

    assert all(looks_cut(length, windows) for length in windows)
    assert not looks_cut(20_000, windows)
    assert not looks_cut(8000, [])
    assert not looks_cut(3000, [3000, 4100, 5200, 2950, 7000, 1200, 900])


@given(st.text(alphabet="aZ9 -_.\n\x7f", max_size=30) | st.text(max_size=30))
def test_the_opening_starts_where_the_second_token_does(text):
    starts = tokenise(text).starts_cp
    assert opening_start(text) == (starts[1] if len(starts) > 1 else 0)


def test_opening_starts_at_the_second_token():
    assert opening_start("tration should be") == 8
    assert opening_start(" should be") == 8
    assert opening_start("alone") == 0
    assert opening_start("") == 0


def test_torn_likelihood_weighs_longer_words_against_the_token():
    edges = TornEdges([tally({"the": 90, "he": 10, "military": 20, "zebra": 5})])

    assert edges.first_torn("he") == pytest.approx(90.5 / 101)
    assert edges.first_torn("litary") > 0.9
    assert edges.first_torn("zebra") < 0.1
    assert edges.last_torn("milit") > 0.9
    assert edges.last_torn("military") < 0.05
    assert edges.last_torn("th") > 0.9
    assert edges.first_torn("qqq") == 0.5


def test_stripped_spaces_make_a_whole_word_twice_as_likely():
    counts = {"the": 30, "he": 30}

    assert TornEdges([tally(counts)], keeps_spaces=False).first_torn("he") == pytest.approx(
        30.5 / 91
    )


def test_windows_are_slabs_and_articles_are_not():
    windows = [decode(path.read_bytes()).text for path in corpus_files("news-windows")[:100]]
    articles = [decode(path.read_bytes()).text for path in corpus_files("bbc")[:200]]

    assert all(map(is_slab_shaped, windows))
    assert not any(map(is_slab_shaped, articles))


def test_the_parts_of_a_corpus_weigh_together():
    whole = TornEdges([tally({"the": 30, "then": 5, "he": 10})])
    parts = TornEdges([tally({"the": 20, "he": 4}), tally({"he": 6, "the": 10, "then": 5})])

    for token in ("the", "he", "th", "n", "x"):
        assert parts.first_torn(token) == whole.first_torn(token)
        assert parts.last_torn(token) == whole.last_torn(token)


@given(
    st.dictionaries(st.text(st.sampled_from("abé.*😀"), min_size=1, max_size=5), st.integers(1, 9))
)
def test_tally_counts_words_by_their_ends(counts):
    counted = tally(counts)

    for word in [*counts, "a", "b", "é😀", ".*"]:
        assert counted.of(word) == counts.get(word, 0)
        for length in range(1, len(word) + 1):
            start, end = word[:length], word[-length:]
            assert counted.beginning_with(start) == _sum(counts, lambda w, s=start: w.startswith(s))
            assert counted.ending_in(end) == _sum(counts, lambda w, e=end: w.endswith(e))


@given(st.text(st.sampled_from("abé \u2003-ๆ語\u0301\u00ad"), max_size=80), st.integers(0, 1_000))
def test_end_tokens_are_those_of_the_whole_text(text, between):
    text = text + "x- " * between + text[::-1]
    tokens = tokenise(text)
    ends = end_tokens(text)

    if not tokens.terms:
        assert ends is None
    else:
        assert (ends.first, ends.last) == (tokens.terms[0], tokens.terms[-1])
        assert ends.begins_text == (tokens.starts_cp[0] == 0)
        assert ends.ends_text == (tokens.ends_cp[-1] == len(text))


@pytest.mark.parametrize(
    "text",
    [
        "- " * 5_000 + "word" + " -" * 5_000,
        "w" * 5_000,
        "- " * 5_000,
        "one two " * 100 + "start" + "w" * 500,
    ],
)
def test_end_tokens_far_from_the_ends_or_very_long(text):
    tokens, ends = tokenise(text), end_tokens(text)

    assert (ends is None) == (not tokens.terms)
    if ends is not None:
        assert (ends.first, ends.last) == (tokens.terms[0], tokens.terms[-1])


@pytest.mark.parametrize("words", ["the quick brown fox ", "港の船長"])
def test_a_long_text_is_not_taken_apart_for_its_ends(words):
    text = words * 2_500_000
    began = time.thread_time()
    assert end_tokens(text).last in {"fox", "長"}
    assert time.thread_time() - began < 0.1


def _sum(counts, fits):
    return sum(count for word, count in counts.items() if fits(word))
