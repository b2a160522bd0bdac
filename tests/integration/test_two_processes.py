"""Two programs on one library: writers take turns, and readers see what others committed."""

from __future__ import annotations

import os
import subprocess

import pytest
from command_line import command, environment
from corpora import Corpus

from incipit.services import tasks
from incipit.services.lock import WriterLock
from incipit.store.library_store import Store
from incipit.store.migrations import migrations

_WAIT_S = 60


def test_import_waits_for_another_writer_and_names_it(corpus: Corpus) -> None:
    corpus.write("a.txt", "the harbour")
    with WriterLock(corpus.place, "importing"):
        second = subprocess.Popen(
            command("import", corpus.files, "--library", corpus.place),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = second.stderr.readline()
        assert second.poll() is None
    output, rest = second.communicate(timeout=_WAIT_S)
    assert "waiting for the library" in said
    assert f"process {os.getpid()}" in said
    assert "importing" in said
    assert output.startswith("1 added")
    assert (second.returncode, rest) == (0, "")


def test_open_library_sees_what_the_command_line_adds_and_removes(corpus: Corpus, incipit) -> None:
    corpus.write("a.txt", "the harbour")
    corpus.take()
    library = corpus.library
    assert corpus.find("harbour") == ["a.txt"]
    before = library.change_counter()
    corpus.write("b.txt", "the harbour too")
    incipit.succeed("import", corpus.files)
    added = library.change_counter()
    assert added > before
    assert sorted(corpus.find("harbour")) == ["a.txt", "b.txt"]
    assert library.status().documents == 2
    incipit.succeed("remove", corpus.named("a.txt").id)
    assert library.change_counter() > added
    assert corpus.find("harbour") == ["b.txt"]
    assert corpus.find() == ["b.txt"]
    incipit.succeed("rebuild")
    assert corpus.find("harbour") == ["b.txt"]


def test_job_of_the_window_waits_while_the_command_line_writes(corpus: Corpus) -> None:
    corpus.write("a.txt", "the harbour")
    with WriterLock(corpus.place, "importing"):
        job = corpus.library.start_import([corpus.files], corpus.events.append)
        assert not job.wait(0.5)
        # Small acts of the user do not wait for an import.
        corpus.library.remember_search("harbour")
    assert job.wait(_WAIT_S)
    assert corpus.find("harbour") == ["a.txt"]


def test_library_of_a_newer_version_is_refused_with_a_clear_word(corpus: Corpus, incipit) -> None:
    corpus.write("a.txt", "the harbour")
    corpus.take()
    with Store.open(corpus.place, writable=True) as store, store._connections.writing() as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": migrations.name, "name": "of_tomorrow", "applied_at": "2999"}
        )
    for arguments in (["search", "harbour"], ["import", corpus.files], ["check"]):
        done = incipit.run(*arguments)
        assert done.returncode == 2
        assert "newer version" in done.stderr
        assert "Traceback" not in done.stderr
    with pytest.raises(Exception, match="newer version"):
        tasks.run(corpus.place, tasks.IndexTask(), 1, corpus.events.append, None)
    corpus.library._store._connections._writer.execute(
        "DELETE FROM _sqlite_migrations WHERE name = 'of_tomorrow'"
    )
