"""Space is asked of the disks that will need it, and their errors are told in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from incipit.errors import UserError
from incipit.services.disk import free_bytes, needed_bytes, require_space, told_in_words


def test_space_is_that_of_the_disk_where_a_folder_will_be(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "yet") > 0
    require_space(tmp_path / "library", tmp_path / "cache" / "index", 1)


def test_texts_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    size = free_bytes(tmp_path) // 2
    assert needed_bytes(size) > 2 * size
    with pytest.raises(UserError, match="not enough space") as caught:
        require_space(tmp_path / "library", tmp_path / "index", size)
    assert (caught.value.code, caught.value.subject) == ("no-space", str(tmp_path / "library"))


def test_each_disk_is_asked_for_its_own_part(tmp_path: Path) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system")
    small, large = sorted((memory, tmp_path), key=free_bytes)
    size = free_bytes(small)
    for library, index in ((small, large), (large, small)):
        with pytest.raises(UserError) as caught:
            require_space(library / "a", index / "b", size)
        assert caught.value.subject.startswith(str(small))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "disk"),
    ],
)
def test_errors_of_the_disk_have_words(number: int, code: str) -> None:
    with pytest.raises(UserError) as caught, told_in_words(Path("/place")):
        raise OSError(number, os.strerror(number))
    assert (caught.value.code, caught.value.subject) == (code, "/place")
    assert caught.value.advice


def test_other_errors_go_on_as_they_are() -> None:
    with pytest.raises(ValueError, match="ours"), told_in_words(Path("/place")):
        raise ValueError("ours")
