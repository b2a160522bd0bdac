"""Reading documents and their texts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlite_utils import Database

from incipit.models import (
    Document,
    FailedFile,
    FailedFiles,
    LibraryStatus,
    LibraryTotals,
    TitleKind,
)
from incipit.store import index_queue, long_texts
from incipit.store.contents import (
    folder_of,
    join_path,
    moment_of,
    moment_of_ns,
    unpack_original,
)
from incipit.store.spools import PART_CP

#: The columns of a `Document`, in the order that `document_of` reads them.
SELECT = """
    SELECT d.id, d.source_id, d.text_id, f.path, d.name, CAST(d.title AS BLOB),
        CAST(d.title_kind AS BLOB), CAST(d.encoding AS BLOB), d.size_bytes, t.char_count,
        d.token_count, d.is_slab,
        (SELECT count(*) FROM documents c
            WHERE c.text_id = d.text_id AND c.removal_id IS NULL) - 1,
        CAST(d.added_at AS BLOB), d.mtime_ns
    FROM documents d JOIN folders f ON f.id = d.folder_id JOIN texts t ON t.id = d.text_id
"""
#: How many words a document has, as `Document.word_count`.
WORDS = "max(token_count - 2 * is_slab, 0)"
_HEADING = TitleKind.HEADING.value.encode()
#: What finds a text whole: document, text, the part that stands there, and the length of all.
_TEXT = (
    "SELECT d.id, t.id, t.content, t.char_count FROM documents d JOIN texts t ON t.id = d.text_id"
)
_TEXTS_A_READ = 200
_CHARACTERS_A_READ = 4 << 20


def document_of(row: Sequence[object]) -> Document:
    """Return the document of a row of `SELECT`.

    Of one that has changed on the disk as much is shown as can be read: a check tells, and the
    list shows the others beside it.
    """
    (id_, source_id, text_id, folder, name, title, kind, encoding) = row[:8]
    (size_bytes, char_count, token_count, is_slab, copies, added_at, mtime_ns) = row[8:]
    assert isinstance(folder, bytes)
    assert isinstance(name, bytes)
    assert isinstance(mtime_ns, int)
    return Document(
        id=int(str(id_)),
        source_id=int(str(source_id)),
        text_id=int(str(text_id)),
        path=join_path(folder, name),
        name=os.fsdecode(name),
        folder=folder_of(folder),
        title=_readable(title),
        title_kind=TitleKind.HEADING if kind == _HEADING else TitleKind.INCIPIT,
        encoding=_readable(encoding),
        size_bytes=int(str(size_bytes)),
        char_count=int(str(char_count)),
        token_count=int(str(token_count)),
        is_slab=bool(is_slab),
        copies=int(str(copies)),
        added_at=_moment(_readable(added_at), mtime_ns),
        modified_at=moment_of_ns(mtime_ns),
    )


def by_ids(db: Database, ids: Iterable[int]) -> tuple[Document, ...]:
    """Return the documents of ``ids`` in that order; those that are gone are left out."""
    wanted = [int(one) for one in ids]
    rows = db.execute(
        f"{SELECT} WHERE d.removal_id IS NULL AND d.id IN (SELECT value FROM json_each(?))",
        [json.dumps(wanted)],
    )
    found = {row[0]: document_of(row) for row in rows}
    return tuple(found[one] for one in wanted if one in found)


def text(db: Database, document_id: int) -> str | None:
    """Return the text of a document, or None where it is gone."""
    row = db.execute(f"{_TEXT} WHERE d.id = ? AND d.removal_id IS NULL", [document_id]).fetchone()
    return None if row is None else long_texts.whole(db, row[1], row[2], row[3])


def text_beginning(db: Database, document_id: int, length_cp: int) -> str | None:
    """Return so much of the beginning of a document's text, or None where it is gone."""
    if length_cp > PART_CP:
        whole = text(db, document_id)
        return None if whole is None else whole[:length_cp]
    row = db.execute(
        "SELECT substr(t.content, 1, ?) FROM documents d JOIN texts t ON t.id = d.text_id"
        " WHERE d.id = ? AND d.removal_id IS NULL",
        [length_cp, document_id],
    ).fetchone()
    return None if row is None else str(row[0])


