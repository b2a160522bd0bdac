"""Every row says what its checksum says, however it was written; one bit off is seen and mended."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
from sqlite_utils import Database

from incipit.errors import Cancelled
from incipit.models import FailedFile, Repair, SourceKind, TagChange, TitleKind
from incipit.paths import LIBRARY_FILE
from incipit.store.backup import restore
from incipit.store.checksums import COLUMN, ChangedRow, checksum, tables
from incipit.store.library_store import Store
from incipit.store.records import MovedFile, NewTitle, TouchedFile

from .conftest import Corpus, place
from .test_library_store import WRITES

NEVER = threading.Event()
#: Tables whose rows are looked at in other ways.
WITHOUT = {"texts", "text_parts", "originals", "index_queue", "_sqlite_migrations"}


def changed(store):
    return store.changed_rows(NEVER)


def rows(folder):
    """Return what stands in the tables that have checksums."""
    with closing(Database(folder / LIBRARY_FILE)) as db:
        return {
            table: db.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()
            for table in tables(db)
        }


def alter(folder, table, number, column, value):
    """Change a row as the disk would: nothing watches."""
    with closing(Database(folder / LIBRARY_FILE)) as db:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [value, number])
        db.conn.commit()


def one_bit_off(value):
    """Return a value in which one bit is another, and which is as readable."""
    if isinstance(value, int):
        return value ^ (1 << 40)
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1)
    return value[:-1] + bytes([value[-1] ^ 128])


def cells(folder):
    """Return a value of every column that a checksum covers, as (table, rowid, column, value)."""
    found = rows(folder)
    with closing(Database(folder / LIBRARY_FILE)) as db:
        known = tables(db)
    one_each = {
        (table, column.name): (table, number, column.name, value)
        for table, columns in known.items()
        for number, *values in found[table]
        for column, value in zip(columns, values, strict=False)
        if value is not None
    }
    assert set(one_each) == {(table, one.name) for table in known for one in known[table]}
    return one_each.values()


@pytest.mark.usefixtures("everything")
def test_every_table_has_checksums_or_a_reason(folder):
    with closing(Database(folder / LIBRARY_FILE)) as db:
        assert set(tables(db)) == set(db.table_names()) - WITHOUT
    found = rows(folder)
    assert all(found.values())
    assert all(row[-1] is not None for table in found.values() for row in table)


def test_checksums_are_the_same_for_ever():
    assert checksum() == 932418520
    values = (1, -(1 << 63), (1 << 63) - 1, None, b"", b"\0\xff", "Été".encode())
    assert checksum(*values) == 3244273673


def test_every_way_of_changing_rows_writes_their_checksums(store, folder):
    corpus = Corpus(store)
    ids = [*corpus.add_all("a", "b", "c", "d"), corpus.add("s", "x", is_slab=True)]
    failed = FailedFile(corpus.path("f"), "binary", "reason", "advice")
    tagged = TagChange((("other", tuple(ids)),), (("tag", tuple(ids[:1])),))
    moved = MovedFile(ids[0], corpus.source.id, corpus.path("new/é10.txt"), 7)
    title = NewTitle(ids[1], "Été", TitleKind.HEADING)
    again = [corpus.record("b", "changed", id=ids[1]), corpus.record("z", "new")]
    touched = [TouchedFile(ids[0], 1 << 62, 5, (1 << 64) - 2)]
    ways = [
        ("reserve_ids", lambda: store.reserve_ids(3)),
        ("add_source", lambda: store.add_source(place("one.txt"), SourceKind.FILE)),
        ("add_source", lambda: store.add_source(place("one.txt"), SourceKind.FOLDER)),
        ("write_batch", lambda: store.write_batch(again, [failed], touched)),
        ("record_failures", lambda: store.record_failures([failed])),
        ("forget_failures", lambda: store.forget_failures([failed])),
        ("move", lambda: store.move([moved])),
        ("mend_contents", lambda: store.mend_contents("changed", b"changed")),
        ("mend_facts", lambda: store.mend_facts(ids[1])),
        ("mend_row", lambda: store.mend_row(ChangedRow("documents", ids[1]))),
        ("vouch_for", lambda: store.vouch_for(ids[1])),
        ("mend_queue", store.mend_queue),
        ("mend_keys", store.mend_keys),
        ("begin_import", lambda: store.begin_import(("a",), other_files=True, limit_bytes=1)),
        ("end_import", lambda: store.end_import(1)),
        ("set_titles", lambda: store.set_titles([title])),
        ("queue_done", lambda: store.queue_done(store.take_queue(2))),
        ("queue_all", store.queue_all),
        ("queue_again", lambda: store.queue_again(ids)),
        ("change_tags", lambda: store.change_tags(ids, ["tag"], [])),
        ("repeat_tags", lambda: store.repeat_tags(tagged)),
        ("remove", lambda: store.remove(ids[1:3])),
        ("undo_removal", lambda: store.undo_removal(1)),
        ("remove_source", lambda: store.remove_source(corpus.source.id)),
        ("undo_removal", lambda: store.undo_removal(store.undoable()[0].id)),
        ("remove_source", lambda: store.remove_source(corpus.source.id)),
        ("add_source", lambda: store.add_source(corpus.folder, SourceKind.FOLDER)),
        # To the source that came in its place.
        ("undo_removal", lambda: store.undo_removal(store.undoable()[0].id)),
        ("remove", lambda: store.remove(ids[:1])),
        ("purge", store.purge),
        ("remember_position", lambda: store.remember_position(ids[1], 8)),
        ("remember_position", lambda: store.remember_position(ids[1], 9)),
        ("remember_search", lambda: store.remember_search("query")),
        ("remember_search", lambda: store.remember_search("query")),
        ("save_search", lambda: store.save_search("a", "b")),
        ("save_search", lambda: store.save_search("a", "c")),
        ("rename_saved_search", lambda: store.rename_saved_search(1, "z")),
        ("delete_saved_search", lambda: store.delete_saved_search(1)),
        ("forget_searches", store.forget_searches),
    ]
    assert {name for name, _ in ways} == WRITES.keys() | {"begin_import"}

    for name, way in ways:
        before = rows(folder)
        way()
        after = rows(folder)
        assert changed(store) == (), name
        assert before != after or name.startswith(("mend", "vouch")), name


def test_statement_that_knows_nothing_of_checksums_writes_them(everything):
    with everything._connections.writing() as db:
        db.execute("UPDATE documents SET token_count = token_count + 1, title = 'x' || title")
        db.execute("INSERT INTO tags (name, key) VALUES ('x', 'x'), ('y', 'y')")
        db.execute("INSERT OR REPLACE INTO recent_searches VALUES ('query', 'now', 5)")
    assert changed(everything) == ()


def test_restored_library_has_its_checksums(everything, folder, tmp_path):
    everything.back_up(tmp_path / "copy.db")
    everything.close()
    restore(tmp_path / "copy.db", folder)
    with Store.open(folder, writable=False) as store:
        assert changed(store) == ()


def test_any_value_that_changed_is_named_and_put_back(everything, folder):
    everything.close()
    before = rows(folder)
    for table, number, column, value in cells(folder):
        alter(folder, table, number, column, one_bit_off(value))
        with Store.open(folder, writable=True) as store:
            (row,) = changed(store)
            assert row.table == table
            assert row.number in (number, one_bit_off(number))
            assert store.find_damage(NEVER), column
            assert store.mend_row(row), column
            assert changed(store) == ()
        assert rows(folder) == before


def test_changed_checksum_is_put_back(everything, folder):
    before = rows(folder)
    alter(folder, "documents", 1, COLUMN, before["documents"][0][-1] ^ 8)
    assert changed(everything) == (ChangedRow("documents", 1),)
    assert everything.mend_row(ChangedRow("documents", 1))
    assert rows(folder) == before


def test_change_of_a_damaged_row_does_not_hide_the_damage(everything, folder):
    title = everything.document(1).title
    alter(folder, "documents", 1, "mtime_ns", 99)
    everything.set_titles([NewTitle(1, "another", TitleKind.HEADING)])
    assert changed(everything) == (ChangedRow("documents", 1),)
    alter(folder, "documents", 2, "title", "wrong")
    everything.set_titles([NewTitle(2, "text of b", TitleKind.INCIPIT)])
    assert title == "the text of a"
    assert ChangedRow("documents", 2) in changed(everything)
    everything.set_titles([NewTitle(2, "the text of b", TitleKind.INCIPIT)])
    assert changed(everything) == (ChangedRow("documents", 1),)


def test_what_changed_in_more_than_one_bit_is_left_until_somebody_vouches_for_it(
    everything, folder
):
    alter(folder, "documents", 1, "title", "altogether something else")
    assert not everything.mend_row(ChangedRow("documents", 1))
    assert not everything.mend_row(ChangedRow("documents", 99))
    assert everything.document(1).title == "altogether something else"
    (damage,) = everything.find_damage(NEVER)
    assert (damage.repair, damage.document_ids) == (Repair.ROWS, (1,))
    everything.vouch_for(1)
    assert everything.find_damage(NEVER) == ()


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [
        ("documents", "title", place("corpus", "a")),
        ("folders", "order_key", place("corpus", "a")),
        ("saved_searches", "query", "saved_searches"),
    ],
)
def test_damage_says_what_has_changed(everything, folder, table, column, named):
    alter(folder, table, 1, column, "x")
    (damage,) = everything.find_damage(NEVER)
    assert named in damage.message
    assert damage.repair is Repair.ROWS


def test_looking_for_changed_rows_can_be_cancelled(everything):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        everything.changed_rows(cancel)
