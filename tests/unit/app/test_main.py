"""A launch of the window is one process: it opens, hands over, and closes cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest

from incipit import paths

START_S = 60


@pytest.fixture
def launch(own_places, tmp_path):
    """Start the window in a process of its own; what still runs at the end is killed."""
    started = []

    def start(*arguments):
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(
            [sys.executable, "-m", "incipit", *map(str, arguments)],
            env=environment,
            cwd=tmp_path,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    assert own_places


def wait_for(condition, limit_s=START_S):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def count(library):
    from incipit.services.library import Library

    if not (library / paths.LIBRARY_FILE).exists():
        return -1
    opened = Library.open(library, create=False)
    try:
        return opened.status().searchable
    finally:
        opened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no polite kill")
def test_second_launch_adds_to_the_first_which_closes_politely(launch, tmp_path):
    library = tmp_path / "library"
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"the harbour of {name}")
    first = launch("--library", library, tmp_path / "a.txt")
    wait_for(lambda: count(library) == 1)
    second = launch("--library", library, "b.txt")
    assert second.wait(START_S) == 0
    wait_for(lambda: count(library) == 2)
    first.send_signal(signal.SIGTERM)
    assert first.wait(START_S) == 0
    # The offscreen platform says of everything it cannot do that it cannot.
    said = [line for line in first.stderr if b"plugin does not support" not in line]
    assert said == []
    assert list(paths.log_folder().glob("crash-*")) == []


@pytest.mark.parametrize(
    ("first", "late"),
    [
        # These come on another thread, while the window is painted: it is there in half the time.
        ("app.main", ("incipit.index", "incipit.store", "whoosh", "sqlite3", "sqlite_utils")),
        # These come when somebody imports, or corrects an encoding.
        ("services.library", ("incipit.services.recoding", "charset_normalizer", "filelock")),
        ("ui.encoding_list", ("encodings.koi8_r", "encodings.shift_jis")),
    ],
)
def test_start_does_not_wait_for_what_is_used_later(first: str, late: Sequence[str]):
    code = f"import sys, incipit.{first}; print([n for n in {late} if n in sys.modules])"

    said = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "[]"


def test_wrong_option_is_explained(launch):
    process = launch("--library")
    assert process.wait(START_S) == 2
    assert b"--library" in process.stderr.read()


def test_path_that_is_not_there_is_named_and_opens_nothing(launch, tmp_path):
    process = launch("--library", tmp_path / "library", tmp_path / "gone.txt")

    _, said = process.communicate(timeout=START_S)

    assert process.returncode == 2
    assert "gone.txt: there is neither such a file nor such a command" in said.decode()
    assert not (tmp_path / "library").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_no_screen_is_said_instead_of_a_core_dump(launch, tmp_path, monkeypatch):
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    process = launch("--library", tmp_path / "library")

    _, said = process.communicate(timeout=START_S)

    assert process.returncode == 2
    assert "no screen" in said.decode()
