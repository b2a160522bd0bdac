"""A library has one window: a second launch hands its paths to the first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from incipit.app.single_instance import SingleInstance, hand_over, server_name


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture
def first(library):
    made = SingleInstance()
    assert made.claim(library, [])
    yield made
    made.release()


def launch(library, paths):
    """Hand paths over from a process of its own, as a second launch does."""
    import subprocess
    import sys

    program = (
        "import sys; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from incipit.app.single_instance import SingleInstance\n"
        "app = QCoreApplication([])\n"
        "sys.exit(SingleInstance().claim(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]]))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-c", program, str(library), *map(os.fsencode, paths)], env=environment
    )


def test_second_launch_hands_its_paths_over_and_ends(first, library, qtbot, tmp_path):
    odd = Path(os.fsdecode(b"/a/caf\xe9.txt"))
    with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
        process = launch(library, [tmp_path / "a b.txt", odd])
    assert asked.args == [[tmp_path / "a b.txt", odd]]
    assert process.wait(20) == 0, "the second launch must know that it is not the one"


def test_second_launch_without_paths_only_wakes_the_first(first, library, qtbot):
    with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
        process = launch(library, [])
    assert asked.args == [[]]
    assert process.wait(20) == 0


def test_another_library_is_another_window(first, tmp_path):
    assert first is not None
    other = SingleInstance()
    assert other.claim(tmp_path / "other", [])
    other.release()


def test_every_way_to_a_library_is_the_same_library(library, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(library)
    assert server_name(link) == server_name(library)
    assert server_name(tmp_path) != server_name(library)


def test_place_is_free_again_when_it_is_released(first, library):
    first.release()
    assert not hand_over(server_name(library), [])
    other = SingleInstance()
    assert other.claim(library, [])
    other.release()


def test_place_that_a_crash_left_behind_is_taken(library, qtbot):
    # A process that is killed leaves its socket; nobody answers there.
    process = launch_and_die(library)
    assert process.wait(20) != 0
    second = SingleInstance()
    assert second.claim(library, [])
    with qtbot.waitSignal(second.asked, timeout=20_000):
        process = launch(library, [])
    assert process.wait(20) == 0
    second.release()


def launch_and_die(library):
    import subprocess
    import sys

    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from incipit.app.single_instance import SingleInstance\n"
        "app = QCoreApplication([])\n"
        "assert SingleInstance().claim(Path(sys.argv[1]), [])\n"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", program, str(library)], env=environment)


@pytest.mark.parametrize("line", [b"no json\n", b"[1, null]\n", b'"text"\n'])
def test_nonsense_only_wakes_the_window(first, library, qtbot, line):
    socket = QLocalSocket()
    socket.connectToServer(server_name(library))
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(first.asked) as asked:
        socket.write(line)
        socket.flush()
    assert all(isinstance(path, Path) for path in asked.args[0])
    socket.disconnectFromServer()


def test_relative_paths_are_made_absolute(first, library, qtbot, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
        process = launch(library, [Path("a.txt")])
    assert asked.args == [[tmp_path / "a.txt"]]
    process.wait(20)
