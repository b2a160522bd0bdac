"""A batch of files becomes records, failures and one segment; each file is in one of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from batches import batch

from incipit.index.folder import IndexFolder
from incipit.models import TitleKind
from incipit.services.ingestion import ingest
from incipit.store.contents import file_hash, unpack_original
from incipit.store.hash_marks import HashMarks
from incipit.store.records import FileTask, TouchedFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    IndexFolder.create(tmp_path / "index", identity="test")
    return tmp_path


def written(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def test_record_holds_what_is_known_of_a_file(folder: Path) -> None:
    path = written(folder, "a.txt", b"A headline\r\n\r\nThe body of it.\r\n")
    done = ingest(batch(folder, FileTask(7, 3, path)))
    (record,) = done.documents
    assert (record.id, record.source_id, record.path) == (7, 3, path)
    assert record.text == "A headline\n\nThe body of it.\n"
    assert (record.title, record.title_kind) == ("A headline", TitleKind.HEADING)
    assert record.token_count == 6
    assert record.file_hash == file_hash(Path(path).read_bytes())
    assert record.original is not None
    assert unpack_original(record.original) == Path(path).read_bytes()
    assert not record.encoding_chosen


def test_segment_holds_the_documents_of_the_batch(folder: Path) -> None:
    tasks = [
        FileTask(number, 1, written(folder, f"{number}.txt", b"words %d" % number))
        for number in (5, 9)
    ]
    done = ingest(batch(folder, *tasks))
    index = IndexFolder.open(folder / "index", identity="test")
    index.write(adds=done.segments)
    assert np.array_equal(index.keys(), [5, 9])


def test_file_with_the_hash_it_had_is_only_touched(folder: Path) -> None:
    path = written(folder, "a.txt", b"words")
    done = ingest(batch(folder, FileTask(7, 3, path, known_hash=file_hash(b"words"))))
    there = Path(path).stat()
    assert done.touched == (TouchedFile(7, there.st_mtime_ns, there.st_dev, there.st_ino),)
    assert (done.documents, done.segments) == ((), ())


def test_file_with_the_hash_of_a_stray_is_found_unless_that_is_decided(folder: Path) -> None:
    path = written(folder, "b.txt", b"words")
    strays = HashMarks([file_hash(b"words"), file_hash(b"other")])
    tasks = [
        FileTask(8, 3, path),
        FileTask(9, 3, path, known_hash=file_hash(b"before")),
        FileTask(10, 3, path, known_hash=file_hash(b"words")),
        FileTask(11, 3, path, decided=True),
    ]
    done = ingest(batch(folder, *tasks, strays=strays))
    assert [(one.task.document_id, one.file_hash) for one in done.found] == [
        (8, file_hash(b"words")),
        (9, file_hash(b"words")),
    ]
    there = Path(path).stat()
    assert done.found[0].task == replace(
        tasks[0],
        size_bytes=5,
        mtime_ns=there.st_mtime_ns,
        device=there.st_dev,
        inode=there.st_ino,
    )
    assert [one.document_id for one in done.touched] == [10]
    assert [one.id for one in done.documents] == [11]
    assert done.read_bytes == 10


def test_chosen_encoding_is_kept_as_chosen(folder: Path) -> None:
    path = written(folder, "a.txt", "gęś".encode("iso-8859-2"))
    (record,) = ingest(batch(folder, FileTask(1, 1, path, encoding="iso-8859-2"))).documents
    assert (record.text, record.encoding, record.encoding_chosen) == ("gęś", "iso-8859-2", True)


def test_failures_say_why_and_the_rest_goes_on(folder: Path) -> None:
    tasks = [
        FileTask(1, 1, str(folder / "gone.txt")),
        FileTask(2, 1, written(folder, "large.txt", b"x" * 10_001)),
        FileTask(3, 1, written(folder, "binary.txt", bytes(range(32)) * 9)),
        FileTask(4, 1, written(folder, "good.txt", b"good")),
    ]
    done = ingest(batch(folder, *tasks, limit_bytes=10_000))
    assert [failure.code for failure in done.failed] == ["vanished", "too-large", "binary"]
    assert [record.id for record in done.documents] == [4]
