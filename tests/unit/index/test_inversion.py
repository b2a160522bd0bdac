"""The builder of worker processes: what it writes, when it is full, what it leaves behind."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_corpora import check_against_scan, documents, documents_of

from incipit.errors import BugError, UserError
from incipit.index import inversion
from incipit.index.column_file import ColumnFile
from incipit.index.columns import SegmentColumns
from incipit.index.inversion import SegmentBuilder
from incipit.index.pending import segment_id_of
from incipit.text import pieces
from incipit.text.tokens import terms


def opened(folder, pending):
    return SegmentColumns(ColumnFile.open(folder / pending.name))


@given(st.lists(documents, max_size=20))
def test_a_written_segment_answers_as_a_scan_of_the_texts(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("index")
    builder = SegmentBuilder(folder)
    for key, text in enumerate(texts):
        assert builder.add(key, text) == len(text)
    pending = builder.flush()

    columns = opened(folder, pending)
    check_against_scan(columns, texts)
    assert columns.doc_keys.tolist() == list(range(len(texts)))
    assert (pending.doc_count, pending.token_count) == (len(texts), sum(map(len, texts)))
    assert pending.size_bytes == (folder / pending.name).stat().st_size
    assert ColumnFile.open(folder / pending.name).facts["segment"] == segment_id_of(pending.name)


def test_texts_are_tokenised(tmp_path):
    builder = SegmentBuilder(tmp_path)
    assert builder.add(9, "The S-400 isn't\nnew.") == 6
    [(key, words, _)] = documents_of(opened(tmp_path, builder.flush()))
    assert (key, words) == (9, ["the", "s", "400", "isn", "t", "new"])


def test_a_builder_is_empty_after_a_flush(tmp_path):
    builder = SegmentBuilder(tmp_path)
    builder.add(1, ["a"])
    first = builder.flush()
    builder.add(2, ["b"])
    second = builder.flush()

    assert first.name != second.name
    assert [key for key, _, _ in documents_of(opened(tmp_path, second))] == [2]
    assert opened(tmp_path, second).words() == ["b"]


def test_discarded_documents_are_not_written(tmp_path):
    builder = SegmentBuilder(tmp_path)
    builder.add(1, ["a"])
    builder.discard()
    assert builder.doc_count == 0
    assert list(tmp_path.iterdir()) == []
    builder.add(2, ["b"])
    assert [key for key, _, _ in documents_of(opened(tmp_path, builder.flush()))] == [2]


def test_pending_segments_travel_between_processes(tmp_path):
    builder = SegmentBuilder(tmp_path)
    builder.add(1, ["a"])
    pending = builder.flush()
    assert pickle.loads(pickle.dumps(pending)) == pending


def test_a_builder_is_full_by_tokens(tmp_path, monkeypatch):
    monkeypatch.setattr(inversion, "FULL_TOKENS", 5)
    builder = SegmentBuilder(tmp_path)
    builder.add(1, ["a"] * 4)
    assert not builder.is_full
    builder.add(2, ["a"])
    assert builder.is_full


def test_a_builder_is_full_at_65536_documents_and_takes_no_more(tmp_path):
    builder = SegmentBuilder(tmp_path)
    for key in range(65_535):
        builder.add(key, ())
    assert not builder.is_full
    builder.add(65_535, ["last"])
    assert builder.is_full
    with pytest.raises(BugError):
        builder.add(65_536, ["more"])
    columns = opened(tmp_path, builder.flush())
    assert columns.doc_count == 65_536
    assert columns.postings(0)[0].tolist() == [65_535]


def test_a_text_that_no_segment_can_hold_is_refused_in_plain_words(tmp_path, monkeypatch):
    monkeypatch.setattr(inversion, "MAX_ROWS", 3)
    monkeypatch.setattr(inversion, "MAX_ROW_TOKENS", 2)
    builder = SegmentBuilder(tmp_path)
    with pytest.raises(UserError, match="4 billion words"):
        builder.add(1, ["a"] * 7)
    builder.add(2, ["a"] * 6)
    assert builder.doc_count == 1


@given(st.text(max_size=80), st.integers(1, 12))
def test_long_texts_have_the_same_tokens_piece_by_piece(tmp_path_factory, text, piece):
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, pieces):
            patch.setattr(module, "PIECE_CP", piece)
        folder = tmp_path_factory.mktemp("index")
        builder = SegmentBuilder(folder)
        assert builder.add(1, text) == len(terms(text))
        [(_, words, _)] = documents_of(opened(folder, builder.flush()))
    assert words == terms(text)


def test_a_refused_document_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(inversion, "MAX_ROWS", 3)
    builder = SegmentBuilder(tmp_path, ("content", "title"))
    builder.add(1, ["a", "b"], {"title": ["x"]})
    with pytest.raises(UserError):
        builder.add(2, ["c"] * 10, {"title": ["only"] * 4 * 65_535})
    builder.add(3, ["a"])
    file = ColumnFile.open(tmp_path / builder.flush().name)
    check_against_scan(SegmentColumns(file), [["a", "b"], ["a"]])
    check_against_scan(SegmentColumns(file, "title"), [["x"], []])
    assert SegmentColumns(file).doc_keys.tolist() == [1, 3]


def test_a_million_distinct_words(tmp_path):
    builder = SegmentBuilder(tmp_path)
    texts = [[f"w{n}" for n in range(start, 1_000_000, 4)] for start in range(4)]
    for key, text in enumerate(texts):
        builder.add(key, text)
    columns = opened(tmp_path, builder.flush())

    assert columns.term_count == 1_000_000
    assert columns.doc_frequencies().tolist() == [1] * 1_000_000
    for word in ("w0", "w999999", "w65535", "w700001"):
        term = columns.find_term(word)
        assert columns.word(term) == word
        assert columns.postings(term)[0].tolist() == [int(word[1:]) % 4]
        [position] = columns.positions(term).tolist()
        assert columns.terms_between(position, position + 1).tolist() == [term]


def test_a_second_text_field_has_columns_of_its_own(tmp_path):
    builder = SegmentBuilder(tmp_path, ("content", "title"))
    assert builder.add(1, "a b", {"title": "b"}) == 2
    builder.add(2, others={"title": "c c"})
    with pytest.raises(BugError, match="no such text fields: subtitle"):
        builder.add(3, "x", {"subtitle": "y"})
    file = ColumnFile.open(tmp_path / builder.flush().name)

    check_against_scan(SegmentColumns(file), [["a", "b"], []])
    check_against_scan(SegmentColumns(file, "title"), [["b"], ["c", "c"]])
