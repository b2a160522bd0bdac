"""Writing what an import brings: one transaction a batch, index queue included.

Runs inside a write transaction of the caller. Bulk statements go to the driver directly:
sqlite-utils builds its own statement for every hundred rows, which costs more than SQLite.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlite_utils import Database

from incipit.models import CancelToken, FailedFile
from incipit.store import checksums, counters, index_queue, long_texts
from incipit.store.contents import (
    order_key,
    search_key,
    signed,
    split_path,
    storable,
    storable_ns,
    timestamp,
)
from incipit.store.places import folder_ids
from incipit.store.records import (
    BatchOutcome,
    NewDocument,
    NewTitle,
    QueueAction,
    Queued,
    TouchedFile,
)

# SQLite's limit of parameters in one statement was 999 for long.
_PARAMETERS = 900

_COLUMNS = (
    *("source_id", "folder_id", "name", "name_key", "name_order", "text_id", "original_id"),
    *(
        "file_hash",
        "encoding",
        "encoding_chosen",
        "size_bytes",
        "mtime_ns",
        "device",
        "inode",
        "title",
    ),
    *("title_kind", "is_slab", "token_count"),
)
_OF_NEW = (*_COLUMNS, "id", "added_at")
_INSERT = (
    f"INSERT INTO documents ({', '.join(_OF_NEW)}, {checksums.COLUMN})"
    f" VALUES ({', '.join('?' * (len(_OF_NEW) + 1))})"
)
_UPDATE = f"UPDATE documents SET {', '.join(f'{column} = ?' for column in _COLUMNS)} WHERE id = ?"
_Place = tuple[int, int, bytes]


def write_batch(
    db: Database,
    records: Sequence[NewDocument],
    failures: Sequence[FailedFile] = (),
    touched: Sequence[TouchedFile] = (),
    cancel: CancelToken | None = None,
) -> BatchOutcome:
    """Store documents with their texts, queue them for the index and note failures.

    A record whose id is a document replaces its content and keeps the rest; where its place
    is known under another id, that document takes the content and the record's own id goes.
    Earlier failures of the files written or touched are cleared.

    Raises: Cancelled, between parts of what is long.
    """
    now = timestamp(datetime.now(UTC))
    revision = counters.advance(db, listing=bool(records))
    outcome = _store(db, records, revision, now, cancel) if records else BatchOutcome(0, 0, 0, ())
    if touched:
        db.conn.executemany(
            "UPDATE documents SET mtime_ns = ?, device = ?, inode = ? WHERE id = ?",
            [
                (
                    storable_ns(file.mtime_ns),
                    signed(file.device),
                    signed(file.inode),
                    file.document_id,
                )
                for file in touched
            ],
        )
    _clear_failures(db, records, touched)
    _write_failures(db, failures, now)
    return outcome


def record_failures(db: Database, failures: Sequence[FailedFile]) -> None:
    """Note failures that stand outside a batch."""
    if failures:
        counters.advance(db, listing=False)
        _write_failures(db, failures, timestamp(datetime.now(UTC)))


def forget_failures(db: Database, failures: Iterable[FailedFile]) -> None:
    """Forget failures at places that can no longer fail."""
    counters.advance(db, listing=False)
    db.conn.executemany(
        "DELETE FROM failures WHERE path = ?", ((os.fsencode(one.path),) for one in failures)
    )


def set_titles(db: Database, titles: Iterable[NewTitle]) -> None:
    """Give documents new titles; those that are gone are passed over."""
    counters.advance(db, listing=False)
    db.conn.executemany(
        "UPDATE documents SET title = ?, title_kind = ? WHERE id = ?",
        ((storable(new.title), new.title_kind.value, new.document_id) for new in titles),
    )


@dataclass(slots=True)
class _Sorted:
    """The records of a batch by what has to be done with each: (record, place)."""

    added: list[tuple[NewDocument, _Place]] = field(default_factory=list)
    updated: list[tuple[int, NewDocument, _Place]] = field(default_factory=list)
    discarded: list[int] = field(default_factory=list)
    redirected: list[int] = field(default_factory=list)


def _store(
    db: Database,
    records: Sequence[NewDocument],
    revision: int,
    now: str,
    cancel: CancelToken | None,
) -> BatchOutcome:
    work = _sort(db, records)
    kept = [*(record for record, _ in work.added), *(record for _, record, _ in work.updated)]
    text_ids, known_before = _store_texts(db, kept, cancel)
    original_ids = _store_originals(db, kept, cancel)
    copies = _count_copies(db, work, text_ids, known_before)

    def columns(record: NewDocument, place: _Place) -> tuple[object, ...]:
        return _columns(record, place, text_ids, original_ids)

    complete = checksums.with_checksum(db, "documents", _OF_NEW)
    db.conn.executemany(
        _INSERT,
        (complete((*columns(record, place), record.id, now)) for record, place in work.added),
    )
    db.conn.executemany(
        _UPDATE, ((*columns(record, place), known) for known, record, place in work.updated)
    )
    redirected = set(work.redirected)
    ids = [record.id for record, _ in work.added] + [known for known, _, _ in work.updated]
    queued = [Queued(known, QueueAction.INDEX, revision) for known in ids]
    gone = [Queued(known, QueueAction.DELETE, revision) for known in work.discarded]
    index_queue.put(db, queued + gone)
    return BatchOutcome(
        added=len(work.added),
        updated=len(work.updated),
        copies=copies,
        queued=tuple(row for row in queued if row.document_id not in redirected),
        discarded=tuple(work.discarded),
    )


def _sort(db: Database, records: Sequence[NewDocument]) -> _Sorted:
    """Decide for each record whether it is new, an update, or came too late."""
    work = _Sorted()
    parts = [split_path(record.path) for record in records]
    folders = folder_ids(db, [folder for folder, _ in parts])
    living = _living_sources(db)
    taken = _taken_ids(db, records)
    last: dict[_Place, NewDocument] = {}
    for record, (folder, name) in zip(records, parts, strict=True):
        place = (record.source_id, folders[folder], name)
        if place in last and last[place].id != record.id:
            work.discarded.append(last[place].id)
        last[place] = record
    for place, record in last.items():
        if record.source_id not in living:
            work.discarded.append(record.id)
            continue
        at_place = _document_at(db, place)
        if at_place is not None:
            work.updated.append((at_place, record, place))
            if at_place != record.id:
                work.discarded.append(record.id)
                work.redirected.append(at_place)
        elif record.id in taken:
            # Removed while its new content was on the way.
            work.discarded.append(record.id)
        else:
            work.added.append((record, place))
    return work


def _living_sources(db: Database) -> set[int]:
    return {row[0] for row in db.execute("SELECT id FROM sources WHERE removal_id IS NULL")}


def _taken_ids(db: Database, records: Sequence[NewDocument]) -> set[int]:
    ids = json.dumps([record.id for record in records])
    statement = "SELECT id FROM documents WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in db.execute(statement, [ids])}


def _document_at(db: Database, place: _Place) -> int | None:
    row = db.execute(
        "SELECT id FROM documents WHERE source_id = ? AND folder_id = ? AND name = ?"
        " AND removal_id IS NULL",
        place,
    ).fetchone()
    return None if row is None else int(row[0])


def _store_texts(
    db: Database, records: Sequence[NewDocument], cancel: CancelToken | None
) -> tuple[dict[bytes, int], set[bytes]]:
    """Store the texts that are new; return the id of each hash, and the hashes known before."""
    texts = {record.text_hash: record.text for record in records}
    ids = _ids_by_hash(db, "SELECT hash, id FROM texts WHERE hash", list(texts))
    known = set(ids)
    row = db.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()
    fresh = [one for one in texts if one not in known]
    ids.update(zip(fresh, range(row[0] + 1, row[0] + 1 + len(fresh)), strict=True))
    db.conn.executemany(
        "INSERT INTO texts (id, hash, char_count, content) VALUES (?, ?, ?, ?)",
        (
            (ids[one], one, long_texts.char_count(texts[one]), long_texts.first_part(texts[one]))
            for one in fresh
        ),
    )
    for one in fresh:
        long_texts.write_rest(db, ids[one], texts[one], cancel)
    return ids, known


def _store_originals(
    db: Database, records: Sequence[NewDocument], cancel: CancelToken | None
) -> dict[bytes, int]:
    """Store the packed files that are new and return the id of each file hash."""
    packed = {one.file_hash: one.original for one in records if one.original is not None}
    if not packed:
        return {}
    select = "SELECT file_hash, id FROM originals WHERE file_hash"
    for file_hash, original in packed.items():
        long_texts.write_packed(db, file_hash, original, cancel)
    return _ids_by_hash(db, select, list(packed))


def _ids_by_hash(db: Database, select: str, hashes: Sequence[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for part in _parts(hashes):
        marks = ", ".join("?" * len(part))
        found.update(db.execute(f"{select} IN ({marks})", part).fetchall())
    return found


def _parts(values: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(values), _PARAMETERS):
        yield values[start : start + _PARAMETERS]


def _count_copies(
    db: Database, work: _Sorted, text_ids: dict[bytes, int], known_before: set[bytes]
) -> int:
    """Count the records whose text another document has, or an earlier record of the batch."""
    copies = 0
    seen: set[bytes] = set()
    pairs = [(record.id, record) for record, _ in work.added]
    pairs += [(known, record) for known, record, _ in work.updated]
    for document_id, record in pairs:
        copy = record.text_hash in seen
        if not copy and record.text_hash in known_before:
            row = db.execute(
                "SELECT 1 FROM documents WHERE text_id = ? AND removal_id IS NULL AND id <> ?",
                [text_ids[record.text_hash], document_id],
            ).fetchone()
            copy = row is not None
        seen.add(record.text_hash)
        copies += copy
    return copies


def _columns(
    record: NewDocument,
    place: _Place,
    text_ids: dict[bytes, int],
    original_ids: dict[bytes, int],
) -> tuple[object, ...]:
    name = os.fsdecode(place[2])
    return (
        *place,
        search_key(name),
        order_key(name),
        text_ids[record.text_hash],
        original_ids[record.file_hash] if record.original is not None else None,
        record.file_hash,
        record.encoding,
        int(record.encoding_chosen),
        record.size_bytes,
        storable_ns(record.mtime_ns),
        signed(record.device),
        signed(record.inode),
        storable(record.title),
        record.title_kind.value,
        int(record.is_slab),
        record.token_count,
    )


def _write_failures(db: Database, failures: Sequence[FailedFile], now: str) -> None:
    db.conn.executemany(
        "INSERT OR REPLACE INTO failures (path, code, reason, advice, failed_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            (os.fsencode(one.path), one.code, storable(one.reason), storable(one.advice), now)
            for one in failures
        ),
    )


def _clear_failures(
    db: Database, records: Sequence[NewDocument], touched: Sequence[TouchedFile]
) -> None:
    if db.execute("SELECT 1 FROM failures LIMIT 1").fetchone() is None:
        return
    db.conn.executemany(
        "DELETE FROM failures WHERE path = ?", [(os.fsencode(one.path),) for one in records]
    )
    db.conn.executemany(
        "DELETE FROM failures WHERE path = (SELECT CAST(f.path || d.name AS BLOB) FROM documents d"
        " JOIN folders f ON f.id = d.folder_id WHERE d.id = ?)",
        [(one.document_id,) for one in touched],
    )
