"""What a check found is mended from what is known to be right, and from nothing else."""

from __future__ import annotations

from contextlib import closing

import pytest
from corpora import NEVER, Corpus
from sqlite_utils import Database

from incipit.models import Repair, Scope
from incipit.paths import LIBRARY_FILE
from incipit.services import tasks
from incipit.store.library_store import Store


def alter(corpus: Corpus, *statements: str) -> None:
    """Change the library file behind the store's back."""
    with closing(Database(corpus.place / LIBRARY_FILE)) as db:
        for statement in statements:
            db.execute(statement)
        db.conn.commit()


def rows(corpus: Corpus, table: str) -> list[tuple[object, ...]]:
    """Return what stands in a table."""
    with closing(Database(corpus.place / LIBRARY_FILE)) as db:
        return list(db.execute(f"SELECT * FROM {table} ORDER BY rowid"))


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


@pytest.mark.parametrize(
    "change",
    [
        "title = replace(title, 'w', 'v')",
        "encoding = replace(encoding, 's', 'S')",
        "name_key = replace(name_key, 'x', 'y')",
        "mtime_ns = mtime_ns + 1024 - 2 * (mtime_ns & 1024)",
        "inode = inode + 4 - 2 * (inode & 4)",
        "added_at = replace(added_at, 'Z', 'X')",
        "token_count = token_count + 1024",
    ],
)
def test_bit_that_changed_in_a_document_is_put_back_without_its_file(
    filled: Corpus, change: str
) -> None:
    before = filled.named("plain.txt"), rows(filled, "documents")
    (filled.files / "plain.txt").unlink()
    alter(filled, f"UPDATE documents SET {change} WHERE id = {before[0].id}")
    assert mended(filled) == set()
    assert (filled.named("plain.txt"), rows(filled, "documents")) == before


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


def test_bit_that_changed_in_what_the_user_made_is_put_back(filled: Corpus) -> None:
    filled.library.save_search("mine", "words")
    alter(filled, "UPDATE saved_searches SET query = 'wordr'")
    assert mended(filled) == set()
    assert [one.query for one in filled.library.saved_searches()] == ["words"]


def test_document_that_is_altogether_wrong_is_taken_from_its_file_again(filled: Corpus) -> None:
    before = filled.named("plain.txt")
    stored = rows(filled, "documents")
    alter(
        filled,
        "UPDATE documents SET title = 'nothing of it', name_key = 'x', mtime_ns = 5, device = 6,"
        f" token_count = 99, is_slab = 1, encoding = 'x' WHERE id = {before.id}",
    )
    assert mended(filled) == set()
    assert filled.named("plain.txt") == before
    assert rows(filled, "documents") == stored
    assert filled.find("letter") == ["plain.txt"]
    assert filled.take().unchanged == 2


def test_encoding_that_the_user_chose_stays_chosen(filled: Corpus) -> None:
    number = filled.named("plain.txt").id
    tasks.run(
        filled.place,
        tasks.RecodeTask(number, Scope.FILE, "iso-8859-1"),
        3,
        filled.events.append,
        NEVER,
    )
    stored = rows(filled, "documents")
    alter(filled, f"UPDATE documents SET title = 'nothing of it' WHERE id = {number}")
    assert mended(filled) == set()
    assert rows(filled, "documents") == stored


@pytest.mark.parametrize("change", ["title = 'nothing of it'", "source_id = 2", "name = x'7a'"])
def test_document_of_which_its_file_tells_nothing_stays_named(filled: Corpus, change: str) -> None:
    number = filled.named("plain.txt").id
    elsewhere = filled.files.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "other.txt").write_text("other words")
    filled.take(elsewhere)
    if "title" in change:
        (filled.files / "plain.txt").write_text("what stands there now")
    for_later = f"CREATE TABLE before AS SELECT * FROM documents WHERE id = {number}"
    alter(filled, for_later, f"UPDATE documents SET {change}, added_at = 'x' WHERE id = {number}")
    assert mended(filled) == {Repair.ROWS}
    alter(filled, "REPLACE INTO documents SELECT * FROM before", "DROP TABLE before")


def test_row_is_put_back_though_an_index_has_it_as_it_was(corpus: Corpus) -> None:
    corpus.filled({"1.txt": "one", "3.txt": "three"})
    corpus.library.close()
    stored = rows(corpus, "documents")
    with closing(Database(corpus.place / LIBRARY_FILE)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'documents'").fetchone()
        size = db.execute("PRAGMA page_size").fetchone()[0]
    file = corpus.place / LIBRARY_FILE
    data = bytearray(file.read_bytes())
    page = slice((root[0] - 1) * size, root[0] * size)
    # The name, not the forms in which it is looked for and sorted.
    at = page.start + data[page].rindex(b"1.txt1.txt")
    data[at] ^= 2
    file.write_bytes(data)
    corpus.library = corpus.library.open(corpus.place)
    assert rows(corpus, "documents") != stored
    assert mended(corpus) == set()
    assert rows(corpus, "documents") == stored


def test_file_that_is_broken_itself_is_left_to_a_backup(filled: Corpus) -> None:
    with closing(Database(filled.place / LIBRARY_FILE)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'tags'").fetchone()
        size = db.execute("PRAGMA page_size").fetchone()[0]
    file = filled.place / LIBRARY_FILE
    filled.library.close()
    whole = file.read_bytes()
    page = (root[0] - 1) * size
    file.write_bytes(whole[:page] + b"\xff" + whole[page + 1 :])
    filled.library = filled.library.open(filled.place)
    assert mended(filled) == {Repair.NOTHING}
    filled.library.close()
    file.write_bytes(whole)
    filled.library = filled.library.open(filled.place)
