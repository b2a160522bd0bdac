"""Deletions of a segment, and how they are pickled."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from incipit.index.codec import ColumnarCodec
from incipit.index.segment import ColumnarSegment


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1)))))
def test_deletions_survive_pickling(case):
    count, deleted = case
    segment = ColumnarSegment("abc", count)
    segment.set_deleted(np.array(sorted(deleted), np.int64))
    segment.use_codec(ColumnarCodec())
    twin = pickle.loads(pickle.dumps(segment, 2))

    assert twin == segment
    assert list(twin.deleted_docs()) == sorted(deleted)
    assert twin.deleted_count() == len(deleted)
    assert twin.doc_count() == count - len(deleted)
    assert twin.has_deletions() == bool(deleted)
    assert [twin.is_deleted(n) for n in range(count + 1)] == [
        n in deleted for n in range(count + 1)
    ]
    assert twin.codec() is not segment.codec()


def test_a_deletion_can_be_taken_back():
    segment = ColumnarSegment("abc", 3)
    segment.delete_document(1)
    kept = segment.live
    segment.delete_document(1, delete=False)
    assert segment.live is None
    assert kept.tolist() == [True, False, True], "a reader's deletions never change"


def test_the_file_keeps_its_name_from_whooshs_cleaning():
    from whoosh.index import TOC

    segment = ColumnarSegment()
    match = TOC._segment_pattern("MAIN").match(segment.file_name)
    assert match[1] == segment.segment_id()
    assert not segment.should_assemble()
