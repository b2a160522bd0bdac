"""What Whoosh can ask of documents: keys, lengths, deletions."""

from __future__ import annotations

import pytest
from index_corpora import pending

from incipit.index.folder import IndexFolder

TEXTS = {10: "b a b", -11: "a", 2**50: "", 6: "c " * 300}


@pytest.fixture
def reader(tmp_path):
    folder = IndexFolder.create(tmp_path / "index", identity="x")
    folder.write(adds=[pending(folder.path, TEXTS)])
    folder.write(deletes=[-11])
    with folder.snapshot() as snapshot:
        yield snapshot.reader()


def test_lengths_are_exact(reader):
    assert [reader.doc_field_length(doc, "content") for doc in range(4)] == [3, 1, 0, 300]
    assert reader.field_length("content") == 304
    assert (reader.min_field_length("content"), reader.max_field_length("content")) == (0, 300)
    assert reader.doc_field_length(0, "key", 7) == 7
    assert reader.field_length("key") == reader.max_field_length("key") == 0


def test_keys_are_stored_fields_and_a_column(reader):
    assert [reader.stored_fields(doc) for doc in range(4)] == [{"key": key} for key in TEXTS]
    column = reader.column_reader("key")
    assert [column[doc] for doc in range(4)] == list(column) == list(TEXTS)
    assert len(column) == 4
    assert sorted(range(4), key=column.sort_key) == [1, 3, 0, 2]
    backwards = reader.column_reader("key", reverse=True)
    assert sorted(range(4), key=backwards.sort_key) == [2, 0, 3, 1]
    assert [reader.schema["key"].from_column_value(v) for v in column.raw_column().load()] == list(
        TEXTS
    )
    assert reader.has_column("key")
    assert not reader.has_column("content")


def test_deleted_documents_are_known(reader):
    assert reader.has_deletions()
    assert [reader.is_deleted(doc) for doc in range(4)] == [False, True, False, False]
    assert list(reader.all_doc_ids()) == [0, 2, 3]
    assert (reader.doc_count(), reader.doc_count_all()) == (3, 4)
    assert [doc for doc, _ in reader.iter_docs()] == [0, 2, 3]
    assert not reader.has_vector(0, "content")
