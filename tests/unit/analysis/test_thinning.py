"""Thinning keeps the lines that it should, and the same ones each time."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from concordance_made import made
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents, words

from incipit.analysis import lines as line_module
from incipit.analysis.thinning import Thinning, thinned
from incipit.errors import Cancelled, UserError

corpora = st.lists(st.lists(documents, max_size=4), min_size=1, max_size=3)
MANY = [[["a", "b"] * 50 for _ in range(10)]]


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    """Have lines looked up in blocks of few, so that small corpora have several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_module, "_BLOCK_LINES", 2)
        yield


@given(corpora, st.lists(words, max_size=2), st.lists(words, max_size=2), st.integers(1, 5))
def test_company_is_that_of_a_scan(corpus, demanded, forbidden, within):
    lines, plain = made(corpus, "a", 2)

    kept = thinned(lines, Thinning(tuple(demanded), tuple(forbidden), within))

    def company(line):
        return {line.beside(k) for k in range(-within, within + 1) if k}

    expected = [
        n
        for n, line in enumerate(plain)
        if company(line) >= set(demanded) and not company(line) & set(forbidden)
    ]
    assert kept.tolist() == expected


def test_beginnings_of_words_count_as_company():
    lines, _ = made([[["a", "sanctions", "b", "a", "b", "sanctioned"], ["a", "none"]]], "a")
    assert thinned(lines, Thinning(("sanction*",), within=1)).tolist() == [0]
    assert thinned(lines, Thinning((), ("sanction*",), within=2)).tolist() == [2]


def test_sample_has_its_size_and_repeats_with_its_seed():
    lines, _ = made(MANY, "a")

    first = thinned(lines, Thinning(sample=20, seed=4))

    assert len(first) == len(set(first.tolist())) == 20
    assert np.all(np.diff(first) > 0)
    assert thinned(lines, Thinning(sample=20, seed=4)).tolist() == first.tolist()
    assert thinned(lines, Thinning(sample=20, seed=5)).tolist() != first.tolist()
    assert set(first.tolist()) < set(thinned(lines, Thinning(sample=40, seed=4)).tolist())
    assert len(thinned(lines, Thinning(sample=9999))) == 500


def test_share_is_rounded_but_never_to_none():
    lines, _ = made(MANY, "a")
    assert len(thinned(lines, Thinning(percent=10))) == 50
    assert len(thinned(lines, Thinning(percent=0.001))) == 1
    assert len(thinned(lines, Thinning(percent=100))) == 500


def test_one_line_a_document_is_its_first():
    lines, _ = made([[["b", "a", "a"], ["b"]], [["a", "a"]]], "a")
    assert thinned(lines, Thinning(one_per_document=True)).tolist() == [0, 2]


def test_copies_are_folded_before_the_sample_is_taken():
    lines, _ = made(MANY, "a")
    kept = thinned(lines, Thinning(fold_copies=True, sample=60), folded=np.array([0, 1]))
    assert len(kept) == 60
    assert set(lines.documents[kept].tolist()) == {0, 1}


def test_nothing_stays_nothing():
    lines, _ = made([[["b"]]], "a")
    everything = Thinning(("b",), ("c",), fold_copies=True, one_per_document=True, percent=5)
    assert thinned(lines, everything, folded=np.array([0])).tolist() == []


def test_thinning_knows_whether_it_does_anything():
    assert not Thinning(within=3, seed=7)
    assert Thinning(sample=3)
    assert Thinning(without_words=("a",))


@pytest.mark.parametrize(
    "wrong",
    [
        Thinning(within=0),
        Thinning(within=51),
        Thinning(sample=0),
        Thinning(percent=0.0),
        Thinning(percent=101.0),
        Thinning(tuple("abcdefghi"), tuple("jklmnopqr")),
    ],
)
def test_what_cannot_be_done_is_refused(wrong):
    with pytest.raises(UserError) as refused:
        wrong.checked()
    assert refused.value.code == "thinning"
    assert Thinning(sample=1, percent=100.0).checked().sample == 1


def test_cancelling_ends_it():
    lines, _ = made(MANY, "a")
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        thinned(lines, Thinning(("b",)), cancel=cancel)
