from __future__ import annotations

from collections import Counter

import pytest
from real_corpora import corpus_files

from incipit.text.decoding import decode
from incipit.text.slabs import (
    MIN_SLAB_CP,
    TornEdges,
    is_slab_shaped,
    looks_cut,
    opening_start,
)

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


def test_opening_starts_at_the_second_token():
    assert opening_start("tration should be") == 8
    assert opening_start(" should be") == 8
    assert opening_start("alone") == 0
    assert opening_start("") == 0


def test_torn_likelihood_weighs_longer_words_against_the_token():
    edges = TornEdges({"the": 90, "he": 10, "military": 20, "zebra": 5})

    assert edges.first_torn("he") == pytest.approx(90.5 / 101)
    assert edges.first_torn("litary") > 0.9
    assert edges.first_torn("zebra") < 0.1
    assert edges.last_torn("milit") > 0.9
    assert edges.last_torn("military") < 0.05
    assert edges.last_torn("th") > 0.9
    assert edges.first_torn("qqq") == 0.5


def test_stripped_spaces_make_a_whole_word_twice_as_likely():
    counts = {"the": 30, "he": 30}

    assert TornEdges(counts, keeps_spaces=False).first_torn("he") == pytest.approx(30.5 / 91)


def test_windows_are_slabs_and_articles_are_not():
    windows = [decode(path.read_bytes()).text for path in corpus_files("news-windows")[:100]]
    articles = [decode(path.read_bytes()).text for path in corpus_files("bbc")[:200]]

    assert all(map(is_slab_shaped, windows))
    assert not any(map(is_slab_shaped, articles))


def test_counts_may_be_a_counter():
    assert TornEdges(Counter(["the", "then", "they"])).last_torn("th") > 0.7
