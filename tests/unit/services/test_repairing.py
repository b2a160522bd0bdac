"""What a check found is mended from what is known to be right, and from nothing else."""

from __future__ import annotations

from contextlib import closing

import pytest
from corpora import NEVER, Corpus
from sqlite_utils import Database

from incipit.models import Repair
from incipit.paths import LIBRARY_FILE
from incipit.services import tasks
from incipit.store.library_store import Store


def alter(corpus: Corpus, *statements: str) -> None:
    """Change the library file behind the store's back."""
    with closing(Database(corpus.place / LIBRARY_FILE)) as db:
        for statement in statements:
            db.execute(statement)
        db.conn.commit()


def mended(corpus: Corpus) -> set[Repair]:
    """Repair what a check finds; return what kinds of repair are still wanted."""
    damages = corpus.library.check(NEVER)
    assert damages
    tasks.run(corpus.place, tasks.RepairTask(damages), 3, corpus.events.append, NEVER)
    return {damage.repair for damage in corpus.library.check(NEVER)}


@pytest.fixture
def filled(corpus: Corpus) -> Corpus:
    """Return a corpus of two documents, of which one keeps its original too."""
    corpus.write("plain.txt", "the words of a letter")
    corpus.write("both.txt", "words after a mark".encode("utf-16"))
    corpus.take()
    return corpus


def test_changed_text_comes_back_from_its_file(filled: Corpus) -> None:
    alter(filled, "UPDATE texts SET content = 'other' WHERE content LIKE 'the words%'")
    assert mended(filled) == set()
    assert filled.library.text(filled.named("plain.txt").id) == "the words of a letter"


def test_changed_text_comes_back_from_the_original_that_is_kept(filled: Corpus) -> None:
    number = filled.named("both.txt").id
    with Store.open(filled.place, writable=False) as store:
        assert store.original(number) is not None
    before = filled.library.text(number)
    (filled.files / "both.txt").unlink()
    alter(filled, "UPDATE texts SET content = 'other' WHERE content LIKE '%after a mark%'")
    assert mended(filled) == set()
    assert filled.library.text(number) == before


def test_changed_original_comes_back_from_its_file(filled: Corpus) -> None:
    alter(filled, "UPDATE originals SET packed = x'00'")
    assert mended(filled) == set()


def test_title_that_cannot_be_read_is_made_anew(filled: Corpus) -> None:
    before = {one.name: one.title for one in filled.documents()}
    alter(filled, "UPDATE documents SET title = CAST(x'ff61' AS TEXT)")
    assert mended(filled) == set()
    assert {one.name: one.title for one in filled.documents()} == before


def test_what_is_known_of_files_is_found_out_again(filled: Corpus) -> None:
    before = {one.name: one for one in filled.documents()}
    alter(filled, "UPDATE documents SET encoding = 'other'")
    assert mended(filled) == set()
    assert {one.name: one for one in filled.documents()} == before
    assert filled.take().unchanged == 2


def test_file_that_has_changed_mends_nothing(filled: Corpus) -> None:
    (filled.files / "plain.txt").write_text("what stands there now")
    alter(filled, "UPDATE texts SET content = 'other' WHERE content LIKE 'the words%'")
    assert mended(filled) == {Repair.CONTENTS}
    assert filled.library.text(filled.named("plain.txt").id) == "other"
    (filled.files / "plain.txt").write_text("the words of a letter")
    assert mended(filled) == set()


def test_queue_of_missing_documents_is_cleared(filled: Corpus) -> None:
    alter(filled, "INSERT INTO index_queue VALUES (99, 'index', 1)")
    assert mended(filled) == set()


def test_index_of_the_library_file_is_made_anew(filled: Corpus) -> None:
    filled.library.close()
    with closing(Database(filled.place / LIBRARY_FILE)) as db:
        roots = dict(db.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
        db.execute("PRAGMA writable_schema = ON")
        for one, other in (
            ("documents_by_added", "documents_by_length"),
            ("documents_by_length", "documents_by_added"),
        ):
            db.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", [roots[one], other])
        db.conn.commit()
    filled.library = filled.library.open(filled.place)
    assert mended(filled) == set()
