"""The commands of dev.py: run the program from the checkout, and run its checks and tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import dev_environment
import dev_system

TOP = Path(__file__).resolve().parent.parent

#: The checks before the tests: a name, and the arguments of the environment's interpreter.
CHECKS = (
    ("ruff format", ("-m", "ruff", "format", "--check", "--quiet", "--diff", ".")),
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("mypy", ("-m", "mypy")),
    ("mypy packaging", ("-m", "mypy", "--strict", "--follow-imports=silent", "packaging")),
    ("lint-imports", ("-c", "import importlinter.cli as cli; cli.lint_imports_command()")),
)

#: All tests, on as many cores as there are up to four; those of a file share what it makes.
TESTS = ("-m", "pytest", "--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")


def main(arguments: Sequence[str], *, usage: str) -> int:
    """Run one command line and return its exit code."""
    commands = {"run": run, "test": test}
    if arguments and arguments[0] in {"-h", "--help", "help"}:
        print(usage)
        return 0
    if not arguments or arguments[0] not in commands:
        print(usage, file=sys.stderr)
        return 2
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except dev_system.SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Open the window, or run a command of incipit, and return its exit code."""
    dev_system.prepare(window=True)
    python = dev_environment.ensure(TOP)
    if not arguments and _has_no_screen():
        raise dev_system.SetupError(
            "There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set. "
            "On a machine without one, a virtual screen will do: "
            "xvfb-run -a python3 packaging/dev.py run"
        )
    # Ctrl+C belongs to the program, which ends by it in its own way; a handler, unlike "ignore",
    # is not inherited.
    signal.signal(signal.SIGINT, _leave_to_the_program)
    code = subprocess.call([python, "-m", "incipit", *arguments])
    return 128 - code if code < 0 else code


def test(arguments: list[str]) -> int:
    """Run every check and test, or pytest alone with the arguments; return 0 if all passed."""
    dev_system.prepare(window=False)
    python = dev_environment.ensure(TOP)
    if arguments:
        print("== pytest alone: without arguments every check runs too", flush=True)
        return _step(python, ("-m", "pytest", *arguments))
    failed = [name for name, command in CHECKS if not _passes(name, python, command)]
    if failed:
        print(f"\n== failed so far: {', '.join(failed)}", flush=True)
    print("\n== pytest", flush=True)
    code = _step(python, TESTS)
    # Where all went well, the last line is pytest's own.
    if code != 0:
        failed.append("pytest")
    if failed:
        print(f"\n== FAILED: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _passes(name: str, python: Path, command: Sequence[str]) -> bool:
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    code = _step(python, command)
    outcome = "ok" if code == 0 else f"FAILED (exit code {code})"
    print(f"== {name}: {outcome}, {time.monotonic() - started:.0f} s", flush=True)
    return code == 0


def _step(python: Path, command: Sequence[str]) -> int:
    environment = os.environ.copy()
    environment.pop("PYTHONPATH", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.call([python, *command], cwd=TOP, env=environment, stdin=subprocess.DEVNULL)


def _has_no_screen() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names)


def _leave_to_the_program(number: int, frame: FrameType | None) -> None:
    """Do nothing: the program got the signal too."""
