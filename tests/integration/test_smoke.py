"""What the bundle hands on, and what the test of an installed program reads from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import bundle_start
import smoke_install
import smoke_program
import smoke_screen
import smoke_test
from incipit.text.tokens import terms


def test_other_programs_get_the_surroundings_of_the_user() -> None:
    environment = {
        "HOME": "/home/user",
        "LD_LIBRARY_PATH": "/usr/lib/incipit/_internal",
        "LD_LIBRARY_PATH_ORIG": "/opt/lib",
        "QT_PLUGIN_PATH": "/usr/lib/incipit/_internal/PySide6/Qt/plugins",
    }

    bundle_start.hand_back(environment)

    # The last makes the bundle's loader begin anew in worker processes.
    assert environment == {
        "HOME": "/home/user",
        "LD_LIBRARY_PATH": "/opt/lib",
        "PYINSTALLER_RESET_ENVIRONMENT": "1",
    }


def test_a_path_for_libraries_that_was_not_there_is_not_handed_on() -> None:
    environment = {"LD_LIBRARY_PATH": "/usr/lib/incipit/_internal"}

    bundle_start.hand_back(environment)

    assert "LD_LIBRARY_PATH" not in environment


def test_processes_below_a_process_are_found() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as parent:
        smoke_screen.wait_for(
            lambda: len(list(smoke_program.descendants(parent.pid))) == 2, 20, "a child"
        )
        assert parent.pid in smoke_program.descendants(os.getpid())
        assert not any(map(smoke_program.is_worker, smoke_program.descendants(parent.pid)))


def test_a_library_that_is_missing_is_named(tmp_path: Path) -> None:
    program = Path(os.path.realpath("/bin/sh"))
    data = program.read_bytes().replace(b"libc.so.6", b"libq.so.6")
    (tmp_path / "sh").write_bytes(data)
    (tmp_path / "sh").chmod(0o755)

    assert smoke_program.unresolved(tmp_path, root=None) == (1, ["libq.so.6"])


def test_corpus_counts_what_a_search_must_find(tmp_path: Path) -> None:
    folder, matching, total = smoke_test.corpus(tmp_path / "texts")

    texts = [path.read_text("latin-1") for path in folder.iterdir()]
    assert len(texts) == len(set(texts)) == total
    assert sum(smoke_test.QUERY in terms(text) for text in texts) == matching > 0


@pytest.mark.parametrize(
    ("names", "fits"),
    [
        (("incipit/__init__.py", "incipit_browser-1.dist-info/RECORD"), True),
        (("incipit/__init__.py", "../../../bin/incipit", "tests/test_it.py"), False),
        (("incipit/__init__.py", "../../../bin/other"), False),
    ],
)
def test_a_wheel_that_brings_more_than_the_package_is_noticed(
    tmp_path: Path, names: tuple[str, ...], fits: bool
) -> None:
    info = tmp_path / "lib" / "python3.11" / "site-packages" / "incipit_browser-1.dist-info"
    info.mkdir(parents=True)
    (info / "RECORD").write_text("".join(f"{name},,\n" for name in names))

    if fits:
        smoke_install.check_alone(tmp_path)
    else:
        with pytest.raises(smoke_screen.SmokeError, match=names[-1]):
            smoke_install.check_alone(tmp_path)


def test_what_a_package_leaves_in_a_root_is_named(tmp_path: Path) -> None:
    (tmp_path / "var/lib/dpkg").mkdir(parents=True)
    (tmp_path / "var/lib/dpkg/incipit.list").touch()
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp/incipit-session").touch()
    smoke_install.check_named(tmp_path)

    (tmp_path / "usr/lib/incipit").mkdir(parents=True)
    with pytest.raises(smoke_screen.SmokeError, match="usr/lib/incipit"):
        smoke_install.check_named(tmp_path)