def text_pieces(db: Database, document_id: int) -> Iterator[str]:
    """Yield the text of a document in parts of at most `spools.PART_CP`; none if it is gone.

    No transaction stays open while the caller works.
    """
    row = db.execute(f"{_TEXT} WHERE d.id = ? AND d.removal_id IS NULL", [document_id]).fetchone()
    if row is not None:
        yield row[2]
        yield from long_texts.rest(db, row[1])


def texts(db: Database, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield (document id, text) in the order of ``ids``; those that are gone are left out.

    Reads in parts, so that no transaction stays open while the caller works, and of long texts
    few are held.
    """
    wanted = [int(one) for one in ids]
    for start in range(0, len(wanted), _TEXTS_A_READ):
        for part in _parts_of(db, wanted[start : start + _TEXTS_A_READ]):
            rows = db.execute(
                f"{_TEXT} WHERE d.removal_id IS NULL AND d.id IN (SELECT value FROM json_each(?))",
                [json.dumps(part)],
            ).fetchall()
            found = {row[0]: row[1:] for row in rows}
            del rows
            for one in part:
                if one in found:
                    yield one, long_texts.whole(db, *found.pop(one))


def _parts_of(db: Database, ids: Sequence[int]) -> Iterator[list[int]]:
    """Yield ``ids`` in parts whose texts are not too much together."""
    lengths = char_counts(db, ids)
    part: list[int] = []
    length_cp = 0
    for one in ids:
        length_cp += lengths.get(one, 0)
        if part and length_cp > _CHARACTERS_A_READ:
            yield part
            part, length_cp = [], lengths.get(one, 0)
        part.append(one)
    if part:
        yield part


def original(db: Database, document_id: int) -> bytes | None:
    """Return the bytes of the file where they were kept, which is where text cannot give them."""
    row = db.execute(
        "SELECT o.packed FROM documents d JOIN originals o ON o.id = d.original_id WHERE d.id = ?",
        [document_id],
    ).fetchone()
    return None if row is None else unpack_original(row[0])


def char_counts(db: Database, ids: Iterable[int]) -> dict[int, int]:
    """Return the length of each document's text in code points."""
    return dict(
        db.execute(
            "SELECT d.id, t.char_count FROM documents d JOIN texts t ON t.id = d.text_id"
            " WHERE d.removal_id IS NULL AND d.id IN (SELECT value FROM json_each(?))",
            [json.dumps([int(one) for one in ids])],
        ).fetchall()
    )


def status(db: Database) -> LibraryStatus:
    """Count documents, those searchable, those waiting for the index, and failed files."""
    total = count(db)
    waiting = index_queue.counts(db).to_index
    return LibraryStatus(total, total - waiting, waiting, failure_count(db))


def totals(db: Database) -> LibraryTotals:
    """Sum up all documents; reads every one of them."""
    rows = db.execute(
        f"SELECT encoding, count(*), sum({WORDS}), sum(size_bytes) FROM documents"
        " WHERE removal_id IS NULL GROUP BY encoding ORDER BY count(*) DESC, encoding"
    ).fetchall()
    texts_used = db.execute(
        "SELECT count(DISTINCT text_id) FROM documents WHERE removal_id IS NULL"
    ).fetchone()[0]
    return LibraryTotals(
        documents=sum(row[1] for row in rows),
        texts=int(texts_used),
        word_count=sum(row[2] for row in rows),
        size_bytes=sum(row[3] for row in rows),
        encodings=tuple((str(row[0]), int(row[1])) for row in rows),
    )


def count(db: Database) -> int:
    """Return the number of documents."""
    # The smallest index that holds the living only.
    statement = "FROM documents INDEXED BY documents_by_source WHERE removal_id IS NULL"
    return int(db.execute(f"SELECT count(*) {statement}").fetchone()[0])


def failure_count(db: Database) -> int:
    """Return the number of files whose latest import failed."""
    return int(db.execute("SELECT count(*) FROM failures").fetchone()[0])


def failures(db: Database) -> FailedFiles:
    """Return the latest failure of each file, by path."""
    rows = db.execute("SELECT path, code, reason, advice FROM failures ORDER BY path")
    return FailedFiles(FailedFile(os.fsdecode(row[0]), row[1], row[2], row[3]) for row in rows)


def _readable(stored: object) -> str:
    assert isinstance(stored, bytes)
    return stored.decode("utf-8", "replace")


def _moment(stamp: str, mtime_ns: int) -> datetime:
    try:
        return moment_of(stamp)
    except ValueError:
        return moment_of_ns(mtime_ns)
