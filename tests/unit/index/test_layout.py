"""How tokens become columns: rows, codes, bitmaps, and the choice between them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incipit.index.layout import (
    MAX_ROW_TOKENS,
    RARE,
    choose_coded,
    code_table,
    counts_of,
    is_dense,
    is_heavy,
    key_columns,
    lay_out,
    lexicon_columns,
    offsets_of,
    pack_bitmaps,
    split_rows,
    stream_columns,
)


@given(st.lists(st.integers(0, 3 * MAX_ROW_TOKENS), max_size=20))
def test_rows_cut_long_documents_only(lengths):
    rows, doc_rows = split_rows(np.array(lengths, np.int64))

    assert rows.sum() == sum(lengths)
    assert rows.max(initial=0) <= MAX_ROW_TOKENS
    assert doc_rows[-1] == rows.size
    for n, length in enumerate(lengths):
        own = rows[doc_rows[n] : doc_rows[n + 1]]
        assert own.sum() == length
        assert own.size == max(1, -(-length // MAX_ROW_TOKENS))


def test_a_document_of_exactly_a_row_is_one_row():
    for length, pieces in ((MAX_ROW_TOKENS, 1), (MAX_ROW_TOKENS + 1, 2)):
        rows, doc_rows = split_rows(np.array([length], np.int64))
        assert rows.size == pieces
        assert doc_rows.tolist() == [0, pieces]


def test_a_term_with_a_line_feed_is_refused():
    with pytest.raises(ValueError, match="line feed"):
        lexicon_columns(["a\nb"])


def test_words_are_text_between_line_feeds():
    columns = lexicon_columns(["", "a", "é"])
    assert columns["words"].tobytes() == "\na\né\n".encode()
    assert columns["word_offsets"].tolist() == [0, 1, 3, 6]


def test_all_terms_have_codes_up_to_the_limit_of_16_bits():
    assert choose_coded(lambda: [np.ones(RARE + 1, np.int64)]).size == 0
    counts = np.ones(RARE + 2, np.int64)
    counts[[3, 70]] = 9
    coded = choose_coded(lambda: np.array_split(counts, 7))
    assert coded.size == RARE
    assert {3, 70} <= set(coded.tolist())
    assert np.all(coded[1:] > coded[:-1])
    table = code_table(coded, counts.size)
    assert np.flatnonzero(table == RARE).tolist() == sorted(
        set(range(RARE + 2)) - set(coded.tolist())
    )
    assert np.array_equal(coded[table[coded]], coded)


def test_terms_without_codes_stand_beside_the_stream():
    count = RARE + 3
    terms = np.concatenate([np.arange(count), np.arange(count - 5)]).astype(np.uint32)
    columns = stream_columns(terms, np.bincount(terms))
    rare = columns["rare_positions"].astype(np.int64)
    assert np.all(columns["stream"][rare] == RARE)
    assert np.array_equal(terms[rare], columns["rare_terms"])
    assert np.count_nonzero(columns["stream"] == RARE) == rare.size
    assert set(columns["rare_terms"].tolist()) <= set(range(count - 5, count))


def test_bitmaps_are_taken_where_they_are_smaller():
    counts = np.array([1, 8192 // 2, 8192 // 2 + 1, 65536])
    assert is_dense(counts, 65536, np.dtype(np.uint16)).tolist() == [False, False, True, True]


def test_frequencies_are_kept_for_words_that_fill_texts():
    tokens, rows = np.array([2047, 2048, 2048, 5000]), np.array([1, 512, 513, 5000])
    assert is_heavy(tokens, rows).tolist() == [False, True, False, False]


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 18))))
def test_bitmaps_hold_the_given_rows(pairs):
    terms = np.array([t for t, _ in pairs], np.int64)
    rows = np.array([r for _, r in pairs], np.int64)
    packed = pack_bitmaps(terms, rows, 4, 19).reshape(4, 3)
    found = {
        (t, r)
        for t in range(4)
        for r in np.flatnonzero(np.unpackbits(packed[t], bitorder="little"))
    }
    assert found == pairs


@given(st.lists(st.integers(0, 1000)))
def test_offsets_and_counts_are_inverse(counts):
    offsets = offsets_of(np.array(counts, np.int64))
    assert offsets[0] == 0
    assert counts_of(offsets).tolist() == counts


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=6))
def test_keys_of_any_size_come_back(keys):
    columns, facts = key_columns(np.array(keys, np.int64))
    assert (columns["keys"].astype(np.int64) + facts["key_base"]).tolist() == keys


def test_keys_close_together_are_small():
    columns, _ = key_columns(np.array([10**12, 10**12 + 200]))
    assert columns["keys"].dtype == np.uint8


def test_columns_take_the_narrowest_dtypes():
    columns = lay_out(["a", "b"], np.array([0, 1, 0], np.uint32), np.array([1, 2]))
    assert {columns[n].dtype for n in ("stream", "places", "rows", "row_lengths")} == {
        np.dtype(np.uint8)
    }
    wide = lay_out(["a"], np.zeros(300 * 300, np.uint32), np.full(300, 300))
    assert wide["places"].dtype == wide["row_lengths"].dtype == np.uint16


def test_nothing_has_columns_too():
    columns = lay_out([], np.empty(0, np.uint32), np.empty(0, np.int64))
    assert columns["row_offsets"].tolist() == columns["word_offsets"].tolist() == [0]
