"""Places that cannot be written: files are read from them, and a library on one is for reading."""

from __future__ import annotations

import shutil

import pytest
from command_line import BOUND, CommandLine
from mounting import read_only

from incipit import paths
from incipit.errors import LibraryUnusable
from incipit.models import JobFinished, SearchRequest
from incipit.services.control import JobControl
from incipit.services.library import Library
from incipit.store.library_store import Store

LETTERS = {"alpha.txt": "The harbour and its ships\n", "beta.txt": "No ship today\n"}
NEVER = JobControl()


def found(library, query):
    result = library.search(SearchRequest(query), NEVER)
    return sorted(row.document.name for row in library.rows(result, 0, 10))


def test_files_on_a_read_only_medium_are_imported_and_stay_as_they_are(corpus):
    for name, text in LETTERS.items():
        corpus.write(name, text)
    before = {path.name: path.stat() for path in corpus.files.iterdir()}
    with read_only(corpus.files):
        report = corpus.take()
    assert (report.added, report.failed) == (2, ())
    after = {path.name: path.stat() for path in corpus.files.iterdir()}
    assert {name: (one.st_mtime_ns, one.st_size) for name, one in after.items()} == {
        name: (one.st_mtime_ns, one.st_size) for name, one in before.items()
    }


def test_library_on_a_read_only_medium_is_read_and_searched(corpus):
    for name, text in LETTERS.items():
        corpus.write(name, text)
    corpus.take()
    corpus.library.close()
    with read_only(corpus.place):
        library = Library.open(corpus.place)
        assert library.read_only
        assert found(library, "") == ["alpha.txt", "beta.txt"]
        assert found(library, "harbour") == ["alpha.txt"]
        (document,) = (library.document(id) for id in (1,))
        assert library.text(document.id) == LETTERS[document.name]
        library.remember_search("harbour")
        library.remember_position(document.id, 3)
        with pytest.raises(LibraryUnusable) as caught:
            library.remove([document.id])
        assert caught.value.code == "read-only"
        assert library.start_upkeep(corpus.events.append) is None
        library.close()
    corpus.library = Library.open(corpus.place)


def test_import_into_a_read_only_library_says_so(incipit, corpus):
    corpus.write("alpha.txt", LETTERS["alpha.txt"])
    corpus.take()
    corpus.library.close()
    with read_only(corpus.place):
        done = incipit.run("import", corpus.files)
        assert incipit.json("search", "harbour", "--json")[0]["hits"] == 1
        assert incipit.succeed("list", "--json").count("\n") == 1
    corpus.library = Library.open(corpus.place)
    assert (done.returncode, done.stdout) == (2, "")
    assert "read-only" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_library_on_a_read_only_medium_gets_an_index_where_it_has_none(corpus, incipit):
    for name, text in LETTERS.items():
        corpus.write(name, text)
    corpus.take()
    corpus.library.close()
    with Store.open(corpus.place, writable=False) as store:
        place = paths.index_folder(corpus.place, store.identity)
    shutil.rmtree(place)
    with read_only(corpus.place):
        done = incipit.run("search", "harbour")
        assert done.returncode == 2
        assert "incipit rebuild" in done.stderr
        library = Library.open(corpus.place)
        assert found(library, "") == ["alpha.txt", "beta.txt"]
        assert found(library, "harbour") == []
        job = library.start_upkeep(corpus.events.append)
        assert job is not None
        assert job.wait(60)
        assert isinstance(corpus.events[-1], JobFinished)
        assert corpus.events[-1].error is None
        assert found(library, "harbour") == ["alpha.txt"]
        assert library.start_upkeep(corpus.events.append) is None
        (file,) = place.glob("*.cols")
        file.write_bytes(file.read_bytes()[:-1])
        library.close()
        assert incipit.succeed("rebuild").startswith("2 documents indexed")
        assert incipit.json("search", "harbour", "--json")[0]["hits"] == 1
    assert [one.name for one in place.parent.iterdir()] == [place.name]
    corpus.library = Library.open(corpus.place)


def test_backup_into_a_folder_that_may_not_be_written_names_the_copy(corpus, tmp_path):
    corpus.take(corpus.write("alpha.txt", LETTERS["alpha.txt"]))
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = CommandLine(corpus.place, BOUND).run("backup", locked / "copy.db")
    assert done.returncode == 2
    assert done.stderr == (
        f"incipit: {locked / 'copy.db'}: The file cannot be written (Permission denied)."
        " Choose a folder that you may write to, on a disk with room.\n"
    )
    assert list(locked.iterdir()) == []
