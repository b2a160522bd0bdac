"""The whole index is read in the background, and damage that opening cannot see is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from incipit.index.folder import IndexFolder
from incipit.index.inversion import SegmentBuilder
from incipit.services.verification import Verification

_WAIT_S = 60.0


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = IndexFolder.create(tmp_path / "index", identity="test")
    builder = SegmentBuilder(folder.path)
    builder.add(1, "many words " * 100)
    folder.write(adds=[builder.flush()])
    return folder.path


def damage(index: Path) -> None:
    (file,) = index.glob("*.cols")
    data = bytearray(file.read_bytes())
    data[data.index(b"many")] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("small_bytes", [1 << 30, 0], ids=["thread", "process"])
def test_changed_byte_is_told_once(index: Path, small_bytes: int) -> None:
    damage(index)
    told: list[str] = []
    reading = Verification(index, "test", told.append, small_bytes=small_bytes)
    assert reading.wait(_WAIT_S)
    assert len(told) == 1
    assert "has changed" in told[0]
    reading.close()


@pytest.mark.parametrize("small_bytes", [1 << 30, 0], ids=["thread", "process"])
def test_sound_index_is_not_worth_a_word(index: Path, small_bytes: int) -> None:
    told: list[str] = []
    reading = Verification(index, "test", told.append, small_bytes=small_bytes)
    assert reading.wait(_WAIT_S)
    reading.close()
    assert told == []


def test_missing_index_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    assert Verification(tmp_path / "none", "test", told.append).wait(_WAIT_S)
    assert told == ["there is no index"]


@pytest.mark.parametrize("small_bytes", [1 << 30, 0], ids=["thread", "process"])
def test_closing_ends_the_reading_without_a_word(index: Path, small_bytes: int) -> None:
    damage(index)
    told: list[str] = []
    reading = Verification(index, "test", lambda _reason: None, small_bytes=small_bytes)
    reading.close()
    assert reading.wait(0)
    assert told == []
