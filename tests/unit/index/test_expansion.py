"""Which words a leaf stands for, against a naive scan of the lexicon."""

from __future__ import annotations

import pytest
from hypothesis import given
from index_queries import FIELD, documents, patterns, terms
from naive_search import matches_word
from whoosh import query as wq

from incipit.index.expansion import is_expandable, terms_of
from incipit.index.inversion import columns_of


def words_of(leaf, words):
    columns = columns_of([words], [0])
    return [columns.word(term) for term in terms_of(leaf, columns).tolist()]


@given(patterns | terms, documents)
def test_expansions_are_those_of_a_scan(leaf, texts):
    words = sorted({word for text in texts for word in text})

    if is_expandable(leaf):
        assert words_of(leaf, words) == [word for word in words if matches_word(leaf, word)]


@pytest.mark.parametrize(
    ("leaf", "wanted"),
    [
        (wq.Prefix(FIELD, "pur"), ["purchase", "purchased", "pure"]),
        (wq.Wildcard(FIELD, "*ed"), ["aged", "purchased"]),
        (wq.Wildcard(FIELD, "pur?"), ["pure"]),
        (wq.Regex(FIELD, r"p.*e\Z"), ["purchase", "pure"]),
        (wq.Regex(FIELD, "pu"), ["purchase", "purchased", "pure"]),
        (wq.FuzzyTerm(FIELD, "purse", maxdist=1), ["pure"]),
        (wq.FuzzyTerm(FIELD, "age", maxdist=1, prefixlength=3), ["aged"]),
        (wq.Variations(FIELD, "purchase"), ["purchase", "purchased"]),
        (wq.Term(FIELD, b"aged"), ["aged"]),
        (wq.Term(FIELD, "never"), []),
        (wq.Wildcard(FIELD, "zz*"), []),
    ],
    ids=repr,
)
def test_each_kind_of_leaf(leaf, wanted):
    assert words_of(leaf, ["aged", "purchase", "purchased", "pure"]) == wanted


@pytest.mark.parametrize(
    "leaf",
    [
        wq.Regex(FIELD, r"(a)\1"),
        wq.Regex(FIELD, "a(?=b)"),
        wq.TermRange(FIELD, "a", "b"),
        wq.Phrase(FIELD, ["a"]),
        wq.Every(FIELD),
        wq.Term(FIELD, 3),
    ],
    ids=repr,
)
def test_other_leaves_are_left_to_whoosh(leaf):
    assert not is_expandable(leaf)
