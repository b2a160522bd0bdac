"""Cursors, matchers and statistics of terms, as Whoosh's classes rely on them."""

from __future__ import annotations

import pytest
from index_corpora import pending
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound

from incipit.index.folder import IndexFolder

TEXTS = {10: "b a b", 11: "a", 5: "", 6: "c b a a a"}


@pytest.fixture
def reader(tmp_path):
    folder = IndexFolder.create(tmp_path / "index", identity="x")
    folder.write(adds=[pending(folder.path, TEXTS)])
    with folder.snapshot() as snapshot:
        yield snapshot.reader()


def test_a_matcher_walks_over_documents_with_weights_and_positions(reader):
    matcher = reader.postings("content", "a")
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight(), matcher.value_as("positions")))
        matcher.next()
    assert found == [(0, 1.0, [1]), (1, 1.0, [0]), (3, 3.0, [2, 3, 4])]
    with pytest.raises(ReadTooFar):
        matcher.next()
    with pytest.raises(ReadTooFar):
        matcher.skip_to(9)
    matcher.reset()
    assert list(matcher.all_ids()) == [0, 1, 3]


def test_encoded_values_are_whooshs(reader):
    matcher = reader.postings("content", "b")
    decode = reader.schema["content"].format.decode_positions
    assert decode(matcher.value()) == [0, 2] == [span.start for span in matcher.spans()]
    assert matcher.value_as("frequency") == 2
    assert matcher.supports("positions")
    assert not matcher.supports("characters")


def test_skipping_stops_at_the_next_document(reader):
    matcher = reader.postings("content", "a")
    matcher.skip_to(0)
    assert matcher.id() == 0
    twin = matcher.copy()
    matcher.skip_to(2)
    assert matcher.id() == 3
    assert twin.id() == 0
    matcher.skip_to(4)
    assert not matcher.is_active()


def test_statistics_are_exact(reader):
    info = reader.term_info("content", "a")
    assert (info.weight(), info.doc_frequency(), info.max_weight()) == (5.0, 3, 3.0)
    assert (info.min_length(), info.max_length()) == (1, 5)
    assert (info.min_id(), info.max_id()) == (0, 3)
    matcher = reader.postings("content", "a")
    assert (matcher.block_min_length(), matcher.block_max_length()) == (1, 5)
    assert (matcher.block_min_id(), matcher.block_max_id()) == (0, 3)
    assert matcher.block_max_weight() == 3.0


def test_a_cursor_finds_and_walks(reader):
    cursor = reader.cursor("content")
    assert cursor.text() == cursor.term() == "a"
    assert cursor.find("aa") == "b"
    assert cursor.next() == "c"
    assert cursor.term_info().doc_frequency() == 1
    assert cursor.next() is None
    assert not cursor.is_valid()
    assert cursor.next() is cursor.term_info() is None
    assert cursor.first() == "a"


def test_keys_are_terms_in_the_order_of_numbers(reader):
    to_bytes = reader.schema["key"].to_bytes
    assert list(reader.lexicon("key")) == [to_bytes(key) for key in sorted(TEXTS)]
    assert list(reader.field_terms("key")) == sorted(TEXTS)
    assert ("key", to_bytes(10)) in reader
    assert ("key", to_bytes(12)) not in reader
    assert reader.first_id("key", to_bytes(6)) == 3
    matcher = reader.postings("key", to_bytes(11))
    assert (matcher.id(), matcher.weight(), matcher.value()) == (1, 1.0, b"")


def test_terms_come_field_after_field(reader):
    names = [name for name, _ in reader.all_terms()]
    assert names == ["content"] * 3 + ["key"] * 4
    assert [text for _, text in reader.terms_from("content", b"b")][:2] == [b"b", b"c"]
    assert list(reader.indexed_field_names()) == ["content", "key"]
    assert [text for text, _ in reader.iter_field("content", "b")] == [b"b", b"c"]


def test_what_is_not_there_is_said_in_whooshs_way(reader):
    with pytest.raises(TermNotFound):
        reader.term_info("content", "never")
    with pytest.raises(TermNotFound):
        reader.postings("content", "never")
    with pytest.raises(TermNotFound):
        reader.postings("title", "a")
    assert reader.frequency("content", "never") == reader.doc_frequency("content", "never") == 0
    assert ("content", "never") not in reader
    assert ("title", "a") not in reader
