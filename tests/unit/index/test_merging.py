"""Merged segments hold what their inputs held, without what was deleted."""

from __future__ import annotations

import threading
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_corpora import check_against_scan, documents, documents_of, pending, words

from incipit.errors import BugError, Cancelled
from incipit.index import inversion, layout, lexicon_runs, merging, merging_words, pair_layout
from incipit.index.column_file import ColumnFile, write_columns
from incipit.index.columns import SegmentColumns
from incipit.index.inversion import SegmentBuilder
from incipit.index.layout import MAX_ROW_TOKENS, RARE
from incipit.index.merge_policy import SegmentSize
from incipit.index.merging import MergeInput, merge_segments, size_of
from incipit.index.pending import new_pending_path

FIELDS = ("content", "title")

deletions = st.lists(st.booleans(), min_size=25, max_size=25)
inputs = st.lists(st.tuples(st.lists(documents, max_size=25), deletions), min_size=1, max_size=4)


def written(folder, texts, live=None, first_key=0):
    item = pending(folder, dict(enumerate(texts, first_key)))
    mask = None if live is None else np.array(live[: len(texts)], bool)
    return MergeInput(ColumnFile.open(folder / item.name), mask)


def merged_columns(folder, made):
    path = new_pending_path(folder)
    item = merge_segments(made, path)
    file = ColumnFile.open(path)
    assert file.verify() == []
    assert item.size_bytes == path.stat().st_size
    columns = SegmentColumns(file)
    assert (item.doc_count, item.token_count) == (columns.doc_count, columns.token_count)
    return columns


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(inputs, st.integers(1, 50), st.sampled_from([3, 8, 65_535]), st.booleans())
def test_a_merged_segment_answers_as_a_scan(tmp_path_factory, cases, piece, row_tokens, heavy):
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "PIECE_TOKENS", piece)
        patch.setattr(lexicon_runs, "_LEAST_OF_ONE", 3)
        patch.setattr(lexicon_runs, "_WORDS_AT_ONCE", 3)
        for module in (inversion, layout):
            patch.setattr(module, "MAX_ROW_TOKENS", row_tokens)
        patch.setattr(pair_layout, "MIN_ROWS", 2)
        if heavy:
            patch.setattr(layout, "_HEAVY_TOKENS", 2)
        made, staying, key = [], {}, 0
        for texts, live in cases:
            made.append(written(folder, texts, live, key))
            staying |= {key + n: text for n, text in enumerate(texts) if live[n]}
            key += len(texts)
        columns = merged_columns(folder, made)

        check_against_scan(columns, list(staying.values()))
        assert columns.doc_keys.tolist() == list(staying)
        # A merged segment is laid out as if its documents had been written together.
        together = written(folder, list(staying.values()), first_key=0).file
        names = ("stream", "rows", "places", "firsts", "dense_rows", "heavy_terms", "words")
        pairs = ("pair_firsts", "pair_seconds", "pair_rows", "pair_offsets", "pair_counts")
        for name in names + pairs:
            assert np.array_equal(
                columns.source.column(f"content/{name}"), together.column(f"content/{name}")
            )


def test_words_beyond_the_codes_are_merged(tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "PIECE_TOKENS", 10_000)
    rng = np.random.default_rng(3)
    texts = [[f"w{n}" for n in rng.integers(0, 90_000, 70_000)] for _ in range(4)]
    live = np.array([True, False, True, True])
    builder = SegmentBuilder(tmp_path)
    names = []
    for key, text in enumerate(texts):
        builder.add(key, text)
        if key % 2:
            names.append(builder.flush().name)
    files = [ColumnFile.open(tmp_path / name) for name in names]
    columns = merged_columns(
        tmp_path, [MergeInput(file, live[n * 2 : n * 2 + 2]) for n, file in enumerate(files)]
    )

    kept = [text for n, text in enumerate(texts) if live[n]]
    assert columns.term_count == len({word for text in kept for word in text}) > RARE + 1
    lexicon = columns.words()
    assert lexicon == sorted(lexicon)
    found = [lexicon[t] for t in columns.terms_between(0, columns.token_count).tolist()]
    assert found == [word for text in kept for word in text]
    for term in rng.integers(0, columns.term_count, 60).tolist():
        expected = [n for n, word in enumerate(found) if word == lexicon[term]]
        assert columns.positions(term).tolist() == expected
        assert np.flatnonzero(columns.match_at(np.arange(len(found)), term)).tolist() == expected


