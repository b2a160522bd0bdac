"""Upkeep is started where there is something to do, and once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from corpora import Corpus

from incipit import paths
from incipit.services.searching import Searching
from incipit.store.library_store import Store

_WAIT_S = 60


def index_place(corpus: Corpus) -> Path:
    with Store.open(corpus.place, writable=False) as store:
        return paths.index_folder(corpus.place, store.identity)


def test_nothing_to_do_starts_nothing(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.take()
    assert not corpus.library.needs_upkeep()
    assert corpus.library.start_upkeep(corpus.events.append) is None


def test_removal_leaves_something_to_do_once(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.take()
    corpus.library.remove([corpus.named("a.txt").id])
    job = corpus.library.start_upkeep(corpus.events.append)
    assert job is not None
    assert corpus.library.start_upkeep(corpus.events.append) is None
    assert job.wait(_WAIT_S)
    assert not corpus.library.needs_upkeep()


def test_damage_found_in_the_background_is_mended(corpus: Corpus) -> None:
    corpus.write("a.txt", "many words " * 100)
    corpus.take()
    (file,) = index_place(corpus).glob("*.cols")
    data = bytearray(file.read_bytes())
    data[data.index(b"many")] ^= 1
    file.write_bytes(data)
    told: list[str] = []
    corpus.library.watch_index(told.append)
    assert corpus.library.index_verified(_WAIT_S)
    assert len(told) == 1
    assert corpus.find("words") == []
    assert corpus.library.needs_upkeep()
    job = corpus.library.start_upkeep(corpus.events.append)
    assert job is not None
    assert job.wait(_WAIT_S)
    assert corpus.find("many") == ["a.txt"]
    assert len(told) == 1


def test_index_made_anew_is_not_condemned_for_what_the_one_before_was(corpus: Corpus) -> None:
    corpus.write("a.txt")
    corpus.take()
    with (
        Store.open(corpus.place, writable=False) as store,
        closing(Searching(store, index_place(corpus))) as searching,
    ):
        before = searching.snapshot()
        assert before is not None
        corpus.upkeep(rebuild=True)
        assert not searching.condemn("it has changed", before.generation)
        assert (searching.condemned, searching.damage) == (False, None)
        after = searching.snapshot()
        assert after is not None
        assert searching.condemn("it has changed", after.generation)
        assert searching.condemned
        assert searching.snapshot() is None


def test_of_a_library_without_documents_no_index_is_missed(corpus: Corpus) -> None:
    told: list[str] = []
    corpus.library.watch_index(told.append)
    assert corpus.library.index_verified(_WAIT_S)
    assert told == []
    corpus.write("a.txt")
    corpus.take()
    assert corpus.find("words") == ["a.txt"]
