"""A file that is read in chunks becomes what it would have become by itself in memory."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from batches import batch
from growing import growing

from incipit.errors import Cancelled, UserError
from incipit.index import inversion
from incipit.index.column_file import ColumnFile
from incipit.index.folder import IndexFolder
from incipit.services import ingestion
from incipit.services.ingestion import ingest
from incipit.store.contents import file_hash, unpack_original
from incipit.store.records import FileTask
from incipit.store.spools import SpooledOriginal, SpooledText

_LINE = "The prices of naïve shares – “rather” high – fell.\r\n"
_FILES = {
    "heading.txt": ("A headline\n\n" + "plain words of it\n" * 2_000).encode(),
    "slab.txt": b"tration " + b"of plain words " * 2_000 + b"mil",
    "utf-8.txt": (_LINE.replace("\r", "") * 900).encode(),
    "decomposed.txt": ("nai\u0308ve " * 4_000).encode(),
    "marked.txt": ("\ufeff" + _LINE * 900).encode("utf-16"),
    "wide.txt": (_LINE * 900).encode("utf-16-le"),
    "western.txt": (_LINE * 900).encode("windows-1252"),
    "escapes.txt": ("漢字かな words " * 2_000).encode("iso-2022-jp"),
    "signed.txt": b"\xef\xbb\xbf" + b"words after a mark " * 2_000,
    "broken.txt": ("naïve – " * 4_000).encode() + b"\xff",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    IndexFolder.create(tmp_path / "index", identity="test")
    return tmp_path


def _written(folder: Path, data: bytes, name: str = "a.txt") -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def _spools(folder: Path) -> list[Path]:
    return list((folder / "incoming").iterdir()) if (folder / "incoming").exists() else []


@pytest.mark.parametrize("name", _FILES)
def test_long_and_short_files_become_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    data = _FILES[name]
    task = FileTask(7, 3, _written(folder, data, name))
    short = ingest(batch(folder, task))
    monkeypatch.setattr(ingestion, "LONG_BYTES", 1_000)
    long = ingest(batch(folder, task))
    (expected,), (found,) = short.documents, long.documents
    assert isinstance(found.text, SpooledText)
    assert found.text.char_count == len(expected.text)
    assert "".join(found.text.parts(1_000)) == expected.text
    if expected.original is None:
        assert found.original is None
    else:
        assert isinstance(found.original, SpooledOriginal)
        assert unpack_original(b"".join(found.original.chunks())) == data
    assert replace(found, text="", original=None) == replace(expected, text="", original=None)
    assert long.read_bytes == short.read_bytes == len(data)
    columns = [_columns(folder, done.segments) for done in (short, long)]
    assert columns[0] == columns[1]
    found.remove_spools()
    assert _spools(folder) == []


def _columns(folder, segments):
    (segment,) = segments
    file = ColumnFile.open(folder / "index" / segment.name)
    return {name: file.column(name).tobytes() for name in file._columns}


@pytest.mark.parametrize("known", [True, False])
def test_a_long_file_that_is_known_is_only_touched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    monkeypatch.setattr(ingestion, "LONG_BYTES", 1_000)
    path = _written(folder, b"some words " * 200)
    known_hash = file_hash(Path(path).read_bytes() if known else b"others")
    done = ingest(batch(folder, FileTask(7, 3, path, known_hash=known_hash)))
    assert (len(done.touched), len(done.documents)) == ((1, 0) if known else (0, 1))
    assert bool(_spools(folder)) is not known


def test_a_file_that_is_no_text_is_refused_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "LONG_BYTES", 1_000)
    path = _written(folder, b"\x7fELF\0\0" * 1_000)
    done = ingest(batch(folder, FileTask(7, 3, path)))
    assert [one.code for one in done.failed] == ["binary"]
    assert (done.segments, _spools(folder)) == ((), [])


def test_a_file_that_became_long_waits_for_a_batch_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "LONG_BYTES", 1_000)
    grown = FileTask(1, 3, _written(folder, b"words " * 400), size_bytes=6)
    other = FileTask(2, 3, _written(folder, b"few words", "b.txt"), size_bytes=9)
    done = ingest(batch(folder, grown, other))
    assert done.unread == (replace(grown, size_bytes=2_400),)
    assert [one.id for one in done.documents] == [2]


def test_a_long_file_that_never_stands_still_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "LONG_BYTES", 1_000)
    path = Path(_written(folder, b"words and more " * 1_000_000))
    with growing(path):
        done = ingest(batch(folder, FileTask(7, 3, str(path))))
    assert [one.code for one in done.failed] == ["changing"]
    assert _spools(folder) == []


@pytest.mark.parametrize("look", [2, 3])
@pytest.mark.parametrize("text", ["two word ", "zwei für "])
def test_a_long_file_that_changes_unseen_between_two_looks_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, look: int, text: str
) -> None:
    """Its size and its time stay as they were: only its bytes tell."""
    monkeypatch.setattr(ingestion, "LONG_BYTES", 1_000)
    path = Path(_written(folder, b"one word " * 400))
    before = path.stat()
    looks = iter(range(1_000))

    def change_once() -> bool:
        if next(looks) == look:
            path.write_bytes(text.encode("windows-1252") * 400)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        return False

    monkeypatch.setattr(ingestion, "stopped", change_once)
    done = ingest(batch(folder, FileTask(7, 3, str(path))))
    (record,) = done.documents
    assert record.file_hash == file_hash(path.read_bytes())
    assert isinstance(record.text, SpooledText)
    assert "".join(record.text.parts()) == text * 400


def test_an_error_leaves_no_segment_that_was_written_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inversion, "FULL_TOKENS", 1)
    before = set((folder / "index").iterdir())
    tasks = [FileTask(n, 3, _written(folder, b"some words", f"{n}.txt")) for n in range(3)]
    answers = iter([False, False, True])
    monkeypatch.setattr(ingestion, "stopped", lambda: next(answers))
    with pytest.raises(Cancelled):
        ingest(batch(folder, *tasks))
    assert set((folder / "index").iterdir()) == before


def test_a_disk_that_cannot_be_written_is_no_fault_of_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "LONG_BYTES", 1_000)
    (folder / "incoming").write_text("in the way")
    with pytest.raises(UserError) as caught:
        ingest(batch(folder, FileTask(7, 3, _written(folder, b"words " * 400))))
    assert caught.value.code == "disk"
