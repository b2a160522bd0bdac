"""The program as a person in a terminal meets it: a process, its streams and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

_DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
_TIMEOUT_S = 120
#: Starts a command as somebody whom permissions bind.
BOUND = (sys.executable, str(Path(__file__).with_name("bound_by_permissions.py")))


def command(*arguments):
    """Return the command line that runs ``incipit`` with ``arguments``."""
    return [sys.executable, "-m", "incipit", *map(str, arguments)]


def environment(**more):
    """Return an environment in which the program is found, as in a checkout."""
    before = os.environ.get("PYTHONPATH")
    path = f"{_DESKTOP}{os.pathsep}{before}" if before else str(_DESKTOP)
    return os.environ | {"PYTHONPATH": path} | more


class CommandLine:
    """Runs ``incipit`` on one library."""

    def __init__(self, library, before=()):
        """Take the library's folder, and a command ``before`` that is given ours to start."""
        self.library = library
        self.before = list(before)

    def run(self, *arguments, **more):
        """Run a command to its end; output is text."""
        return subprocess.run(
            [*self.before, *command(*arguments, "--library", self.library)],
            capture_output=True,
            encoding="utf-8",
            env=environment(**more),
            timeout=_TIMEOUT_S,
        )

    def succeed(self, *arguments):
        """Run a command that has to succeed and return what it printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout

    def json(self, *arguments):
        """Run a command that has to succeed and return its objects."""
        return [json.loads(line) for line in self.succeed(*arguments).splitlines()]
