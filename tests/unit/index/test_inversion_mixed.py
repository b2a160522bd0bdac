"""Texts that wait to be numbered at once, among texts that do not: one order, one vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_corpora import check_against_scan, documents_of

from incipit.errors import UserError
from incipit.index import inversion, word_numbers
from incipit.index.column_file import ColumnFile
from incipit.index.columns import SegmentColumns
from incipit.index.inversion import SegmentBuilder
from incipit.text.tokens import MAX_TERM_CP, terms

#: Words of 15, 16 and 17 bytes that begin one another, and words with an accent among them.
words = st.sampled_from(
    ["a", "b", "A", "é", "ä", "q" * 15, "q" * 16, "q" * 17, "q" * MAX_TERM_CP, "q" * 95, "中文"]
)
spoken = st.lists(words, max_size=6).map(" ".join)
given_as_terms = st.lists(st.sampled_from(["a", "b", "q" * 16]), max_size=4)


def terms_in(document):
    return terms(document) if isinstance(document, str) else list(document)


@settings(deadline=None)
@given(
    st.lists(spoken | given_as_terms, max_size=12),
    st.sampled_from([1, 20, 1 << 17]),
    st.sampled_from([3, 1 << 20]),
)
def test_texts_of_every_kind_keep_their_order_and_share_words(tmp_path_factory, some, chunk, piece):
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, word_numbers):
            patch.setattr(module, "CHUNK_BYTES", chunk)
        patch.setattr(inversion, "PIECE_CP", piece)
        builder = SegmentBuilder(folder)
        for key, document in enumerate(some):
            assert builder.add(key, document) == len(terms_in(document))
        pending = builder.flush()
    columns = SegmentColumns(ColumnFile.open(folder / pending.name))
    check_against_scan(columns, [terms_in(document) for document in some])
    assert pending.token_count == sum(len(terms_in(document)) for document in some)


def test_a_refused_document_whose_text_waits_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(inversion, "MAX_ROWS", 3)
    builder = SegmentBuilder(tmp_path, ("content", "title"))
    builder.add(1, "a b", {"title": "x"})
    with pytest.raises(UserError):
        builder.add(2, "c d e", {"title": ["only"] * 4 * 65_535})
    builder.add(3, "a")
    pending = builder.flush()

    file = ColumnFile.open(tmp_path / pending.name)
    check_against_scan(SegmentColumns(file), [["a", "b"], ["a"]])
    check_against_scan(SegmentColumns(file, "title"), [["x"], []])
    assert pending.token_count == 3


def test_a_long_word_is_not_the_word_of_its_first_16_letters(tmp_path):
    builder = SegmentBuilder(tmp_path)
    builder.add(1, "q" * 16)
    builder._batches[0]._number()  # So that the shorter one is known when the longer comes.
    builder.add(2, "q" * 17)
    columns = SegmentColumns(ColumnFile.open(tmp_path / builder.flush().name))
    assert [text for _, text, _ in documents_of(columns)] == [["q" * 16], ["q" * 17]]
