"""The whole program, its workers and its window open no socket to any network."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import without_network
from command_line import CommandLine

_WATCHED = (sys.executable, without_network.__file__)
END_TO_END = Path(__file__).resolve().parents[1] / "end2end"
FILES = 80  # more than are imported without worker processes


def watched(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_WATCHED, *arguments], capture_output=True, text=True)


@pytest.fixture(autouse=True)
def watching() -> None:
    if not without_network.can_watch():
        pytest.skip("the kernel of this system cannot watch for sockets")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(f"harbour word{number} and the S-400")
    return folder


@pytest.mark.parametrize(
    ("family", "code"),
    [("AF_INET", -signal.SIGSYS), ("AF_INET6", -signal.SIGSYS), ("AF_UNIX", 0)],
)
def test_a_program_that_opens_such_a_socket_is_caught(family: str, code: int) -> None:
    opens = f"import socket; socket.socket(socket.{family}).close(); socket.socketpair()"
    assert watched(sys.executable, "-c", opens).returncode == code
    below = f"import subprocess, sys; print(subprocess.call([sys.executable, '-c', {opens!r}]))"
    assert watched(sys.executable, "-c", below).stdout == f"{code}\n"


def test_commands_open_none(files: Path, tmp_path: Path) -> None:
    incipit = CommandLine(tmp_path / "library", before=_WATCHED)
    assert incipit.succeed("import", files).startswith(f"{FILES} added, 0 unchanged, 0 updated, 0")
    assert incipit.json("search", "s-400", "--count")[0]["documents"] == FILES
    assert incipit.succeed("kwic", "harbour", "--csv").count(",harbour,") == FILES
    incipit.succeed("rebuild")
    incipit.succeed("check")
    incipit.succeed("backup", tmp_path / "backup.db")
    incipit.succeed("restore", tmp_path / "backup.db")
    assert incipit.json("stats", "--json")[0]["searchable"] == FILES


def test_window_opens_none_in_the_whole_end_to_end_run() -> None:
    """Dropping, importing, searching, reading, cancelling, removing, starting again: all of it.

    In a whole run these tests run here only.
    """
    whole = watched(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(END_TO_END))
    assert whole.returncode == 0, whole.stdout
    assert " passed" in whole.stdout
