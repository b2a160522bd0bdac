from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from incipit.errors import BugError, LibraryBusy, LibraryUnusable, UserError
from incipit.store.faults import explain, translated

FILE = Path("library.db")


def error_of(code, kind=sqlite3.OperationalError):
    error = kind("what SQLite says")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        (sqlite3.SQLITE_CORRUPT, LibraryUnusable, "damaged"),
        (sqlite3.SQLITE_NOTADB, LibraryUnusable, "not-a-library"),
        (sqlite3.SQLITE_READONLY, LibraryUnusable, "read-only"),
        (sqlite3.SQLITE_CANTOPEN, LibraryUnusable, "unreadable"),
        (sqlite3.SQLITE_BUSY, LibraryBusy, "busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LibraryBusy, "busy"),
        (sqlite3.SQLITE_FULL, UserError, "disk-full"),
        (sqlite3.SQLITE_IOERR_READ, UserError, "disk"),
    ],
)
def test_each_trouble_of_the_disk_has_a_word(code, kind, word):
    explained = explain(error_of(code), FILE)

    assert isinstance(explained, kind)
    assert explained.code == word
    assert explained.subject == str(FILE)
    assert explained.advice


def test_what_nobody_expects_is_a_bug():
    assert isinstance(explain(error_of(sqlite3.SQLITE_ERROR), FILE), BugError)
    assert isinstance(explain(sqlite3.ProgrammingError("closed"), FILE), BugError)


def test_other_errors_pass_through():
    with pytest.raises(ValueError, match="mine"), translated(FILE):
        raise ValueError("mine")


def test_text_that_is_none_any_more_is_damage_of_the_library():
    db = sqlite3.connect(":memory:")
    with pytest.raises(LibraryUnusable) as caught, translated(FILE):
        db.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
    db.close()
    assert caught.value.code == "damaged"
