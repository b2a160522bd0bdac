"""The environment in .venv: made, filled with the pinned versions, and kept up to date.

A stamp says what it was filled from, so that a second start costs nothing: the pins, the
ranges and the version of the package, the Python and the place of the checkout.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import dev_system
from dev_system import SetupError
from quiet_process import run_quietly

#: Room for the environment, and for what pip unpacks on the way (measured: 460 MB stay).
NEEDED_BYTES = 1_200_000_000

_STAMPED = ("pyproject.toml", "packaging/constraints.txt", "desktop/incipit/__init__.py")
_BUILD = ("hatchling", "editables")
_NETWORK = (
    r"name resolution|NewConnectionError|ConnectTimeout|ReadTimeout|Network is unreachable"
    r"|Connection (?:refused|aborted|reset)|ProxyError|IncompleteRead|Failed to establish"
    r"|nodename nor servname|getaddrinfo failed"
)


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(top: Path) -> Path:
    """Return the interpreter of the checkout's environment, made or renewed where needed.

    Raises:
        SetupError: it could not be made or filled.
    """
    folder = top / ".venv"
    stamp_file = folder / "incipit.stamp"
    stamp = stamp_of(top)
    usable = _is_usable(folder)
    if usable and stamp_file.is_file() and stamp_file.read_text(encoding="ascii") == stamp:
        return python_of(folder)
    try:
        if not usable:
            _create(folder)
        stamp_file.unlink(missing_ok=True)
        _fill(top, folder)
        stamp_file.write_text(stamp, encoding="ascii")
    except OSError as error:
        raise SetupError(f"{folder} could not be written: {error}") from error
    return python_of(folder)


def add(top: Path, *packages: str) -> None:
    """Install more of the pinned packages into the environment, which must be there.

    Raises:
        SetupError: they could not be installed.
    """
    _pip(top, top / ".venv", *packages)


def stamp_of(top: Path) -> str:
    """Return what an environment of this checkout and this Python is made from, as a hash."""
    digest = hashlib.sha256(f"{sys.version}\0{top}\0".encode())
    for name in _STAMPED:
        digest.update((top / name).read_bytes() + b"\0")
    return digest.hexdigest()


def _is_usable(folder: Path) -> bool:
    """Return whether the environment starts, has pip, and is of this version of Python."""
    code = (
        "import sys, pip\n"
        f"sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])} or "
        "sys.prefix == sys.base_prefix)"
    )
    try:
        result = subprocess.run(
            [python_of(folder), "-c", code],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return result.returncode == 0


def _create(folder: Path) -> None:
    _check_for_ensurepip()
    _check_room(folder.parent)
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Making the environment in {folder.name} with Python {version}", flush=True)
    result = run_quietly([sys.executable, "-m", "venv", "--clear", folder])
    if result.returncode != 0:
        raise SetupError(f"Python could not make {folder}:\n{result.stdout.strip()}")


def _check_for_ensurepip() -> None:
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = dev_system.python_package()
    if dev_system.may_install_for_python():
        dev_system.install([package])
        return
    raise SetupError(
        f"This Python ({sys.executable}) comes without venv and ensurepip. On Debian or Ubuntu "
        f"run: sudo apt-get install {package}. Elsewhere install the whole of Python."
    )


def _check_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise SetupError(
            f"The environment needs {NEEDED_BYTES / 1e9:.1f} GB, and {folder} has "
            f"{free / 1e9:.1f} GB free. Make room and start again."
        )


def _fill(top: Path, folder: Path) -> None:
    """Install the package from the checkout, with everything that its tests need."""
    print("Installing the versions of packaging/constraints.txt (at first some 120 MB)", flush=True)
    # The build backend comes first and from the pins too: without isolation pip builds with
    # what stands in the environment.
    _pip(top, folder, *_BUILD)
    _pip(top, folder, "--no-build-isolation", "--editable", f"{top}[test]")


def _pip(top: Path, folder: Path, *arguments: str) -> None:
    command: list[str | Path] = [
        *(python_of(folder), "-m", "pip", "install"),
        *("--disable-pip-version-check", "--no-input", "--prefer-binary"),
        *("--constraint", str(top / "packaging" / "constraints.txt"), *arguments),
    ]
    code, output = _run_pip(command)
    if code != 0 and re.search(_NETWORK, output):
        code, output = _run_pip(command)
    if code != 0:
        log = folder / "install.log"
        log.write_text(output, encoding="utf-8")
        raise SetupError(f"{explain(output)}\nWhat pip said is in {log}.")


def _run_pip(command: list[str | Path]) -> tuple[int, str]:
    """Run pip, showing which package it is at; return its exit code and all that it said."""
    lines: list[str] = []
    # A variable that sends packages to another place would leave the environment empty.
    unwanted = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PYTHONHOME", "PYTHONPATH"}
    with subprocess.Popen(
        command,
        env={name: value for name, value in os.environ.items() if name not in unwanted},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if found := re.match(r"Collecting ([\w.-]+)", line):
                print("  " + found[1], flush=True)
    return process.returncode, "".join(lines)


def explain(output: str) -> str:
    """Return what kept pip from installing, and what to do, from what it said."""
    if re.search(r"No space left on device|Errno 28|not enough space on the disk", output):
        return "The disk is full. Make room and start again."
    if re.search(r"CERTIFICATE_VERIFY_FAILED|SSLError", output):
        return (
            "The package index could not be trusted: its certificate did not verify. Behind a "
            "proxy with a certificate of its own, name that to pip (option `cert`)."
        )
    if re.search(_NETWORK, output):
        return (
            "The package index could not be reached. Connect this machine to the network, or "
            "tell pip of a proxy or mirror (`pip config`), and start again."
        )
    if found := re.search(r"No matching distribution found for (\S+)", output):
        return (
            f"The package index has no {found[1]} for Python {sys.version_info.major}."
            f"{sys.version_info.minor} on this system. Another Python of 3.11 to 3.13 may do."
        )
    if re.search(r"Permission denied|Errno 13|Read-only file system", output):
        return "A file could not be written. Make the checkout writable and start again."
    if re.search(r"Failed (?:to build|building)|command '.*' failed|Microsoft Visual C", output):
        return (
            "A package has no ready-made build for this system and could not be compiled. "
            "Install a C compiler and the headers of Python, or use 64-bit Python from the "
            "system or from its makers, and start again."
        )
    told = [line.strip() for line in output.splitlines() if re.match(r"\s*\w*error:", line, re.I)]
    return "\n".join(["pip could not install what is pinned.", *told[-3:]])
