"""The rows of the index queue become batches of bounded size, and batches segments."""

from __future__ import annotations

import pytest
from corpora import Corpus
from hypothesis import given
from hypothesis import strategies as st

from incipit.index import inversion
from incipit.index.folder import IndexFolder
from incipit.services import indexing
from incipit.services.indexing import IndexBatch, index_batch, index_batches
from incipit.store.records import QueueAction, Queued


def _queued(ids):
    return [Queued(number, QueueAction.INDEX, 1) for number in ids]


@given(st.lists(st.integers(0, 30), max_size=30))
def test_a_batch_is_a_few_texts_or_one_that_is_long(tmp_path_factory, lengths):
    sizes = dict(enumerate(lengths))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "batch_bytes", lambda: 20)
        patch.setattr(indexing, "LONG_CP", 15)
        folder = tmp_path_factory.getbasetemp()
        batches = list(index_batches(folder, folder, _queued(sizes), sizes))
        assert [row.document_id for one in batches for row in one.queued] == list(sizes)
        for one in batches:
            assert one.char_count == sum(sizes[row.document_id] for row in one.queued)
            assert one.char_count <= 20 or len(one.queued) == 1
            assert one.is_long == (len(one.queued) == 1 and one.char_count > 15)


@pytest.mark.parametrize(("long_cp", "full", "segments"), [(0, 99, 1), (99, 99, 1), (99, 5, 3)])
def test_a_batch_holds_its_documents_in_as_many_segments_as_it_takes(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, long_cp: int, full: int, segments: int
) -> None:
    for number in range(6 if long_cp else 1):
        corpus.write(f"{number}.txt", f"three other{number} words{number}")
    corpus.take()
    monkeypatch.setattr(indexing, "LONG_CP", long_cp)
    monkeypatch.setattr(inversion, "FULL_TOKENS", full)
    ids = [document.id for document in corpus.documents()]
    place = corpus.place.parent / "index"
    index = IndexFolder.create(place, identity="test")
    batch = IndexBatch(corpus.place, place, tuple(_queued(ids)), 99)
    done = index_batch(batch)
    assert (len(done.segments), done.queued) == (segments, batch.queued)
    index.write(adds=done.segments)
    assert index.keys().tolist() == sorted(ids)
