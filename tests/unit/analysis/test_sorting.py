"""Orders of lines are those of a plain sort, whatever the segments."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from concordance_made import made, plain_of
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents

from incipit.analysis import lines as line_module
from incipit.analysis.alphabet import Alphabet
from incipit.analysis.sorting import (
    IN_ORDER,
    LineKey,
    chance,
    keys_or_default,
    order_of,
    ordered_by,
    parse_keys,
)
from incipit.errors import UserError

corpora = st.lists(st.lists(documents, max_size=4), min_size=1, max_size=3)
fixed = st.sampled_from([key for key in LineKey if key is not LineKey.RANDOM])


def ordered(lines, keys, ranks=None, seed=0):
    ranks = np.arange(100) if ranks is None else ranks
    return order_of(
        lines,
        keys,
        alphabet=lambda: Alphabet(lines.segments),
        document_ranks=lambda: ranks,
        seed=seed,
    )


def plain_key(line, key):
    if key is LineKey.HIT:
        return line.hit()
    if key is LineKey.DOCUMENT:
        return -line.document
    if key is LineKey.POSITION:
        return line.place
    return line.beside(key.offset)


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    """Have lines looked up in blocks of few, so that small corpora have several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_module, "_BLOCK_LINES", 2)
        yield


@given(corpora, st.lists(fixed, max_size=3), st.integers(1, 3))
def test_order_is_that_of_a_plain_sort(corpus, keys, length):
    lines, plain = made(corpus, "a", length)
    falling = 50 - np.arange(51)

    order = ordered(lines, keys, falling)

    expected = sorted(plain, key=lambda line: tuple(plain_key(line, key) for key in keys))
    assert plain_of(lines, order, corpus) == expected


def test_a_document_without_rank_comes_last():
    lines, _ = made([[["a"], ["a"]]], "a")
    assert ordered(lines, [LineKey.DOCUMENT], np.array([-1, 0])).tolist() == [1, 0]
    assert ordered(lines, [LineKey.DOCUMENT], np.array([0])).tolist() == [0, 1]


def test_random_order_repeats_with_its_seed_and_for_any_segments():
    texts = [["a", "b"] * 20 for _ in range(20)]
    one, _ = made([texts], "a")
    cut, _ = made([texts[:3], texts[3:11], texts[11:]], "a")

    first = ordered(one, [LineKey.RANDOM], seed=1)

    assert sorted(first.tolist()) == list(range(400))
    assert first.tolist() != list(range(400))
    assert ordered(one, [LineKey.RANDOM], seed=1).tolist() == first.tolist()
    assert ordered(cut, [LineKey.RANDOM], seed=1).tolist() == first.tolist()
    assert ordered(one, [LineKey.RANDOM], seed=2).tolist() != first.tolist()


def test_chance_is_spread_evenly():
    lines, _ = made([[["a"] * 2000, ["a"] * 2000]], "a")
    parts = np.bincount((chance(lines, 3) >> np.uint64(60)).astype(np.int64), minlength=16)

    # 250 expected in each: chi-squared with 15 degrees of freedom is below 37.7 in 99.9 %.
    assert ((parts - 250) ** 2 / 250).sum() < 37.7


@given(st.lists(st.tuples(*[st.integers(0, 1 << 40)] * 3), max_size=50))
def test_columns_are_sorted_as_tuples(rows):
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    expected = sorted(range(len(rows)), key=rows.__getitem__)
    assert ordered_by(columns, len(rows)).tolist() == expected


def test_keys_are_read_as_people_write_them():
    assert parse_keys("r1, L1,Document") == (LineKey.R1, LineKey.L1, LineKey.DOCUMENT)
    assert parse_keys("document,position") == IN_ORDER
    assert parse_keys("hit,hit") == (LineKey.HIT,)


@pytest.mark.parametrize("text", ["", "R6", "L0", "L1,,R1", "L1,L2,L3,L4", "length"])
def test_keys_that_mean_nothing_are_named(text):
    with pytest.raises(UserError, match="cannot be sorted") as refused:
        parse_keys(text)
    assert refused.value.code == "sort"
    assert "L1" in refused.value.advice


def test_offsets_are_those_of_the_names():
    offsets = [key.offset for key in LineKey if key.offset is not None]
    assert offsets == list(chain(range(-5, 0), range(1, 6)))


def test_an_order_that_names_nothing_is_that_of_documents():
    assert keys_or_default("R2,L1") == (LineKey.R2, LineKey.L1)
    for text in ("", "R9", "L1,L2,L3,L4"):
        assert keys_or_default(text) == IN_ORDER
