"""Whoosh's own writer with this codec: what it can hold, and what it refuses in plain words."""

from __future__ import annotations

import pytest
from index_corpora import documents_of
from whoosh.analysis import RegexTokenizer, StopFilter
from whoosh.fields import TEXT
from whoosh.index import create_in, open_dir

from incipit.index import codec_writers
from incipit.index.codec import ColumnarCodec
from incipit.index.column_file import ColumnFile
from incipit.index.columns import SegmentColumns
from incipit.index.schema import index_schema


def writer_in(path, schema=None):
    index = create_in(str(path), schema or index_schema())
    return index.writer(codec=ColumnarCodec())


def column_files(path):
    return [ColumnFile.open(file) for file in path.glob("*.cols")]


def test_the_token_stream_is_put_together_again(tmp_path):
    writer = writer_in(tmp_path)
    texts = {7: "b a b c", 3: "", 9: "a " * 300}
    for key, text in texts.items():
        writer.add_document(key=key, content=text)
    writer.commit()
    [file] = column_files(tmp_path)
    found = {key: words for key, words, _ in documents_of(SegmentColumns(file))}
    assert found == {key: text.split() for key, text in texts.items()}


def test_merging_and_optimising_by_whoosh_works(tmp_path):
    for key in range(4):
        index = open_dir(str(tmp_path)) if key else create_in(str(tmp_path), index_schema())
        writer = index.writer(codec=ColumnarCodec())
        writer.add_document(key=key, content=f"same w{key}")
        if key == 3:
            writer.delete_by_term("key", 1)
        writer.commit(optimize=key == 3)
    [file] = column_files(tmp_path)
    assert [key for key, _, _ in documents_of(SegmentColumns(file))] == [3, 0, 2]


def test_a_cancelled_writer_writes_nothing(tmp_path):
    writer = writer_in(tmp_path)
    writer.add_document(key=1, content="a")
    writer.cancel()
    assert column_files(tmp_path) == []
    assert open_dir(str(tmp_path)).doc_count() == 0


def test_a_document_without_a_key_is_refused(tmp_path):
    writer = writer_in(tmp_path)
    writer.add_document(content="a")
    with pytest.raises(ValueError, match="has no key"):
        writer.add_document(key=2, content="b")
    writer.cancel()


def test_more_documents_than_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(codec_writers, "MAX_ROWS", 2)
    writer = writer_in(tmp_path)
    writer.add_document(key=1, content="a")
    writer.add_document(key=2, content="a")
    with pytest.raises(ValueError, match="at most 2 documents"):
        writer.add_document(key=3, content="a")
    writer.cancel()


def test_places_without_a_token_are_refused(tmp_path):
    analyzer = RegexTokenizer() | StopFilter(renumber=False)
    schema = index_schema(())
    schema.add("content", TEXT(analyzer=analyzer))
    writer = writer_in(tmp_path, schema)
    writer.add_document(key=1, content="end of story")
    with pytest.raises(ValueError, match="exactly one token"):
        writer.commit()


def test_fields_without_positions_are_refused(tmp_path):
    schema = index_schema(())
    schema.add("content", TEXT(phrase=False))
    writer = writer_in(tmp_path, schema)
    writer.add_document(key=1, content="story")
    with pytest.raises(ValueError, match="keeps no field like content"):
        writer.commit()


def test_a_document_that_whoosh_gives_up_is_forgotten(tmp_path):
    writer = writer_in(tmp_path)
    writer.perdocwriter.start_doc(0)
    writer.perdocwriter.add_field("key", writer.schema["key"], 5, 0)
    with pytest.raises(ValueError, match="no column content"):
        writer.perdocwriter.add_column_value("content", None, "x")
    writer.perdocwriter.cancel_doc()
    writer.add_document(key=1, content="a")
    writer.commit()
    [file] = column_files(tmp_path)
    assert [key for key, _, _ in documents_of(SegmentColumns(file))] == [1]
