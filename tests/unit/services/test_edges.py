"""How likely the edges of a slab are torn is estimated from the words of the corpus."""

from __future__ import annotations

import random

import numpy as np
import pytest
from corpora import Corpus

from incipit.errors import UserError
from incipit.index.inversion import columns_of
from incipit.services.edges import word_tally

_WORDS = ("administration", "harbour", "the", "of", "military", "and", "ships", "he", "s")
_SLAB_CP = 1_500


@pytest.fixture
def slabs(corpus: Corpus) -> Corpus:
    choose = random.Random(7)
    stream = " ".join(choose.choices(_WORDS, k=3_000))
    for number in range(8):
        start = 1 + number * _SLAB_CP
        corpus.write(f"{number}.txt", stream[start : start + _SLAB_CP])
    corpus.write("whole.txt", "A letter\n\nabout the harbour.")
    corpus.take()
    return corpus


def test_estimate_tells_torn_words_from_whole_ones(slabs: Corpus) -> None:
    torn = {True: [], False: []}
    for document in slabs.documents():
        likely = slabs.library.torn_edges(document.id)
        if document.name == "whole.txt":
            assert likely is None
            continue
        assert document.is_slab
        assert likely is not None
        words = slabs.library.text(document.id).split()
        torn[words[0] not in _WORDS].append(likely[0])
        torn[words[-1] not in _WORDS].append(likely[1])
    assert min(torn[True]) > 0.5
    assert np.mean(torn[True]) > np.mean(torn[False])


def test_a_space_at_the_edge_shows_that_the_word_is_whole(corpus: Corpus) -> None:
    body = "harbour ships " * 200
    for number in range(4):
        corpus.write(f"{number}.txt", f" he {body}"[:_SLAB_CP])
    corpus.take()
    likely = [corpus.library.torn_edges(document.id) for document in corpus.documents()]
    assert {pair[0] for pair in likely if pair is not None} == {0.0}


def test_estimate_follows_what_is_imported(slabs: Corpus) -> None:
    document = slabs.named("0.txt")
    before = slabs.library.torn_edges(document.id)
    first = slabs.library.text(document.id).split()[0]
    slabs.write("more.txt", f"A list\n\n{first} " * 500)
    slabs.take()
    after = slabs.library.torn_edges(document.id)
    assert before is not None
    assert after is not None
    assert after[0] < before[0]


def test_document_that_is_gone_is_said(slabs: Corpus) -> None:
    with pytest.raises(UserError) as raised:
        slabs.library.torn_edges(12345)
    assert raised.value.code == "gone"


def test_counts_leave_out_the_edges_of_slabs() -> None:
    texts = ("torn word word end", "word torn end", "alone")
    columns = columns_of([text.split() for text in texts], [1, 2, 3])
    words = ("torn", "word", "end", "alone")
    of_slabs = word_tally(columns, np.array([1, 3]))
    assert [of_slabs.of(word) for word in words] == [1, 3, 1, 0]
    of_none = word_tally(columns, np.array([], np.int64))
    assert [of_none.of(word) for word in words] == [2, 3, 2, 1]
