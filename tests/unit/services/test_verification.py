"""The whole index is read in the background, and damage that opening cannot see is told."""

from __future__ import annotations

import threading
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


class Told(list):
    """What was told of the index that was read, which is the same still."""

    def take(self, reason: str, generation: int) -> bool:
        self.append((reason, generation))
        return True


def damage(index: Path) -> None:
    (file,) = index.glob("*.cols")
    data = bytearray(file.read_bytes())
    data[data.index(b"many")] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("small_bytes", [1 << 30, 0], ids=["thread", "process"])
def test_changed_byte_is_told_once(index: Path, small_bytes: int) -> None:
    damage(index)
    told = Told()
    reading = Verification(index, "test", told.take, small_bytes=small_bytes)
    assert reading.wait(_WAIT_S)
    ((reason, generation),) = told
    assert "has changed" in reason
    assert generation == IndexFolder(index, "test").generation()
    reading.close()


@pytest.mark.parametrize("small_bytes", [1 << 30, 0], ids=["thread", "process"])
def test_sound_index_is_not_worth_a_word(index: Path, small_bytes: int) -> None:
    told = Told()
    reading = Verification(index, "test", told.take, small_bytes=small_bytes)
    assert reading.wait(_WAIT_S)
    reading.close()
    assert told == []


def test_missing_index_is_told(tmp_path: Path) -> None:
    told = Told()
    assert Verification(tmp_path / "none", "test", told.take).wait(_WAIT_S)
    assert told == [("there is no index", -1)]


def test_closing_ends_the_reading_of_a_process_without_a_word(index: Path) -> None:
    damage(index)
    told = Told()
    reading = Verification(index, "test", told.take, small_bytes=0)
    reading.close()
    assert reading.wait(0)
    assert told == []


def test_closing_ends_the_reading_of_a_thread_without_another_word(index: Path) -> None:
    damage(index)
    told = Told()
    is_made = threading.Event()

    def closing(reason: str, generation: int) -> bool:
        told.take(reason, generation)
        is_made.wait(_WAIT_S)
        reading.close()
        return False

    reading = Verification(index, "test", closing)
    is_made.set()
    assert reading.wait(_WAIT_S)
    assert len(told) == 1


def test_index_that_came_meanwhile_is_read_instead(index: Path) -> None:
    damage(index)
    told = Told()

    def replaced(reason: str, generation: int) -> bool:
        told.take(reason, generation)
        if len(told) == 1:
            IndexFolder.create(index, identity="test")
        return len(told) > 1

    reading = Verification(index, "test", replaced)
    assert reading.wait(_WAIT_S)
    reading.close()
    assert len(told) == 1