def test_more_rare_words_than_16_bits_number_are_merged(tmp_path):
    texts = [[f"w{3 * n + key:06}" for n in range(40_000)] for key in range(3)]
    columns = merged_columns(
        tmp_path, [written(tmp_path, [text], first_key=key) for key, text in enumerate(texts)]
    )
    together = written(tmp_path, texts).file
    for name in ("words", "stream", "rare_terms", "rows", "places", "row_offsets"):
        one = columns.source.column(f"content/{name}")
        assert np.array_equal(one, together.column(f"content/{name}")), name


def test_memory_does_not_grow_with_the_vocabulary(tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "PIECE_TOKENS", 1 << 12)
    monkeypatch.setattr(merging, "_WORD_ITEMS_AT_ONCE", 1 << 12)
    monkeypatch.setattr(merging_words, "_TERMS_AT_ONCE", 1 << 12)
    monkeypatch.setattr(lexicon_runs, "_WORDS_AT_ONCE", 1 << 10)
    texts = [[f"w{10 * n + key:07}" for n in range(60_000)] for key in range(6)]
    made = [written(tmp_path, [text], first_key=key) for key, text in enumerate(texts)]
    tracemalloc.start()
    try:
        merge_segments(made, new_pending_path(tmp_path))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # New numbers and codes of one segment, and what has one size whatever is merged: as strings
    # the words alone would be 20 million bytes.
    assert most < 6 * 60_000 + 4_000_000


def test_all_fields_are_merged(tmp_path):
    files = []
    for key in range(2):
        builder = SegmentBuilder(tmp_path, ("content", "title"))
        builder.add(key, f"text{key} same", {"title": f"title{key}"})
        files.append(ColumnFile.open(tmp_path / builder.flush().name))
    path = new_pending_path(tmp_path)
    merge_segments([MergeInput(file, None) for file in files], path)

    file = ColumnFile.open(path)
    check_against_scan(SegmentColumns(file), [["text0", "same"], ["text1", "same"]])
    check_against_scan(SegmentColumns(file, "title"), [["title0"], ["title1"]])


def built(folder, key, *texts):
    """Write one document by the texts of its fields."""
    builder = SegmentBuilder(folder, FIELDS[: len(texts)])
    builder.add(key, texts[0], dict(zip(FIELDS[1:], texts[1:], strict=False)))
    return MergeInput(ColumnFile.open(folder / builder.flush().name), None)


def check_joined(folder, pieces, whole):
    """Join the pieces of a document and compare every byte with the whole."""
    path = new_pending_path(folder)
    item = merge_segments(pieces, path, one_document=True)
    found, expected = ColumnFile.open(path), whole.file
    assert item.doc_count == 1
    assert item.token_count == SegmentColumns(expected).token_count
    assert found._columns.keys() == expected._columns.keys()
    assert {**found.facts, "segment": ""} == {**expected.facts, "segment": ""}
    for name in expected._columns:
        one, other = found.column(name), expected.column(name)
        assert (one.dtype, one.tobytes()) == (other.dtype, other.tobytes()), name


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(words, max_size=60),
    st.lists(words, max_size=7),
    st.lists(st.integers(0, 20), max_size=4),
    st.integers(1, 20),
)
def test_pieces_of_a_document_become_what_the_whole_would_be(
    tmp_path_factory, text, title, cuts, piece
):
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, layout, merging):
            patch.setattr(module, "MAX_ROW_TOKENS", 3)
        patch.setattr(merging, "PIECE_TOKENS", piece)
        patch.setattr(lexicon_runs, "_LEAST_OF_ONE", 3)
        patch.setattr(lexicon_runs, "_WORDS_AT_ONCE", 3)
        patch.setattr(pair_layout, "MIN_ROWS", 2)
        patch.setattr(layout, "_HEAVY_TOKENS", 2)
        borders = [0, *sorted(3 * cut for cut in cuts), None]
        pieces = [
            built(folder, 5, text[start:end], title if end is None else [])
            for start, end in pairwise(borders)
        ]
        check_joined(folder, pieces, built(folder, 5, text, title))


