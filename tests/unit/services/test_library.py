"""What the window and the command line ask of a library."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from corpora import NEVER, Corpus

from incipit.errors import LibraryUnusable, UserError
from incipit.models import SearchRequest
from incipit.services.library import Library


def test_removed_documents_are_gone_at_once_and_come_back(corpus: Corpus) -> None:
    for name in ("a.txt", "b.txt"):
        corpus.write(name, f"words {name}")
    corpus.take()
    ids = corpus.library.search(SearchRequest("words"), NEVER).document_ids
    removal = corpus.library.remove([int(ids[0])])
    assert len(corpus.find("words")) == 1
    assert len(corpus.find()) == 1
    corpus.upkeep()
    assert corpus.library.undo(removal.id) == 1
    corpus.upkeep()
    assert np.array_equal(corpus.library.search(SearchRequest("words"), NEVER).document_ids, ids)


def test_backup_is_written_once_and_never_over_another_file(corpus: Corpus, tmp_path: Path) -> None:
    corpus.write("a.txt", "words")
    corpus.take()
    copy = tmp_path / "backup.db"
    corpus.library.back_up(copy, NEVER)
    assert copy.stat().st_size > 0
    with pytest.raises(UserError):
        corpus.library.back_up(copy, NEVER)


def test_jobs_run_beside_searches(corpus: Corpus) -> None:
    corpus.write("a.txt", "words")
    job = corpus.library.start_import([corpus.files], corpus.events.append)
    assert job.wait(60)
    assert corpus.find("words") == ["a.txt"]
    corpus.write("b.txt", "words too")
    (source,) = corpus.library.sources()
    assert corpus.library.start_refresh(source, corpus.events.append).wait(60)
    assert sorted(corpus.find("words")) == ["a.txt", "b.txt"]
    assert corpus.library.start_upkeep(corpus.events.append) is None


def test_refresh_of_single_files_sees_their_changes(corpus: Corpus) -> None:
    path = corpus.write("notes.xyz", "old")
    corpus.take(path)
    path.write_text("new words")
    (source,) = corpus.library.sources()
    assert corpus.library.start_refresh(source, corpus.events.append).wait(60)
    assert corpus.find("new") == ["notes.xyz"]


def test_change_of_another_process_is_noticed(corpus: Corpus) -> None:
    before = corpus.library.change_counter()
    corpus.write("a.txt", "words")
    corpus.take()
    assert corpus.library.change_counter() > before


def test_missing_library_is_not_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnusable):
        Library.open(tmp_path / "none", create=False)
    Library.open(tmp_path / "none").close()
    Library.open(tmp_path / "none", create=False).close()
