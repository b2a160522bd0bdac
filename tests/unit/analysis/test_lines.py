"""Lines are the hits, each with its document and the words beside it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from concordance_made import made, plain_of, segments_of
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import documents

from incipit.analysis.lines import lines_of
from incipit.errors import Cancelled

CORPUS = [[["a", "b", "a"], []], [["b", "b"], ["b", "a", "c"]]]
corpora = st.lists(st.lists(documents, max_size=4), min_size=1, max_size=3)


@given(corpora, st.integers(1, 3), st.integers(-5, 5).filter(bool))
def test_lines_and_the_words_beside_them_are_those_of_a_scan(corpus, length, offset):
    lines, plain = made(corpus, "a", length)

    assert plain_of(lines, np.arange(len(lines)), corpus) == plain
    places, inside = lines.beside(offset, slice(None))
    found = [""] * len(lines)
    for _, columns, part in lines.parts():
        words = [columns.word(term) for term in columns.terms_at(places[part]).tolist()]
        found[part] = [w if i else "" for w, i in zip(words, inside[part], strict=True)]
    assert found == [line.beside(offset) for line in plain]


@given(corpora, st.data())
def test_taking_keeps_lines_and_segments_together(corpus, data):
    lines, plain = made(corpus, "a")
    chosen = [n for n in range(len(plain)) if data.draw(st.booleans())]

    taken = lines.take(np.array(chosen, np.int64))

    assert plain_of(taken, np.arange(len(taken)), corpus) == [plain[n] for n in chosen]
    for _, columns, part in taken.parts():
        assert np.isin(taken.documents[part], columns.doc_keys).all()


def test_lines_of_one_document_stand_together():
    lines, plain = made(CORPUS, "b")

    for document in range(5):
        first, end = lines.of_document(document)
        expected = [n for n, line in enumerate(plain) if line.document == document]
        assert list(range(first, end)) == expected


def test_documents_can_be_left_out():
    segments = segments_of([[["a", "a"], ["a"]]])
    spans = [np.array([[0, 1], [1, 2], [2, 3]])]

    assert lines_of(segments, spans, without=np.array([0])).documents.tolist() == [1]


def test_no_segments_have_no_lines():
    assert len(lines_of([], [])) == 0
    assert lines_of([], []).of_document(1) == (0, 0)


def test_cancelling_ends_it():
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        lines_of(segments_of([[["a"]]]), [np.array([[0, 1]])], cancel=cancel)
