"""Commits in their order, and an index that can always be made anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from corpora import Corpus

from incipit.errors import UserError
from incipit.services import disk, workshop


def test_queue_left_by_a_crash_is_taken_up(corpus: Corpus, monkeypatch) -> None:
    corpus.write("a.txt", "words here")

    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(workshop.Workshop, "commit_segments", crash)
        with pytest.raises(KeyboardInterrupt):
            corpus.take()
    assert corpus.library.status().queued == 1
    assert corpus.find("words") == []
    assert corpus.library.needs_upkeep()
    corpus.upkeep()
    assert corpus.find("words") == ["a.txt"]
    assert not corpus.library.needs_upkeep()


def test_rebuild_gives_the_same_results(corpus: Corpus) -> None:
    for number in range(30):
        corpus.write(f"{number}.txt", f"words {number} " * (number + 1))
    corpus.take()
    before = corpus.hits("words")
    corpus.upkeep(rebuild=True)
    assert corpus.hits("words") == before


def test_full_disk_is_said_before_anything_is_read(corpus: Corpus, monkeypatch) -> None:
    corpus.write("a.txt")
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 1000)
    with pytest.raises(UserError, match="not enough space") as caught:
        corpus.take()
    assert caught.value.code == "no-space"
    assert not corpus.library.needs_upkeep()
    assert corpus.find() == []


def test_full_disk_is_no_matter_where_there_is_nothing_to_read(corpus: Corpus, monkeypatch) -> None:
    corpus.write("a.txt")
    corpus.take()
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 1000)
    assert corpus.take().unchanged == 1


def test_many_small_imports_leave_few_segments(corpus: Corpus) -> None:
    for number in range(20):
        corpus.write(f"{number}.txt", f"words {number}")
        corpus.take()
    snapshot = corpus.library._searching.snapshot()
    assert snapshot is not None
    assert len(snapshot.segments) < 10
    assert len(corpus.find("words")) == 20


def test_removals_of_long_ago_are_for_good_and_others_are_not(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        corpus.write(f"{name}.txt", f"words {name}")
    corpus.take()
    corpus.library.remove([corpus.named("a.txt").id])
    corpus.upkeep()
    assert len(corpus.library.undoable()) == 1
    assert not corpus.library.needs_upkeep()
    with monkeypatch.context() as patch:
        patch.setattr(workshop, "_KEPT", timedelta(seconds=-1))
        assert corpus.library.needs_upkeep()
        corpus.upkeep()
        assert not corpus.library.needs_upkeep()
    assert corpus.library.undoable() == ()
    assert corpus.library.totals().texts == 1
