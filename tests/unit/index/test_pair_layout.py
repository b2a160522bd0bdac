"""Frequent pairs of words against a count of all neighbours."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_corpora import documents

from incipit.index import inversion, layout, pair_layout
from incipit.index.inversion import columns_of


def neighbours(texts):
    """Return in how many texts each pair stands, and how often in each."""
    return {
        pair: {doc: n for doc, text in enumerate(texts) if (n := Counter(pairwise(text))[pair])}
        for pair in {pair for text in texts for pair in pairwise(text)}
    }


def kept(columns):
    pairs = zip(
        columns.source.column("content/pair_firsts").tolist(),
        columns.source.column("content/pair_seconds").tolist(),
        strict=True,
    )
    return [(columns.word(first), columns.word(second)) for first, second in pairs]


def found(columns, pair):
    docs, counts = columns.pair_postings(*map(columns.find_term, pair))
    return dict(zip(docs.tolist(), counts.tolist(), strict=True))


@settings(deadline=None)
@given(st.lists(documents, min_size=1, max_size=12), st.sampled_from([1, 2, 4]), st.integers(1, 9))
def test_pairs_are_those_in_a_share_of_the_documents(texts, share, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_layout, "MIN_ROWS", 1)
        patch.setattr(pair_layout, "SHARE", share)
        patch.setattr(layout, "_PIECE_TOKENS", piece)
        columns = columns_of(texts, range(len(texts)))

    least = -(-len(texts) // share)
    wanted = {pair: docs for pair, docs in neighbours(texts).items() if len(docs) >= least}
    assert kept(columns) == sorted(wanted, key=lambda pair: [word.encode() for word in pair])
    for pair, docs in wanted.items():
        assert found(columns, pair) == docs
    assert columns.pair_postings(columns.term_count, 0) is None


@settings(deadline=None)
@given(st.lists(documents, min_size=1, max_size=12), st.integers(1, 9))
def test_pairs_go_across_the_rows_of_a_document(texts, row_tokens):
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, layout):
            patch.setattr(module, "MAX_ROW_TOKENS", row_tokens)
        patch.setattr(pair_layout, "MIN_ROWS", 1)
        patch.setattr(pair_layout, "SHARE", 1 << 20)
        columns = columns_of(texts, range(len(texts)))

    wanted = neighbours(texts)
    for pair in kept(columns):
        assert found(columns, pair) == wanted[pair]
    assert len(kept(columns)) == len(wanted)


def test_a_segment_of_few_rows_keeps_none():
    text = ["of", "the"]

    assert kept(columns_of([text] * (pair_layout.MIN_ROWS - 1), range(255))) == []
    assert kept(columns_of([text] * pair_layout.MIN_ROWS, range(256))) == [("of", "the")]


def test_no_more_pairs_are_kept_than_the_most_frequent():
    rng = np.random.default_rng(4)
    words = [f"w{n:03}" for n in range(40)]
    texts = [[words[n] for n in rng.integers(0, 40, 2000)] for _ in range(256)]

    pairs = kept(columns_of(texts, range(256)))

    totals = Counter(pair for text in texts for pair in pairwise(text))
    assert len(pairs) == pair_layout.MAX_PAIRS
    assert min(totals[pair] for pair in pairs) >= totals.most_common(257)[-1][1]


def test_many_pairs_and_rows_do_not_run_over():
    texts = [["a", "b", "c", "d"] * 3 for _ in range(70_000 // 4)]

    columns = columns_of(texts, range(len(texts)))

    assert found(columns, ("c", "d")) == dict.fromkeys(range(len(texts)), 3)
    assert found(columns, ("d", "a")) == dict.fromkeys(range(len(texts)), 2)
