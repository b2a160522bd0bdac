"""A library that can only be read has an index made from its texts, whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from corpora import NEVER, Corpus

from incipit import paths
from incipit.errors import Cancelled
from incipit.services import borrowed, indexing
from incipit.services.control import JobControl
from incipit.store.library_store import Store


@pytest.fixture
def place(corpus: Corpus) -> Path:
    """Return where the index was, which has gone."""
    for number in range(30):
        corpus.write(f"{number}.txt", f"words word{number}")
    corpus.take()
    with Store.open(corpus.place, writable=False) as store:
        place = paths.index_folder(corpus.place, store.identity)
    shutil.rmtree(place)
    return place


@pytest.mark.parametrize("few", [7, 30], ids=["in workers", "here"])
def test_everything_is_indexed_and_nothing_left_over(
    corpus: Corpus, place: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(indexing, "_INLINE_DOCUMENTS", few)
    monkeypatch.setattr(indexing, "_BATCH_DOCUMENTS", 7)
    report = borrowed.index_borrowed(corpus.place, 1, corpus.events.append, NEVER)
    assert not report.cancelled
    assert len(corpus.find("words")) == 30
    assert corpus.find("word7") == ["7.txt"]
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_damaged_index_is_replaced(corpus: Corpus, place: Path) -> None:
    place.mkdir()
    (place / "_MAIN_3.toc").write_bytes(b"no table of contents")
    borrowed.index_borrowed(corpus.place, 1, corpus.events.append, NEVER)
    assert len(corpus.find("words")) == 30


def test_cancelled_work_leaves_nothing(corpus: Corpus, place: Path) -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        borrowed.index_borrowed(corpus.place, 1, corpus.events.append, control)
    assert not list(place.parent.iterdir())
    corpus.upkeep()


def test_what_a_killed_process_left_goes_in_time(corpus: Corpus, place: Path) -> None:
    old, young = (place.with_name(f"{place.name}.new-{pid}") for pid in (1, 2))
    for left in (old, young):
        left.mkdir()
    os.utime(old, (1, 1))
    borrowed.index_borrowed(corpus.place, 1, corpus.events.append, NEVER)
    assert (old.exists(), young.exists()) == (False, True)
