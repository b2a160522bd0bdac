"""Every entry under what was dropped is a file to read, a failure with a reason, or hidden."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from incipit.errors import Cancelled
from incipit.models import SourceKind
from incipit.services.scanning import Scan, is_agreed, lies_in, survey


def scan(*paths: Path | str, excluded: tuple[Path, ...] = ()) -> tuple[list[str], Scan]:
    walk = Scan([str(path) for path in paths], excluded=excluded)
    return [file.path for file in walk.files()], walk


def codes(walk: Scan) -> dict[str, str]:
    return {Path(failure.path).name: failure.code for failure in walk.failed}


def test_folders_are_walked_in_name_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/x.txt", "c.txt", "b/deep/er/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    files, walk = scan(tmp_path)
    assert [os.path.relpath(path, tmp_path) for path in files] == [
        "c.txt",
        "a/x.txt",
        "b/1.txt",
        "b/2.txt",
        "b/deep/er/3.txt",
    ]
    assert walk.failed == []


def test_file_by_itself_belongs_to_its_folder_and_is_agreed_to(tmp_path: Path) -> None:
    (tmp_path / "notes.xyz").write_text("x")
    (file,) = Scan([str(tmp_path / "notes.xyz")]).files()
    assert (file.source_path, file.source_kind) == (str(tmp_path), SourceKind.FILE)
    assert file.named
    assert is_agreed(file)
    assert not is_agreed(replace(file, named=False))


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "a.txt").write_text("x")
    (real / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.txt").symlink_to(real / "a.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    files, walk = scan(tmp_path)
    assert [Path(path).name for path in files] == ["link.txt", "a.txt"]
    assert codes(walk) == {"broken.txt": "vanished", "loop.txt": "link-loop"}


def test_pipes_sockets_and_devices_are_named_for_what_they_are(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        files, walk = scan(tmp_path, "/dev/null")
    assert files == []
    assert {Path(f.path).name: f.reason for f in walk.failed} == {
        "pipe.txt": "This is a pipe, not a file.",
        "socket.txt": "This is a socket, not a file.",
        "null": "This is a device, not a file.",
    }


def test_vanished_path_is_a_failure(tmp_path: Path) -> None:
    assert codes(scan(tmp_path / "gone")[1]) == {"gone": "vanished"}


def test_folder_without_permission_is_a_failure(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    if os.access(locked, os.R_OK):
        pytest.skip("this user may read everything, so that permissions cannot be tried")
    assert codes(scan(tmp_path)[1]) == {"locked": "no-permission"}


def test_hidden_names_are_counted_not_read(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("x")
    (tmp_path / ".DS_Store").write_text("x")
    files, walk = scan(tmp_path)
    assert files == []
    assert walk.hidden == 2


def test_own_library_is_never_walked_also_through_a_link(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "a.txt").write_text("x")
    (tmp_path / "alias").symlink_to(library, target_is_directory=True)
    files, walk = scan(tmp_path, library, excluded=(library,))
    assert files == []
    assert set(codes(walk).values()) == {"own-library"}


def test_two_hundred_levels(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(200):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "deep.txt").write_text("x")
    assert len(scan(tmp_path)[0]) == 1


def test_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_bytes(b"x")
    (path,) = scan(tmp_path)[0]
    assert os.fsencode(path) == name


def test_cancelled_walk_stops(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        list(Scan([str(tmp_path)], cancel=cancel).files())


def test_survey_counts_what_needs_agreement(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("a.TXT", "b.md", "c.csv", "d.log", "e.html", "f.py", "g"):
        (corpus / name).write_text("12345")
    found = survey([str(corpus)], tmp_path / "library" / "not" / "yet")
    assert (found.files, found.size_bytes, found.other_files) == (7, 35, 2)
    assert [Path(path).name for path in found.other_examples] == ["f.py", "g"]
    assert found.free_bytes > 0
    assert found.needed_bytes >= 35


@pytest.mark.parametrize(
    ("path", "lies"),
    [("/a/b", True), ("/a/b/c/d.txt", True), ("/a/bc", False), ("/a", False), ("/a/x.txt", True)],
)
def test_what_lies_in_a_folder_or_is_a_file_that_was_given(path: str, lies: bool) -> None:
    assert lies_in(path, {"/a/b", "/a/x.txt"}) is lies
    assert lies_in(path, {"/"})


def test_looking_for_the_folder_of_a_file_takes_no_longer_where_many_were_given() -> None:
    class Roots:
        looks = 0

        def __contains__(self, path: object) -> bool:
            self.looks += 1
            return False

    roots = Roots()
    assert not lies_in("/a/b/c.txt", roots)
    assert roots.looks == 4
