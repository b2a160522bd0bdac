"""A checksum in every row, by which a check sees that a value of it has changed on the disk.

SQLite looks at the structure of its file, not at what rows say: one changed bit of a title or
of a file's time makes another title and another time. So each row has the CRC-32 of all its
other values. What the user made (sources, tags, saved searches, what was removed, where reading
stopped) has it, what every document depends on (folders, the library's own row, the documents
themselves), and what tells of the work (failures, imports under way, recent searches). Four
tables go without: ``texts``, ``text_parts`` and ``originals`` have hashes of what they hold, and
their numbers are looked at through the documents that use them; ``index_queue`` says nothing that
cannot be made again, a check finds the documents that the index lacks or has too many of, and a
checksum would cost an import as much there as in ``documents``.

Triggers of the writing connection write it, so that no statement can forget it. They are
temporary: the file holds none, and other programs can read it and write to it. A change of a row
that was damaged already leaves its checksum as it is, so that the damage stays visible; where
the change puts the row right, the checksum is right again by itself.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from sqlite_utils import Database

from incipit.models import CancelToken
from incipit.store.reading_rows import rows

COLUMN = "checksum"

Value = int | bytes | None

# With this number it is a fixed format, and it takes half as long as any other that is.
_FORMAT = 2
#: Rows come into it by the hundred thousand, where a trigger would cost half as much again as
#: the row itself. They bring their checksums with them.
_INSERTED_WITH_CHECKSUM = "documents"


class ChangedRow(NamedTuple):
    """A row that is not what its checksum says."""

    table: str
    number: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the checksum covers."""

    name: str
    is_text: bool

    def value(self, of: str = "") -> str:
        """Return the expression for its value: of texts the bytes, readable or not."""
        return f"CAST({of}{self.name} AS BLOB)" if self.is_text else f"{of}{self.name}"

    def written(self, value: str) -> str:
        """Return the expression that makes a stored value of one of `value`."""
        return f"CAST({value} AS TEXT)" if self.is_text else value


def checksum(*values: Value) -> int:
    """Return the checksum of the values of a row, in the order of its table; texts as UTF-8."""
    return zlib.crc32(marshal.dumps(values, _FORMAT))


def tables(db: Database) -> dict[str, tuple[Column, ...]]:
    """Return the tables whose rows have checksums, and the columns that these cover."""
    names = db.execute(
        "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND c.name = ? ORDER BY m.name",
        [COLUMN],
    ).fetchall()
    return {name: columns(db, name) for (name,) in names}


def columns(db: Database, table: str) -> tuple[Column, ...]:
    """Return the columns of a table that its checksums cover."""
    found = db.execute("SELECT name, type FROM pragma_table_info(?) ORDER BY cid", [table])
    return tuple(Column(name, kind == "TEXT") for name, kind in found if name != COLUMN)


def watch(db: Database) -> None:
    """Let every change that this connection makes write the checksum of its row."""
    # A trigger of the file itself could not call a function of this program.
    db.conn.create_function("row_checksum", -1, checksum, deterministic=True)
    db.execute("SAVEPOINT watched")
    for table, covered in tables(db).items():
        for statement in _triggers(table, covered):
            db.execute(f"CREATE TEMP TRIGGER IF NOT EXISTS {statement}")
    db.execute("RELEASE watched")


def add(db: Database, names: Sequence[str]) -> None:
    """Give tables that have none the checksums of their rows, and watch them from now on."""
    for table in names:
        db.execute(f"ALTER TABLE {table} ADD COLUMN {COLUMN} INTEGER")
    watch(db)
    for table in names:
        write(db, table)


def write(db: Database, table: str, number: int | None = None) -> None:
    """Write the checksum of what a row says, or of what every row of its table says."""
    values = _values(columns(db, table))
    statement = f"UPDATE {table} SET {COLUMN} = row_checksum({values})"
    if number is None:
        db.execute(statement)
    else:
        db.execute(f"{statement} WHERE rowid = ?", [number])


def with_checksum(
    db: Database, table: str, given: Sequence[str]
) -> Callable[[tuple[object, ...]], tuple[object, ...]]:
    """Return what appends its checksum to a new row, of which the columns ``given`` are given."""
    places = {name: place for place, name in enumerate(given, 1)}
    covered = columns(db, table)
    texts = [places[one.name] for one in covered if one.is_text and one.name in places]
    # The others are NULL, as what stands before all values is.
    in_order = itemgetter(*(places.get(one.name, 0) for one in covered))

    def appended(row: tuple[object, ...]) -> tuple[object, ...]:
        values = [None, *row]
        for place in texts:
            values[place] = str(values[place]).encode()
        return (*row, checksum(*in_order(values)))

    return appended


def changed_rows(db: Database, cancel: CancelToken) -> Iterator[ChangedRow]:
    """Yield each row that is not what its checksum says. Raises: Cancelled."""
    for table, covered in tables(db).items():
        select = f"SELECT rowid, {COLUMN}, {_values(covered)} FROM {table}"
        for number, expected, *values in rows(db, select, cancel):
            if expected != checksum(*values):
                yield ChangedRow(table, number)


def _triggers(table: str, covered: Sequence[Column]) -> Iterator[str]:
    before, after = (_values(covered, of) for of in ("OLD.", "NEW."))
    write = (
        f"ON main.{table} BEGIN UPDATE {table} SET {COLUMN} = row_checksum({after})"
        " WHERE rowid = NEW.rowid"
    )
    names = ", ".join(column.name for column in covered)
    yield (
        f"{table}_updated AFTER UPDATE OF {names} {write}"
        f" AND OLD.{COLUMN} = row_checksum({before}); END"
    )
    if table != _INSERTED_WITH_CHECKSUM:
        yield f"{table}_inserted AFTER INSERT {write}; END"


def _values(covered: Sequence[Column], of: str = "") -> str:
    return ", ".join(column.value(of) for column in covered)
