"""The ways to install the program, as a person does it, each undone at its end.

Each is a context manager that gives an :class:`Installed`, and after the visits takes the program
away again and looks for what is left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev_commands import TOP
from quiet_process import run_quietly
from smoke_screen import SmokeError

DIST = TOP / "dist"
PROGRAM = "incipit-browser"

_SHOWN = ("tmp", "dev", "proc")
#: Where package managers keep what they got and what they did.
_RECORDS = ("var/cache/", "var/lib/apt/", "var/lib/dpkg/", "var/log/", "srv/")


@dataclass(frozen=True, slots=True)
class Source:
    """What is installed: a Python for it, the wheel or the sdist, another root or none."""

    python: Path
    package: Path | None
    root: Path | None


@dataclass(frozen=True, slots=True)
class Installed:
    """What starts the program, and where its own libraries are, if it brings them.

    ``root`` is another root that both are in. Where ``has_menu`` is set the program puts itself
    into the menu when it is told to.
    """

    command: list[str]
    libraries: Path | None = None
    root: Path | None = None
    has_menu: bool = False


@contextmanager
def wheel(source: Source, folder: Path) -> Iterator[Installed]:
    """Install with pip into an empty environment, with the pinned versions."""
    environment = _environment(source.python, folder / "environment")
    pins = TOP / "packaging" / "constraints.txt"
    _pip(environment, "--constraint", pins, _package(source))
    check_alone(environment)
    yield Installed([str(environment / "bin/incipit")], has_menu=True)


@contextmanager
def pipx(source: Source, folder: Path) -> Iterator[Installed]:
    """Install with pipx, the newest that there is, with the newest versions that fit."""
    tool = _environment(source.python, folder / "tool")
    _pip(tool, "pipx")
    home, programs = folder / "pipx", folder / "programs"
    settings = {
        "PIPX_HOME": str(home),
        "PIPX_BIN_DIR": str(programs),
        "PIPX_MAN_DIR": str(folder / "manuals"),
    }
    command: list[str | Path] = [tool / "bin/pipx"]
    _run([*command, "install", "--python", source.python, _package(source)], settings)
    check_alone(home / "venvs" / PROGRAM)
    yield from _only_program(programs)
    _run([*command, "uninstall", PROGRAM], settings)
    _check_gone(programs, home / "venvs" / PROGRAM)


@contextmanager
def uv(source: Source, folder: Path) -> Iterator[Installed]:
    """Install with uv, the newest that there is, with the newest versions that fit."""
    tool = _environment(source.python, folder / "tool")
    _pip(tool, "uv")
    home, programs = folder / "tools", folder / "programs"
    settings = {"UV_TOOL_DIR": str(home), "UV_TOOL_BIN_DIR": str(programs)}
    command: list[str | Path] = [tool / "bin/uv", "tool"]
    _run([*command, "install", "--python", source.python, _package(source)], settings)
    check_alone(home / PROGRAM)
    yield from _only_program(programs)
    _run([*command, "uninstall", PROGRAM], settings)
    _check_gone(programs, home / PROGRAM)


@contextmanager
def bundle(_source: Source, _folder: Path) -> Iterator[Installed]:
    """Take the bundle where it was built."""
    yield Installed([str(DIST / "incipit/incipit")], libraries=DIST / "incipit")


@contextmanager
def deb(_source: Source, _folder: Path) -> Iterator[Installed]:
    """Take the package that is installed on this machine."""
    yield Installed(["/usr/bin/incipit"], libraries=Path("/usr/lib/incipit"))


@contextmanager
def clean(source: Source, _folder: Path) -> Iterator[Installed]:
    """Install the package in the other root, and in the end remove it."""
    root = source.root
    assert root is not None
    (package,) = DIST.glob("incipit_*.deb")
    shutil.copy(package, root / "srv")
    with _mounted(root):
        _apt(root, "update")
        _apt(root, "install", f"/srv/{package.name}")
        before = _files(root)
        yield Installed(
            ["chroot", str(root), "/usr/bin/incipit"],
            libraries=root / "usr/lib/incipit",
            root=root,
        )
        made = sorted(_files(root) - before)
        # The package has no settings: once removed, there is nothing of it to be purged.
        _apt(root, "remove", "incipit")
        check_named(root)
    if made:
        raise SmokeError(f"outside of the user's home the program made {', '.join(made)}")
    print("removed: nothing of the package is left, and the program has made nothing but in home")


WAYS: Mapping[str, Callable[[Source, Path], AbstractContextManager[Installed]]] = {
    "wheel": wheel, "pipx": pipx, "uv": uv, "bundle": bundle, "deb": deb, "clean": clean
}  # fmt: skip


def new_root(folder: Path, suite: str) -> None:
    """Make a root in ``folder`` with debootstrap: of a release of Debian, or of this machine's."""
    if not suite:
        system = Path("/etc/os-release").read_text("utf-8").splitlines()
        names = [line.partition("=")[2] for line in system if line.startswith("VERSION_CODENAME=")]
        if not names:
            raise SmokeError("debootstrap makes roots of Debian and its like, which this is not")
        suite = names[0]
    _run(["debootstrap", "--variant=minbase", suite, folder])
    print(f"a new root of {suite}, without Python and without Qt", flush=True)


