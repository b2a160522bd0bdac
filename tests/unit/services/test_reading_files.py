"""A file is read whole and unchanged, or refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from growing import growing

from incipit.errors import UserError
from incipit.services.reading_files import read_file


@pytest.mark.parametrize("size", [0, 1, 999, 1000])
def test_files_up_to_the_limit_are_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(os.urandom(size))
    content = read_file(str(path), limit_bytes=1000)
    assert content.data == path.read_bytes()
    assert content.state.mtime_ns == path.stat().st_mtime_ns
    assert content.state.inode == path.stat().st_ino


def test_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(1001))
    with pytest.raises(UserError, match="1,001 bytes of at most 1,000") as caught:
        read_file(str(path), limit_bytes=1000)
    assert caught.value.code == "too-large"


def test_pipe_without_a_writer_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError) as caught:
        read_file(str(tmp_path / "pipe"), limit_bytes=1000)
    assert caught.value.code == "not-a-file"


def test_file_that_never_stands_still_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.log"
    # Large enough to take longer to read than a writer can be kept waiting.
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    with growing(path), pytest.raises(UserError) as caught:
        read_file(str(path), limit_bytes=1_000_000_000)
    assert caught.value.code == "changing"


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(str(tmp_path / "gone"), limit_bytes=1)