def test_pieces_of_a_document_with_more_words_than_codes_become_the_whole(tmp_path):
    rng = np.random.default_rng(4)
    text = [f"w{n}" for n in rng.integers(0, 90_000, 5 * MAX_ROW_TOKENS - 7)]
    pieces = [
        built(tmp_path, 1, text[start * MAX_ROW_TOKENS : end * MAX_ROW_TOKENS])
        for start, end in pairwise((0, 2, 3, 5))
    ]
    check_joined(tmp_path, pieces, built(tmp_path, 1, text))


def test_only_pieces_of_one_document_are_joined(tmp_path):
    full, rest = ["a"] * MAX_ROW_TOKENS, ["b", "c"]
    short = [built(tmp_path, 1, rest), built(tmp_path, 1, full)]
    others = [built(tmp_path, 1, full), built(tmp_path, 2, rest)]
    two = [written(tmp_path, [full, rest])]
    before = set(tmp_path.iterdir())
    for pieces in (short, others, two):
        with pytest.raises(BugError):
            merge_segments(pieces, new_pending_path(tmp_path), one_document=True)
    assert set(tmp_path.iterdir()) == before


def test_a_cancelled_merge_leaves_nothing(tmp_path):
    made = [written(tmp_path, [["a", "b"]] * 5), written(tmp_path, [["c"]], first_key=9)]
    before = set(tmp_path.iterdir())

    class After:
        """Is set from the given question on."""

        def __init__(self, questions):
            self.left = questions

        def is_set(self):
            self.left -= 1
            return self.left < 0

    questions = 0
    while True:
        try:
            merge_segments(made, new_pending_path(tmp_path), After(questions))
        except Cancelled:
            assert set(tmp_path.iterdir()) == before
            questions += 1
        else:
            break
    assert questions >= 5, "the token is asked between pieces"
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        merge_segments(made, new_pending_path(tmp_path), cancel)


def test_a_failing_merge_leaves_nothing(tmp_path):
    good = written(tmp_path, [["a", "b"], ["b"]])
    facts, names = good.file.facts, list(good.file._columns)
    columns = {name: good.file.column(name).copy() for name in names}
    columns["content/rows"][:] = 200
    columns["content/dense_rows"][:] = 255
    write_columns(tmp_path / "bad.cols", columns, dict(facts))
    before = set(tmp_path.iterdir())
    with pytest.raises((IndexError, ValueError)):
        merge_segments(
            [good, MergeInput(ColumnFile.open(tmp_path / "bad.cols"), np.array([True, False]))],
            new_pending_path(tmp_path),
        )
    assert set(tmp_path.iterdir()) == before


def test_the_size_of_a_segment_counts_what_stays(tmp_path):
    item = written(tmp_path, [["a"] * 3, [], ["b"] * 4])
    assert size_of(SegmentColumns(item.file)) == SegmentSize(3, 7, 7, 2)
    live = np.array([False, True, True])
    assert size_of(SegmentColumns(item.file, live=live)) == SegmentSize(2, 4, 7, 2)
    assert documents_of(SegmentColumns(item.file, live=live))[0][2] is False