def check_alone(environment: Path) -> None:
    """Find nothing but the package among what its wheel put anywhere. Raises: SmokeError."""
    (record,) = environment.glob(f"lib/python*/site-packages/{PROGRAM.replace('-', '_')}-*/RECORD")
    names = [line.partition(",")[0] for line in record.read_text("utf-8").splitlines()]
    strange = [
        name
        for name in names
        if not name.startswith(("incipit/", record.parent.name, "../../../bin/incipit"))
    ]
    if strange or not names:
        raise SmokeError(f"the wheel puts more there than the package: {', '.join(strange)}")


def check_named(root: Path) -> None:
    """Find nothing in another root that bears the name of the program. Raises: SmokeError."""
    left = sorted(name for name in _files(root) if "incipit" in name.lower())
    if left:
        raise SmokeError(f"after the removal there is still: {', '.join(left)}")


def _package(source: Source) -> Path:
    assert source.package is not None
    return source.package


def _environment(python: Path, folder: Path) -> Path:
    _run([python, "-m", "venv", folder])
    return folder


def _pip(environment: Path, *arguments: str | Path) -> None:
    pip = (environment / "bin/python", "-m", "pip", "--disable-pip-version-check")
    _run([*pip, "install", "--quiet", *arguments])


def _only_program(programs: Path) -> Iterator[Installed]:
    if [path.name for path in programs.iterdir()] != ["incipit"]:
        raise SmokeError(f"there are other programs: {list(programs.iterdir())}")
    yield Installed([str(programs / "incipit")], has_menu=True)


def _check_gone(programs: Path, environment: Path) -> None:
    if any(programs.iterdir()) or environment.exists():
        raise SmokeError(f"after the removal there is still {programs} or {environment}")
    print("removed: the program is gone, and its environment")


def _files(root: Path) -> set[str]:
    """Return what is in another root, but for what its package manager keeps for itself."""
    found = set()
    for folder, folders, files in os.walk(root):
        here = Path(folder).relative_to(root)
        if not here.parts:
            folders[:] = [name for name in folders if name not in _SHOWN]
        found |= {str(here / name) for name in (*folders, *files)}
    return {name for name in found if not name.startswith(_RECORDS)}


def _apt(root: Path, *arguments: str) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    _run(["chroot", root, "apt-get", "--yes", "--quiet", *arguments], quiet)


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    """Show the other root this one's /tmp, devices and processes, under the same names."""
    for name in _SHOWN:
        subprocess.run(["mount", "--bind", f"/{name}", root / name], check=True)
    try:
        yield
    finally:
        for name in _SHOWN:
            subprocess.run(["umount", "--lazy", root / name], check=True)


def _run(command: list[str | Path], environment: Mapping[str, str] | None = None) -> None:
    result = run_quietly(command, environment)
    if result.returncode != 0:
        words = " ".join(map(str, command))
        raise SmokeError(f"{words} failed:\n{result.stdout.strip()[-2000:]}")
