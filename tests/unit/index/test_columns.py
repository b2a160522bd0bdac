"""Columns against a plain scan of the texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import check_against_scan, documents

from incipit.errors import IndexUnusable
from incipit.index import columns as columns_module
from incipit.index import inversion, layout
from incipit.index.columns import MemorySource, SegmentColumns, document_keys, field_names
from incipit.index.inversion import columns_of


@given(st.lists(documents, max_size=25))
def test_columns_answer_as_a_scan_of_the_texts(texts):
    check_against_scan(columns_of(texts, range(len(texts))), texts)


@given(st.lists(documents, max_size=25), st.integers(1, 9))
def test_pieces_of_long_documents_make_no_difference(texts, row_tokens):
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, layout):
            patch.setattr(module, "MAX_ROW_TOKENS", row_tokens)
        check_against_scan(columns_of(texts, range(len(texts))), texts)


@given(st.lists(documents, min_size=1, max_size=25), st.data())
def test_positions_in_the_documents_of_other_terms_too(texts, data):
    columns = columns_of(texts, range(len(texts)))
    if not columns.term_count:
        return
    numbers = st.integers(0, columns.term_count - 1)
    term, others = data.draw(numbers), data.draw(st.lists(numbers, min_size=1, max_size=4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns_module, "_MANY_POSITIONS", 1)
        patch.setattr(columns_module, "_TELLING_SHARE", 2)
        found = columns.positions_beside(term, others).tolist()

    both = set(columns.postings(term)[0].tolist())
    both = both.intersection(*(columns.postings(other)[0].tolist() for other in others))
    positions = columns.positions(term)
    docs = columns.doc_starts.searchsorted(positions, side="right") - 1
    assert found == positions[np.isin(docs, list(both))].tolist()


@given(st.lists(documents, min_size=1, max_size=25))
def test_frequencies_kept_ready_make_no_difference(texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_HEAVY_TOKENS", 1)
        patch.setattr(layout, "_HEAVY_PER_ROW", 1)
        check_against_scan(columns_of(texts, range(len(texts))), texts)


def test_words_beyond_the_codes_make_no_difference():
    rng = np.random.default_rng(7)
    names = [f"w{n}" for n in range(70_000)]
    texts = [
        [*names[:40_000], "w3"],
        names[30_000:],
        [names[n] for n in rng.integers(0, 70_000, 999)],
    ]
    columns = columns_of(texts, range(3))
    flat = [word for text in texts for word in text]
    everywhere = np.arange(len(flat))
    lexicon = columns.words()

    assert [lexicon[t] for t in columns.terms_between(0, len(flat)).tolist()] == flat
    assert np.array_equal(columns.terms_at(everywhere), columns.terms_between(0, len(flat)))
    assert [lexicon[t] for t in columns.terms_between(50, 60_000).tolist()] == flat[50:60_000]
    once = columns.frequencies() == 1
    for term in np.flatnonzero(once)[:: once.size // 40].tolist():
        found = np.flatnonzero(columns.match_at(everywhere, term))
        assert [flat[n] for n in found] == [lexicon[term]]
        assert np.array_equal(found, columns.positions(term))


def test_a_document_longer_than_a_row_is_one_document():
    text = ["x"] * 65_535 + ["y", "x"] + ["z"] * 70_000
    columns = columns_of([["y"], text, ["x"]], [5, 6, 7])

    assert columns.row_count == 5
    assert columns.doc_starts.tolist() == [0, 1, 1 + len(text), 2 + len(text)]
    docs, counts = columns.postings(columns.find_term("x"))
    assert list(zip(docs.tolist(), counts.tolist(), strict=True)) == [(1, 65_536), (2, 1)]
    [first, second] = columns.positions(columns.find_term("y")).tolist()
    assert (first, second) == (0, 65_536)
    # Neighbours across the edge of a row.
    assert columns.match_at(np.array([second - 1, second + 1]), columns.find_term("x")).all()
    assert columns.doc_frequencies().tolist() == [2, 2, 1]


def test_words_from_gives_the_range_of_a_prefix():
    columns = columns_of([["a", "ab", "abc", "ac", "b", "中", "中a"]], [1])

    assert columns.words(*columns.words_from("ab")) == ["ab", "abc"]
    assert columns.words(*columns.words_from("")) == columns.words()
    assert columns.words(*columns.words_from("中")) == ["中", "中a"]
    assert columns.words(*columns.words_from("q")) == []
    assert columns.words(*columns.words_from("zz")) == []
    assert columns.find_term("abcd") == columns.find_term("") == -1


def test_arrays_cannot_be_changed():
    columns = columns_of([["a", "b"], ["a"]], [1, 2])
    for values in (columns.doc_keys, columns.doc_starts, columns.source.column("content/stream")):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1


def test_other_deletions_share_the_columns():
    columns = columns_of([["a"], ["b"]], [1, 2])
    live = np.array([True, False])
    twin = columns.with_live(live)

    assert columns.live is None
    assert twin.live is live
    assert twin.words() == columns.words()


def test_keys_and_fields_are_read_from_any_source():
    columns = columns_of([["a"], ["b"]], [11, 7])
    assert document_keys(columns.source).tolist() == columns.doc_keys.tolist() == [11, 7]
    assert field_names(columns.source) == ("content",)


@pytest.mark.parametrize(
    "name", ["row_offsets", "token_offsets", "places", "firsts", "row_lengths", "word_offsets"]
)
def test_columns_that_do_not_fit_together_are_unusable(name):
    source = columns_of([["a", "b"], ["a"]], [1, 2]).source
    names = [
        "keys",
        *(
            f"content/{n}"
            for n in layout.lay_out([], np.empty(0, np.uint32), np.empty(0, np.int64))
        ),
    ]
    columns = {n: source.column(n) for n in names}
    columns[f"content/{name}"] = columns[f"content/{name}"][:-1]
    with pytest.raises(IndexUnusable):
        SegmentColumns(MemorySource(columns, source.facts))


@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=9), max_size=6),
    st.sampled_from([2, layout.MAX_ROW_TOKENS]),
)
def test_postings_of_a_range_are_those_of_its_terms(texts, row_tokens):
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, layout):
            patch.setattr(module, "MAX_ROW_TOKENS", row_tokens)
        columns = columns_of(texts, range(len(texts)))

    for first in range(columns.term_count + 1):
        for end in range(first, columns.term_count + 1):
            terms, docs, counts = columns.postings_between(first, end)
            wanted = [
                (term, doc, count)
                for term in range(first, end)
                for doc, count in zip(*map(list, columns.postings(term)), strict=True)
            ]
            assert list(zip(terms, docs, counts, strict=True)) == wanted
    frequencies = [columns.doc_frequency(term) for term in range(columns.term_count)]
    assert frequencies == list(columns.doc_frequencies())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns_module, "_POSTINGS_AT_ONCE", 3)
        for start in range(columns.term_count):
            counted = columns.count_documents(start, columns.term_count)
            assert counted.tolist() == frequencies[start:]
