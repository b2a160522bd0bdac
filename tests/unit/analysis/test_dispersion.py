"""Deviation of proportions against published values; strips against a plain count."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from concordance_made import made
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents

from incipit.analysis.counting import sizes_of
from incipit.analysis.dispersion import corpus_strip, deviation_of_proportions, document_strip

ORACLE = Path(__file__).resolve().parents[4] / "shared" / "oracles" / "measures.csv"
NONE = np.empty(0, np.int64)
corpora = st.lists(st.lists(documents, max_size=4), min_size=1, max_size=3)


def published(measure):
    if not ORACLE.is_file():
        pytest.skip("the published values are not beside the repository")
    with ORACLE.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["measure"] == measure]


@pytest.mark.parametrize("measure", ["dp", "dp_norm"])
def test_values_are_the_published_ones(measure):
    rows = published(measure)
    assert rows
    for row in rows:
        hits = np.array([int(value) for value in row["inputs"].split()])
        found = deviation_of_proportions(hits, np.full(len(hits), 1000))
        assert getattr(found, measure) == pytest.approx(
            float(row["expected"]), abs=float(row["tolerance"])
        )


def test_even_spread_is_nought_and_the_smallest_part_alone_is_one():
    even = deviation_of_proportions(np.array([10, 20, 30]), np.array([100, 200, 300]))
    assert even.dp == pytest.approx(0)
    lumped = deviation_of_proportions(np.array([5, 0, 0]), np.array([100, 200, 300]))
    assert lumped.dp == pytest.approx(1 - 100 / 600)
    assert lumped.dp_norm == pytest.approx(1)


def test_parts_without_words_change_nothing():
    with_empty = deviation_of_proportions(np.array([2, 0, 1, 0]), np.array([10, 0, 10, 10]))
    assert with_empty == deviation_of_proportions(np.array([2, 1, 0]), np.array([10, 10, 10]))


@pytest.mark.parametrize(("hits", "tokens"), [([0, 0], [5, 5]), ([3], [5]), ([], []), ([3], [0])])
def test_no_spread_has_no_deviation(hits, tokens):
    hits, tokens = np.array(hits, np.int64), np.array(tokens, np.int64)
    assert deviation_of_proportions(hits, tokens) is None


@given(corpora, st.integers(1, 20))
def test_strips_are_those_of_a_scan(corpus, bins):
    lines, plain = made(corpus, "a")
    texts = [words for segment in corpus for words in segment]
    backwards = np.arange(len(texts))[::-1].copy()
    total = sum(map(len, texts))

    strip = corpus_strip(lines, sizes_of(lines.segments, NONE), backwards, bins)
    inside = document_strip(lines, bins)

    def corpus_place(line):
        before = sum(map(len, texts[line.document + 1 :]))
        return (before + line.place) * bins // total

    for found, place in (
        (strip, corpus_place),
        (inside, lambda line: line.place * bins // len(line.words)),
    ):
        places = [place(line) for line in plain]
        assert found.counts.tolist() == [places.count(bin_) for bin_ in range(bins)]
        assert found.first_lines.tolist() == [
            places.index(bin_) if bin_ in places else -1 for bin_ in range(bins)
        ]
