"""One writer a library, across processes, with its holder named."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from incipit.errors import Cancelled, LibraryBusy
from incipit.services.lock import WriterLock, holder

_HOLD = """
import sys
from pathlib import Path
from incipit.services.lock import WriterLock
with WriterLock(Path(sys.argv[1]), "importing"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path: Path):
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    yield child
    child.kill()
    child.wait()
    child.stdout.close()
    if not child.stdin.closed:
        child.stdin.close()


def test_second_writer_is_told_who_writes(tmp_path: Path, other_process) -> None:
    with pytest.raises(LibraryBusy, match=rf"process {other_process.pid} .* importing"):
        WriterLock(tmp_path, "rebuilding").__enter__()


def test_lock_of_a_killed_holder_is_free_again(tmp_path: Path, other_process) -> None:
    other_process.kill()
    other_process.wait()
    with WriterLock(tmp_path, "rebuilding", timeout_s=5):
        assert "rebuilding" in holder(tmp_path)


def test_waiting_ends_when_cancelled(tmp_path: Path, other_process) -> None:
    assert other_process.poll() is None
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        WriterLock(tmp_path, "rebuilding", timeout_s=None, cancel=cancel).__enter__()


def test_waiting_writer_goes_on_when_the_first_ends(tmp_path: Path, other_process) -> None:
    threading.Timer(0.01, other_process.stdin.close).start()
    with WriterLock(tmp_path, "rebuilding", timeout_s=30):
        pass


def test_leaving_frees_the_lock_and_the_note(tmp_path: Path) -> None:
    with WriterLock(tmp_path, "importing"), pytest.raises(LibraryBusy):
        WriterLock(tmp_path, "importing").__enter__()
    assert holder(tmp_path) == "another process is writing to it"
    with WriterLock(tmp_path, "importing"):
        pass
