"""What the bundle hands on, and what the test of an installed program reads from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import bundle_start
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
